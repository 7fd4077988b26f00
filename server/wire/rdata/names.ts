import { toAsciiName } from '../idn.ts';
import { MAX_LABEL, MAX_NAME } from '../limits.ts';
import { Name, type NameFault } from '../name.ts';
import type { Reader } from '../reader.ts';
import { nextToken } from '../text.ts';
import { FieldFault, type Field, type TextContext, type TextField } from './field.ts';

/** A domain name. */
export function name(key: string): Field<Name> {
  return nameField(key, parseName);
}

/**
 * The mailbox of a person as a name. People may write it with its `@`, which becomes a dot, those before it being escaped
 * (RFC 1035 §8); in a zone file `@` inside a name is an octet like any other.
 */
export function mailbox(key: string): Field<Name> {
  return nameField(key, (text, context) => {
    const parts = context.style === 'person' ? /^((?:[^@\\]|\\.)+)@(.+)$/.exec(text) : null;
    if (parts === null) return parseName(text, context);
    return parseName(`${parts[1]!.replace(/(?<!\\)\./g, '\\.')}.${parts[2]!}`, context);
  });
}

/** Any number of domain names up to the end of the RDATA, blanks between them; never compressed. */
export function names(key: string): TextField<Name[]> {
  const parse = (text: string, context: TextContext) => {
    const parsed: Name[] = [];
    for (let token = nextToken(text, 0); token !== null; token = nextToken(text, token.end)) {
      const name = parseName(token.raw, context);
      if (name instanceof FieldFault) return name;
      parsed.push(name);
    }
    return parsed;
  };
  const format = (value: Name[]) => value.map((name) => name.toText()).join(' ');
  return { key, rest: true, fromText: parse, fromJson: parse, toText: format, toJson: format };
}

/** A name in a type whose names nobody may compress, RFC 3597 §4. */
export function readWholeName(reader: Reader): Name | null {
  const start = reader.position;
  const octets = reader.name();
  // A pointer takes two octets and no suffix does, so that a compressed name never has the length of the octets read.
  return reader.fault === null && octets.length === reader.position - start ? Name.fromOctets(octets) : null;
}

function nameField(key: string, parse: (text: string, context: TextContext) => Name | FieldFault): Field<Name> {
  return {
    key,
    rest: false,
    isName: true,
    fromText: parse,
    fromJson: parse,
    toText: (value) => value.toText(),
    toJson: (value) => value.toText(),
    encode: (value, writer) => writer.bytes(value.octets),
    decode: (reader) => {
      const octets = reader.name();
      return reader.fault === null ? Name.fromOctets(octets) : null;
    },
  };
}

/** A target as zone files or as people write it, see `TextContext`. */
export function parseName(text: string, context: TextContext): Name | FieldFault {
  const ascii = toAsciiName(text);
  if (ascii === null) return new FieldFault('bad_idn', `“${text}” has a letter that no domain name can have (RFC 5891).`);
  if (context.style === 'person' && ascii !== '@' && ascii !== '') {
    if (!ascii.includes('.')) return askWhichName(ascii, context.origin);
    const absolute = Name.fromText(ascii);
    return absolute instanceof Name ? absolute : refuseName(absolute, text);
  }
  const parsed = Name.fromText(ascii, context.origin);
  return parsed instanceof Name ? parsed : refuseName(parsed, text);
}

/** `mail` may be a host in this zone or a top-level domain: a wrong guess would be a wrong record, so we ask. */
function askWhichName(label: string, origin: Name): FieldFault {
  const choices = [Name.fromText(label, origin), Name.fromText(`${label}.`)].filter((choice) => choice instanceof Name);
  const first = Name.fromText(label);
  if (!(first instanceof Name)) return refuseName(first, label);
  const texts = choices.map((choice) => choice.toText());
  return new FieldFault(
    'ambiguous_name',
    `“${label}” has no dot. Which name do you mean: ${texts.map((text) => `“${text}”`).join(' or ')}?`,
    texts,
  );
}

const NAME_FAULTS: Record<NameFault, (text: string) => string> = {
  empty: () => 'Give a domain name.',
  empty_label: (text) =>
    `“${text}” has two dots with nothing between them. Only the root, at the very end, has an empty label.`,
  label_too_long: () =>
    `A part between two dots is longer than ${MAX_LABEL} octets. Its length travels in six bits (RFC 1035 §2.3.4), so it cannot be.`,
  name_too_long: () => `The whole name is longer than ${MAX_NAME} octets, the most that DNS carries (RFC 1035 §2.3.4).`,
  bad_escape: (text) =>
    `“${text}” has a backslash that begins no escape. Write \\. for a dot inside a label, \\DDD for octet DDD up to 255.`,
  not_ascii: (text) => `“${text}” is not ASCII.`,
};

export function refuseName(fault: NameFault, text: string): FieldFault {
  return new FieldFault(fault === 'empty' ? 'missing' : fault, NAME_FAULTS[fault](text));
}
