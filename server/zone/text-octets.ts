import { isUtf8 } from 'node:buffer';
import type { Position } from './lexer.ts';

/** What stands in decoded text for octets that are not UTF-8. */
const REPLACEMENT = '\ufffd';
const NOT_UTF8 = 'an octet that is not UTF-8; save the file as UTF-8, or write the octet as \\DDD';

/** The text of a master file, or where it is none. */
export function decodeText(octets: Buffer): string | (Position & { readonly message: string }) {
  const text = octets.toString('utf8');
  if (isUtf8(octets)) return text;
  const before = text.slice(0, text.indexOf(REPLACEMENT)).split('\n');
  return { line: before.length, column: before.at(-1)!.length + 1, message: NOT_UTF8 };
}
