/**
 * The format of iptoasn.com: first address, last address, AS number, country, name, separated by tabs, in the order of the
 * addresses, both ends inclusive. The name is the rest of the line, tabs and all.
 */
import { parseRange, quote } from './fields.ts';
import { parseCountry } from './row.ts';
import type { Row } from './row.ts';

const TAB = 0x09;

/** Where the first four fields end; fewer when there are fewer tabs. */
function fieldEnds(text: Uint8Array, from: number, to: number): number[] {
  const ends: number[] = [];
  for (let i = from; i < to && ends.length < 4; i++) if (text[i] === TAB) ends.push(i);
  return ends;
}

/** Reads one line into `row`. Returns what is wrong with it, or undefined. `numbers` as in `parseAnyAddress`. */
export function parseTsvLine(row: Row, text: Uint8Array, from: number, to: number, numbers: 4 | 16): string | undefined {
  const ends = fieldEnds(text, from, to);
  const [firstEnd, lastEnd, asnEnd, countryEnd] = ends;
  if (firstEnd === undefined || lastEnd === undefined || asnEnd === undefined || countryEnd === undefined) {
    return `${ends.length + 1} fields where there are five: first address, last address, AS number, country, name`;
  }
  const problem = parseRange(row, text, [from, firstEnd, lastEnd, asnEnd], numbers);
  if (problem !== undefined) return problem;
  row.country = parseCountry(text, asnEnd + 1, countryEnd);
  if (row.country < 0) return `the country ${quote(text, asnEnd + 1, countryEnd)} is neither two letters nor None`;
  row.name = text;
  row.nameFrom = countryEnd + 1;
  row.nameTo = to;
  return undefined;
}
