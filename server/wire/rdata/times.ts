import { FieldFault, plainField, type Field } from './field.ts';

const MAX_SECONDS = 0xffffffff;
const EXAMPLE = 'Write the time in UTC as YYYYMMDDHHmmSS, such as 20300131120000, or as seconds since 1970';

/**
 * A point in time, RFC 4034 §3.2. It has 32 bits and counts round and round (RFC 4034 §3.1.5); we print the first round, 1970
 * to 2106, whatever the clock says.
 */
export function timestamp(key: string): Field<number> {
  return plainField<number>(key, {
    parse: (text) => {
      if (text === '') return new FieldFault('missing', `Give the ${key}. ${EXAMPLE}.`);
      const seconds = /^\d{1,10}$/.test(text) ? Number(text) : parseDate(text);
      if (seconds === null) return new FieldFault('bad_time', `“${text}” is no point in time. ${EXAMPLE}.`);
      if (seconds >= 0 && seconds <= MAX_SECONDS) return seconds;
      const message = `“${text}” is outside the 32 bits that the ${key} has: from 19700101000000 to ${formatDate(MAX_SECONDS)}.`;
      return new FieldFault('out_of_range', message);
    },
    format: formatDate,
    encode: (seconds, writer) => writer.u32(seconds),
    decode: (reader) => reader.u32(),
  });
}

/** Seconds since 1970; null when there is no such day or time of day. */
function parseDate(text: string): number | null {
  const parts = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)$/.exec(text);
  if (parts === null) return null;
  const [year, month, day, hour, minute, second] = parts.slice(1).map(Number);
  const seconds = Date.UTC(year!, month! - 1, day, hour, minute, second) / 1000;
  return formatDate(seconds) === text ? seconds : null;
}

function formatDate(seconds: number): string {
  return new Date(seconds * 1000).toISOString().slice(0, 19).replace(/\D/g, '');
}
