import { Name } from '../name.ts';
import { ipv4Text, ipv6Text, readIpv4, readIpv6 } from './addresses.ts';
import { FieldFault, plainField, type Earlier, type Field, type TextContext } from './field.ts';
import { parseName, readWholeName } from './names.ts';
import { unsigned } from './numbers.ts';

const TYPE_KEY = 'gatewayType';
const KIND = { NONE: 0, IPV4: 1, IPV6: 2, NAME: 3 } as const;

/** What the gateway is, RFC 4025 §2.3: 0 none, 1 IPv4, 2 IPv6, 3 a name. */
export function gatewayType(): Field<number> {
  return unsigned(TYPE_KEY, 8, KIND.NAME);
}

/** A gateway in the form that its type says, RFC 4025 §2.5: no octets, an address, or a name that is never compressed. */
export function gateway(key: string): Field<Uint8Array | Name> {
  return plainField<Uint8Array | Name>(key, {
    parse: (text, context, earlier) => parseGateway(text, context, earlier.get(TYPE_KEY)),
    format: (value) => {
      if (value instanceof Name) return value.toText();
      if (value.length === 0) return '.';
      return value.length === 4 ? ipv4Text(value) : ipv6Text(value);
    },
    encode: (value, writer) => writer.bytes(value instanceof Name ? value.octets : value),
    decode: (reader, earlier: Earlier) => {
      const kind = earlier.get(TYPE_KEY);
      if (kind === KIND.NAME) return readWholeName(reader);
      return reader.bytes({ [KIND.NONE]: 0, [KIND.IPV4]: 4, [KIND.IPV6]: 16 }[kind as number] ?? 0);
    },
  });
}

function parseGateway(text: string, context: TextContext, kind: unknown): Uint8Array | Name | FieldFault {
  const elsewhere = `Change the ${TYPE_KEY}, or the gateway.`;
  if (kind === KIND.NAME) return parseName(text, context);
  if (kind === KIND.IPV4) return readIpv4(text, elsewhere);
  if (kind === KIND.IPV6) return readIpv6(text, elsewhere);
  // Of a gateway whose type is wrong nobody can say whether it is right.
  if (kind === undefined || text === '.' || text === '') return new Uint8Array(0);
  return new FieldFault('no_gateway', `With ${TYPE_KEY} 0 there is no gateway. Write a dot, or change the ${TYPE_KEY}.`);
}
