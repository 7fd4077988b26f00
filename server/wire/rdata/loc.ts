import type { RdataType } from './field.ts';
import { altitude, isLatitude, isLongitude, isPrecision, latitude, longitude, precision } from './location.ts';

/** The only one that RFC 1876 §2 knows. */
const VERSION = 0;

/**
 * LOC: RFC 1876 §2, where on earth something is. Text begins with the place, RFC 1876 §3.
 *
 *     +--+--+--+--+--+--+--+--+--+--+--+--+--+--+--+--+
 *     |        VERSION        |          SIZE         |
 *     +--+--+--+--+--+--+--+--+--+--+--+--+--+--+--+--+
 *     |       HORIZ PRE       |        VERT PRE       |
 *     +--+--+--+--+--+--+--+--+--+--+--+--+--+--+--+--+
 *     |               LATITUDE (32 bits)              |
 *     +--+--+--+--+--+--+--+--+--+--+--+--+--+--+--+--+
 *     |              LONGITUDE (32 bits)              |
 *     +--+--+--+--+--+--+--+--+--+--+--+--+--+--+--+--+
 *     |               ALTITUDE (32 bits)              |
 *     +--+--+--+--+--+--+--+--+--+--+--+--+--+--+--+--+
 */
export const loc: RdataType = {
  code: 29,
  mnemonic: 'LOC',
  fields: [
    latitude('latitude'),
    longitude('longitude'),
    altitude('altitude'),
    precision('size', '1m'),
    precision('horizontalPrecision', '10000m'),
    precision('verticalPrecision', '10m'),
  ],
  wire: {
    encode: (values, writer) => {
      const [latitude, longitude, altitude, ...sizes] = values as [number, number, number, number, number, number];
      for (const octet of [VERSION, ...sizes]) writer.u8(octet);
      for (const word of [latitude, longitude, altitude]) writer.u32(word);
    },
    decode: (reader) => {
      const version = reader.u8();
      const sizes = [reader.u8(), reader.u8(), reader.u8()];
      const [latitude, longitude, altitude] = [reader.u32(), reader.u32(), reader.u32()];
      const right = version === VERSION && sizes.every(isPrecision) && isLatitude(latitude) && isLongitude(longitude);
      return right ? [latitude, longitude, altitude, ...sizes] : null;
    },
  },
  compress: false,
};
