/**
 * The format of ip-location-db: first address, last address, AS number, name, separated by commas, the name in quotes when
 * it has a comma, a quote or a space. The addresses are dotted, or plain numbers in the files whose names end in `-num`.
 * There is no country.
 */
import { parseRange, quote } from './fields.ts';
import type { Row } from './row.ts';

const COMMA = 0x2c;
const QUOTE = 0x22;

/** Writes the name in `text[from, to)` without its quotes to `row`. Returns false when the quotes do not pair up. */
function unquote(row: Row, text: Uint8Array, from: number, to: number): boolean {
  if (text[from] !== QUOTE) {
    row.name = text;
    row.nameFrom = from;
    row.nameTo = to;
    return text.indexOf(COMMA, from) < 0 || text.indexOf(COMMA, from) >= to;
  }
  const name = new Uint8Array(to - from);
  let length = 0;
  let i = from + 1;
  for (; i < to; i++) {
    if (text[i] === QUOTE && text[++i] !== QUOTE) break;
    name[length++] = text[i]!;
  }
  row.name = name;
  row.nameFrom = 0;
  row.nameTo = length;
  // The loop stops on the octet after the closing quote, which must be the end of the line; without one it runs past.
  return i === to && text[to - 1] === QUOTE && length < to - from - 1;
}

/** Reads one line into `row`. Returns what is wrong with it, or undefined. `numbers` as in `parseAnyAddress`. */
export function parseCsvLine(row: Row, text: Uint8Array, from: number, to: number, numbers: 4 | 16): string | undefined {
  const ends: number[] = [];
  for (let i = from; i < to && ends.length < 3; i++) if (text[i] === COMMA) ends.push(i);
  const [firstEnd, lastEnd, asnEnd] = ends;
  if (firstEnd === undefined || lastEnd === undefined || asnEnd === undefined) {
    return `${ends.length + 1} fields where there are four: first address, last address, AS number, name`;
  }
  const problem = parseRange(row, text, [from, firstEnd, lastEnd, asnEnd], numbers);
  if (problem !== undefined) return problem;
  row.country = 0;
  if (!unquote(row, text, asnEnd + 1, to))
    return `the name ${quote(text, asnEnd + 1, to)} has quotes that do not pair up, or a comma without them`;
  return undefined;
}
