import { MAX_CHARACTER_STRING } from '../limits.ts';
import { nextToken, quoteText, tokenOctets } from '../text.ts';
import type { Writer } from '../writer.ts';
import { FieldFault, plainField, type Field, type TextContext } from './field.ts';

/**
 * Octets of text that a person may put into one record. DNS itself stops at 65,535 octets of RDATA (RFC 1035 §3.2.1), but
 * what does not fit a packet makes every resolver come back over TCP, and the largest key that people publish, 4096-bit DKIM,
 * takes 800.
 */
const MAX_TEXT = 4096;

const BAD_TEXT =
  'A quote is not closed, or a backslash begins no escape: write \\" for a quote, \\\\ for a backslash, \\DDD for octet DDD.';

/** One <character-string>, RFC 1035 §3.3. `refuse` says what is wrong with octets that the field cannot have. */
export function characterString(key: string, refuse: (octets: Uint8Array) => string | null = () => null): Field<Uint8Array> {
  const check = (octets: Uint8Array) => {
    if (octets.length > MAX_CHARACTER_STRING) {
      const message = `The ${key} has ${octets.length} octets. Its length travels in one octet (RFC 1035 §3.3), so ${MAX_CHARACTER_STRING} is the most.`;
      return new FieldFault('string_too_long', message);
    }
    const wrong = refuse(octets);
    return wrong === null ? octets : new FieldFault(`bad_${key}`, wrong);
  };
  const fromText = (text: string) => {
    if (text === '') return new FieldFault('missing', `Give the ${key}, or "" for an empty one.`);
    const octets = tokenOctets(text);
    return octets === null ? new FieldFault('bad_text', BAD_TEXT) : check(octets);
  };
  return {
    key,
    rest: false,
    isName: false,
    fromText,
    // What a person types is the text itself; only who begins with a quote means a zone file's form.
    fromJson: (text) => (text.startsWith('"') ? fromText(text) : check(Buffer.from(text))),
    toText: quoteText,
    toJson: (octets) => (octets.length === 0 ? '' : (plainText(octets) ?? quoteText(octets))),
    encode: writeString,
    decode: (reader) => {
      const octets = reader.bytes(reader.u8());
      return refuse(octets) === null ? octets : null;
    },
  };
}

function writeString(octets: Uint8Array, writer: Writer): void {
  writer.u8(octets.length);
  writer.bytes(octets);
}

/** One or more <character-string>s up to the end of the RDATA, RFC 1035 §3.3.14. */
export function characterStrings(key: string): Field<Uint8Array[]> {
  return {
    key,
    rest: true,
    isName: false,
    fromText: (text, context) => limitStrings(parseStrings(text), context),
    // As with one string; and cut where DNS needs it cut.
    fromJson: (text, context) => limitStrings(text.startsWith('"') ? parseStrings(text) : cut(Buffer.from(text)), context),
    toText: (strings) => strings.map(quoteText).join(' '),
    toJson: (strings) => asTyped(strings) ?? strings.map(quoteText).join(' '),
    encode: (strings, writer) => {
      for (const string of strings) writeString(string, writer);
    },
    decode: (reader) => {
      const strings: Uint8Array[] = [];
      do strings.push(reader.bytes(reader.u8()));
      while (reader.remaining > 0);
      return strings;
    },
  };
}

function parseStrings(text: string): Uint8Array[] | FieldFault {
  const strings: Uint8Array[] = [];
  for (let token = nextToken(text, 0); token !== null; token = nextToken(text, token.end)) {
    const octets = tokenOctets(token.raw);
    if (octets === null) return new FieldFault('bad_text', BAD_TEXT);
    if (octets.length > MAX_CHARACTER_STRING) {
      const message = `One quoted string has ${octets.length} octets. Its length travels in one octet (RFC 1035 §3.3), so ${MAX_CHARACTER_STRING} is the most; close the quote and open another.`;
      return new FieldFault('string_too_long', message);
    }
    strings.push(octets);
  }
  return strings.length === 0 ? new FieldFault('missing', 'Give the text, or "" for an empty one.') : strings;
}

function limitStrings(strings: Uint8Array[] | FieldFault, { style }: TextContext): Uint8Array[] | FieldFault {
  if (strings instanceof FieldFault || style === 'zone-file') return strings;
  const length = strings.reduce((sum, string) => sum + string.length, 0);
  return length <= MAX_TEXT ? strings : refuseLength('text', length);
}

function refuseLength(key: string, length: number): FieldFault {
  const message = `The ${key} has ${length} octets; here ${MAX_TEXT} are the most. DNS allows 65,535 (RFC 1035 §3.2.1), but such an answer fits no UDP packet.`;
  return new FieldFault('text_too_long', message);
}

/** Cuts text into strings of 255 octets; no text is one empty string. */
function cut(octets: Uint8Array): Uint8Array[] {
  const strings = [octets.subarray(0, MAX_CHARACTER_STRING)];
  for (let at = MAX_CHARACTER_STRING; at < octets.length; at += MAX_CHARACTER_STRING) {
    strings.push(octets.subarray(at, at + MAX_CHARACTER_STRING));
  }
  return strings;
}

/** The text that `fromJson` would cut into these very strings, or null when there is none. */
function asTyped(strings: Uint8Array[]): string | null {
  if (strings.slice(0, -1).some((string) => string.length !== MAX_CHARACTER_STRING)) return null;
  return plainText(Buffer.concat(strings));
}

/** Octets as text that a form can show and give back unchanged, or null: then only the quoted form is exact. */
function plainText(octets: Uint8Array): string | null {
  const text = Buffer.from(octets).toString('utf8');
  const plain = !text.startsWith('"') && text !== '' && text.trim() === text && !/\p{Cc}/u.test(text);
  return plain && Buffer.from(text).equals(octets) ? text : null;
}

/** The letters and digits of a CAA tag with its length octet, RFC 8659 §4.1. */
export function tag(key: string): Field<string> {
  const isTag = (text: string) => text.length <= MAX_CHARACTER_STRING && /^[a-z\d]+$/i.test(text);
  return plainField<string>(key, {
    parse: (text) => {
      if (text === '') return new FieldFault('missing', 'Give the tag: issue, issuewild, iodef …');
      if (isTag(text)) return text;
      return new FieldFault(
        'bad_tag',
        `“${text}” is no CAA tag: letters and digits only (RFC 8659 §4.1), such as issue or iodef.`,
      );
    },
    format: (text) => text,
    encode: (text, writer) => writeString(Buffer.from(text), writer),
    decode: (reader) => {
      const text = Buffer.from(reader.bytes(reader.u8())).toString('latin1');
      return isTag(text) ? text : null;
    },
  });
}

/** Text that fills the RDATA to its end without a length octet. People may leave it empty when it is `optional`. */
export function remainingText(key: string, { optional }: { optional: boolean }): Field<Uint8Array> {
  const limit = (octets: Uint8Array, { style }: TextContext) =>
    octets.length <= MAX_TEXT || style === 'zone-file' ? octets : refuseLength(key, octets.length);
  const missing = new FieldFault('missing', `Give the ${key}, or "" for an empty one.`);
  const fromText = (text: string, context: TextContext) => {
    const token = nextToken(text, 0);
    if (token === null) return missing;
    const octets = token.end === text.length ? tokenOctets(token.raw) : null;
    return octets === null
      ? new FieldFault('bad_text', `${BAD_TEXT} Text with blanks stands in quotes.`)
      : limit(octets, context);
  };
  return {
    key,
    rest: true,
    isName: false,
    fromText,
    fromJson: (text, context) => {
      if (text.startsWith('"')) return fromText(text, context);
      return text === '' && !optional ? missing : limit(Buffer.from(text), context);
    },
    toText: quoteText,
    toJson: (octets) => (optional && octets.length === 0 ? '' : (plainText(octets) ?? quoteText(octets))),
    encode: (octets, writer) => writer.bytes(octets),
    decode: (reader) => reader.rest(),
  };
}
