import { FieldFault, type TextField } from './field.ts';

/** Thousandths of a second of arc in a degree. */
const DEGREE = 3_600_000;
/** What stands for the equator and for the prime meridian, RFC 1876 §2. */
const ZERO = 2 ** 31;
/** Centimetres of the base of all altitudes below the reference spheroid, RFC 1876 §2. */
const ALTITUDE_BASE = 10_000_000;
/** Centimetres, the largest size and precision, RFC 1876 §3. */
const MAX_PRECISION = 9_000_000_000;

interface Axis {
  /** Letters for above and below zero. */
  readonly letters: readonly [positive: string, negative: string];
  readonly degrees: 90 | 180;
}

const LATITUDE: Axis = { letters: ['N', 'S'], degrees: 90 };
const LONGITUDE: Axis = { letters: ['E', 'W'], degrees: 180 };

export const isLatitude = (value: number) => Math.abs(value - ZERO) <= LATITUDE.degrees * DEGREE;
export const isLongitude = (value: number) => Math.abs(value - ZERO) <= LONGITUDE.degrees * DEGREE;

/** Whether an octet is a size or precision in its only form: a digit, and the power of ten of centimetres that follows it. */
export const isPrecision = (octet: number) => octet === 0 || (octet >>> 4 > 0 && octet >>> 4 < 10 && (octet & 15) < 10);

export const latitude = (key: string) => coordinate(key, LATITUDE);
export const longitude = (key: string) => coordinate(key, LONGITUDE);

/** Degrees, minutes, seconds and a letter, RFC 1876 §3. People may give a decimal number of degrees, as maps do. */
function coordinate(key: string, axis: Axis): TextField<number> {
  const [positive, negative] = axis.letters;
  const example = `42 21 54 ${positive}`;
  const parse = (text: string) => {
    if (text === '')
      return new FieldFault('missing', `Give the ${key}: degrees, minutes, seconds and ${positive} or ${negative}.`);
    const angle = parseAngle(text, axis.letters);
    if (angle === null) {
      const message = `“${text}” is no ${key}. Write degrees, minutes (0–59), seconds (0–59.999) and ${positive} or ${negative}, such as ${example}.`;
      return new FieldFault('bad_coordinate', message);
    }
    return checkAngle(angle, text, key, axis);
  };
  const format = (value: number) => formatAngle(value, axis);
  return {
    key,
    rest: false,
    until: new RegExp(`^[${positive}${negative}]$`, 'i'),
    fromText: parse,
    fromJson: (text) =>
      /^[+-]?\d{1,3}(\.\d+)?$/.test(text) ? checkAngle(Math.round(Number(text) * DEGREE), text, key, axis) : parse(text),
    toText: format,
    toJson: format,
  };
}

function checkAngle(angle: number, text: string, key: string, { degrees }: Axis): number | FieldFault {
  if (Math.abs(angle) <= degrees * DEGREE) return ZERO + angle;
  return new FieldFault('out_of_range', `“${text}” is too far: the ${key} goes up to ${degrees} degrees.`);
}

/** Thousandths of a second of arc, below zero for the second letter. */
function parseAngle(text: string, [positive, negative]: Axis['letters']): number | null {
  const parts = /^(\d{1,3})(?:\s+(\d{1,2})(?:\s+(\d{1,2})(?:\.(\d{1,3}))?)?)?\s+([NSEW])$/i.exec(text);
  if (parts === null) return null;
  const [degrees, minutes, seconds] = [Number(parts[1]), Number(parts[2] ?? 0), Number(parts[3] ?? 0)];
  const letter = parts[5]!.toUpperCase();
  if (minutes > 59 || seconds > 59 || (letter !== positive && letter !== negative)) return null;
  const angle = ((degrees * 60 + minutes) * 60 + seconds) * 1000 + Number((parts[4] ?? '').padEnd(3, '0'));
  return letter === negative ? 0 - angle : angle;
}

function formatAngle(value: number, { letters }: Axis): string {
  const angle = Math.abs(value - ZERO);
  const seconds = Math.floor(angle / 1000);
  const fraction = String(angle % 1000).padStart(3, '0');
  const letter = letters[value >= ZERO ? 0 : 1];
  return `${Math.floor(seconds / 3600)} ${Math.floor(seconds / 60) % 60} ${seconds % 60}.${fraction} ${letter}`;
}

/** Metres above the reference spheroid, in centimetres, RFC 1876 §3. */
export function altitude(key: string): TextField<number> {
  const parse = (text: string) => {
    if (text === '') return new FieldFault('missing', `Give the ${key} in metres, such as 12m or -24.50m.`);
    const centimetres = parseMetres(text);
    if (centimetres === null)
      return new FieldFault(
        'bad_metres',
        `“${text}” is no ${key}. Write metres with up to two decimals, such as 12m or -24.50m.`,
      );
    const value = ALTITUDE_BASE + centimetres;
    if (value >= 0 && value <= 0xffffffff) return value;
    return new FieldFault('out_of_range', `“${text}” is too far: the ${key} goes from -100000.00m to 42849672.95m.`);
  };
  const format = (value: number) => {
    const centimetres = Math.abs(value - ALTITUDE_BASE);
    const fraction = String(centimetres % 100).padStart(2, '0');
    return `${value < ALTITUDE_BASE ? '-' : ''}${Math.floor(centimetres / 100)}.${fraction}m`;
  };
  return { key, rest: false, fromText: parse, fromJson: parse, toText: format, toJson: format };
}

/** Centimetres. */
function parseMetres(text: string): number | null {
  const parts = /^(-?)(\d{0,8})(?:\.(\d{0,2}))?m?$/i.exec(text);
  if (parts === null || `${parts[2]}${parts[3] ?? ''}` === '') return null;
  const centimetres = Number(parts[2]) * 100 + Number((parts[3] ?? '').padEnd(2, '0'));
  return parts[1] === '-' ? 0 - centimetres : centimetres;
}

/** A size or precision in metres, of which the first digit counts; `absent` when there is none, RFC 1876 §3. */
export function precision(key: string, absent: string): TextField<number> {
  const parse = (text: string) => {
    const centimetres = parseMetres(text === '' ? absent : text);
    if (centimetres === null || text.startsWith('-')) {
      const message = `“${text}” is no ${key}. Write metres with up to two decimals, such as 30m; without one it is ${absent}.`;
      return new FieldFault('bad_metres', message);
    }
    if (centimetres <= MAX_PRECISION) return toPrecision(centimetres);
    return new FieldFault('out_of_range', `“${text}” is too much: the ${key} goes up to 90000000m.`);
  };
  const format = (octet: number) => {
    const centimetres = (octet >>> 4) * 10 ** (octet & 15);
    return centimetres < 100 ? `0.${String(centimetres).padStart(2, '0')}m` : `${centimetres / 100}m`;
  };
  return { key, rest: false, fromText: parse, fromJson: parse, toText: format, toJson: format };
}

function toPrecision(centimetres: number): number {
  let exponent = 0;
  let digit = centimetres;
  for (; digit >= 10; exponent++) digit = Math.floor(digit / 10);
  return (digit << 4) | exponent;
}
