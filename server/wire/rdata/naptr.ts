import type { RdataType } from './field.ts';
import { name } from './names.ts';
import { unsigned } from './numbers.ts';
import { characterString } from './strings.ts';

/**
 * NAPTR: RFC 3403 §4.1, a rule that rewrites a name, or names the next place to look; never compressed.
 *
 *     +--+--+--+--+--+--+--+--+--+--+--+--+--+--+--+--+
 *     |                     ORDER                     |
 *     +--+--+--+--+--+--+--+--+--+--+--+--+--+--+--+--+
 *     |                   PREFERENCE                  |
 *     +--+--+--+--+--+--+--+--+--+--+--+--+--+--+--+--+
 *     /                     FLAGS                     /
 *     +--+--+--+--+--+--+--+--+--+--+--+--+--+--+--+--+
 *     /                    SERVICES                   /
 *     +--+--+--+--+--+--+--+--+--+--+--+--+--+--+--+--+
 *     /                     REGEXP                    /
 *     +--+--+--+--+--+--+--+--+--+--+--+--+--+--+--+--+
 *     /                  REPLACEMENT                  /
 *     +--+--+--+--+--+--+--+--+--+--+--+--+--+--+--+--+
 */
export const naptr: RdataType = {
  code: 35,
  mnemonic: 'NAPTR',
  fields: [
    unsigned('order', 16),
    unsigned('preference', 16),
    characterString('flags'),
    characterString('services'),
    characterString('regexp', refuseRegexp),
    name('replacement'),
  ],
  compress: false,
};

/** What is wrong with the shape of a substitution expression, RFC 3402 §3.2; none at all is right, too. */
function refuseRegexp(octets: Uint8Array): string | null {
  const text = Buffer.from(octets).toString('latin1');
  const delimiter = text[0] ?? '';
  const parts = text.replace(/\\[^]/g, 'xx').split(delimiter);
  const whole = parts.length === 4 && parts[1] !== '' && /^i*$/.test(parts[3]!) && !text.includes('\0');
  if (text !== '' && (!whole || /[\di\\]/.test(delimiter)))
    return 'The regexp is not right: a delimiter, what to find, the delimiter, what to put there, the delimiter, and i if case means nothing, such as !^.*$!sip:info@example.com! (RFC 3402 §3.2).';
  // BIND loads no zone with a number that no group has, so secondaries would lose it.
  const [, find = ''] = parts;
  const groups = find.split('(').length - 1;
  const numbers = [...text.slice(find.length + 1).matchAll(/\\([^])/g)].map(([, octet]) => Number(octet));
  const missing = numbers.find((number) => number > groups);
  return missing === undefined
    ? null
    : `The regexp puts in \\${missing}, but what it finds has no group of that number: put parentheses around a part of it (RFC 3402 §3.2).`;
}
