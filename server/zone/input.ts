import { isDataType, typeFromText, typeToText } from '../wire/codes.ts';
import { toAsciiName } from '../wire/idn.ts';
import { MAX_TTL } from '../wire/limits.ts';
import { Name } from '../wire/name.ts';
import { refuseName } from '../wire/rdata/names.ts';
import { FieldFault, type TextContext } from '../wire/rdata/field.ts';
import { rdataFromJson, rdataFromText } from '../wire/rdata.ts';
import type { Fault } from './check.ts';
import type { ZoneRecord } from './rrset.ts';

/**
 * A record from what a person gave: `name`, `type`, `ttl` and either typed fields or `content`. Blanks are trimmed, letters
 * outside ASCII become `xn--`, `@` is the zone itself, and a name that ends in the zone's own is not completed again.
 * Refuses with every fault, each naming its field; whether the record goes with the others is for `checkAddition` to say.
 */
export function parseRecord(input: Readonly<Record<string, unknown>>, origin: Name): ZoneRecord | Fault[] {
  const owner = parseOwner(textOf(input['name']), origin);
  const type = parseType(textOf(input['type']));
  const ttl = parseTtl(textOf(input['ttl']));
  const faults: Fault[] = [];
  if (owner instanceof FieldFault) faults.push(faultAt('name', owner));
  if (type instanceof FieldFault) faults.push(faultAt('type', type));
  if (ttl instanceof FieldFault) faults.push(faultAt('ttl', ttl));
  if (type instanceof FieldFault) return faults;
  const context: TextContext = { origin, style: 'person' };
  const content = input['content'];
  const rdata =
    typeof content === 'string' ? rdataFromText(type, content.trim(), context) : rdataFromJson(type, input, context);
  if (Array.isArray(rdata)) faults.push(...rdata.map(({ field, fault }) => faultAt(field, fault)));
  return faults.length > 0 ? faults : { owner: owner as Name, type, ttl: ttl as number, rdata: rdata as Uint8Array };
}

function textOf(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value).trim() : '';
}

export function faultAt(field: string, { code, message, choices }: FieldFault): Fault {
  return { field, code, message, ...(choices.length > 0 && { choices }) };
}

/** The owner, relative to the zone unless it ends in a dot or in the zone's own name. */
export function parseOwner(text: string, origin: Name): Name | FieldFault {
  if (text === '') return new FieldFault('missing', 'Give a name, or @ for the subdomain itself.');
  const ascii = toAsciiName(text);
  if (ascii === null) return new FieldFault('bad_idn', `“${text}” has a letter that no domain name can have (RFC 5891).`);
  if (/\s/.test(ascii)) return new FieldFault('space_in_name', `“${text}” has a blank in it. Write \\032 if you mean it.`);
  const absolute = Name.fromText(ascii);
  if (absolute instanceof Name && absolute.isWithin(origin)) return absolute;
  if (ascii.endsWith('.') && absolute instanceof Name) {
    return new FieldFault('outside_zone', `${ascii} is not in this zone: names here end in ${origin.toText()}`);
  }
  const owner = Name.fromText(ascii, origin);
  return owner instanceof Name ? owner : refuseName(owner, text);
}

/** The name of a whole zone as a person writes it, with or without the final dot. */
export function parseOrigin(text: string): Name | FieldFault {
  const name = Name.fromText(toAsciiName(text) ?? text);
  return name instanceof Name ? name : refuseName(name, text);
}

/** A type that records can have, by its mnemonic or as TYPE and a number. */
export function parseType(text: string): number | FieldFault {
  if (text === '') return new FieldFault('missing', 'Choose a type.');
  const type = typeFromText(text);
  if (type === undefined) {
    return new FieldFault(
      'unknown_type',
      `“${text}” is no record type. For one without a name write TYPE and its number, such as TYPE65280 (RFC 3597 §5).`,
    );
  }
  if (isDataType(type)) return type;
  return new FieldFault(
    'not_a_data_type',
    `${typeToText(type)} exists only in messages; no zone can hold one (RFC 6895 §3.1).`,
  );
}

function parseTtl(text: string): number | FieldFault {
  if (text === '') return new FieldFault('missing', 'Give the TTL in seconds.');
  if (!/^\d+$/.test(text)) return new FieldFault('not_a_number', `“${text}” is not a whole number of seconds.`);
  if (Number(text) <= MAX_TTL) return Number(text);
  return new FieldFault(
    'out_of_range',
    `${text} is too large: a TTL has 31 bits, so it goes up to ${MAX_TTL} seconds, 68 years (RFC 2181 §8).`,
  );
}
