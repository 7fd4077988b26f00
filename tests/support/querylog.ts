import { Exchange } from '../../server/answer/exchange.ts';
import type { AsnTable } from '../../server/asn/asn.ts';
import type { Recorder } from '../../server/querylog/recorder.ts';
import { makeQuery } from './dns.ts';

/** A table that knows 192.0.2.0/24 as AS 64500 "EXAMPLE-NET", ZZ. */
export const exampleTable: AsnTable = {
  lookup: (address, offset, length) =>
    length === 4 && address[offset] === 192 && address[offset + 1] === 0 && address[offset + 2] === 2 ? 0 : -1,
  asnOf: () => 64500,
  countryOf: () => 0x5a5a,
  entry: () => ({ asn: 64500, name: 'EXAMPLE-NET', country: 'ZZ' }),
  byteLength: 0,
  size: 1,
};

/** Lets the recorder see a query for `qname` in `zone` from `address`, answered with itself. */
export function recordQuery(recorder: Recorder, zone: number, qname: string, address = [192, 0, 2, 1]): void {
  const exchange = new Exchange();
  exchange.zone = zone;
  exchange.address.set(address);
  exchange.addressLength = address.length;
  exchange.port = 5300;
  const query = makeQuery(qname, 'A');
  recorder.record(exchange, query, query.length, query, query.length);
}
