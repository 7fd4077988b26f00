import type { Name } from '../name.ts';
import type { Reader } from '../reader.ts';
import type { Writer } from '../writer.ts';

/** What text has to do with: the names it may leave unfinished. */
export interface TextContext {
  /** Completes relative names and stands for `@`. */
  readonly origin: Name;
  /**
   * How a name without a final dot is read: `zone-file` completes it with the origin (RFC 1035 §5.1); `person` adds the dot
   * that people forget, and asks when the name has no dot at all.
   */
  readonly style: 'zone-file' | 'person';
}

/** Why a value is not right, in a sentence for the person who gave it. `choices` are values that would do. */
export class FieldFault {
  readonly code: string;
  readonly message: string;
  readonly choices: readonly string[];

  constructor(code: string, message: string, choices: readonly string[] = []) {
    this.code = code;
    this.message = message;
    this.choices = choices;
  }
}

/** Values of the fields in front by key, for fields whose meaning hangs on them. A value that was wrong is not there. */
export type Earlier = ReadonlyMap<string, unknown>;

/** One RDATA field as people see it: how a zone file writes it, how JSON has it. */
export interface TextField<V> {
  /** Name in JSON. */
  readonly key: string;
  /** Takes the rest of the line in presentation form, not one word. */
  readonly rest: boolean;
  /** Takes words up to and with the one that matches. */
  readonly until?: RegExp;
  fromText(text: string, context: TextContext, earlier: Earlier): V | FieldFault;
  fromJson(text: string, context: TextContext, earlier: Earlier): V | FieldFault;
  toText(value: V): string;
  toJson(value: V): string | number;
}

/** One RDATA field with how it travels. */
export interface Field<V> extends TextField<V> {
  readonly isName: boolean;
  encode(value: V, writer: Writer): void;
  /**
   * Reads from a reader that ends where the RDATA ends. Null, or a fault of the reader, says that the octets are wrong; they
   * are, too, when their text would be read back as other octets.
   */
  decode(reader: Reader, earlier: Earlier): V | null;
}

/** How the fields of a type travel whose octets stand in another order than its text. */
export interface WireForm {
  encode(values: readonly unknown[], writer: Writer): void;
  decode(reader: Reader): unknown[] | null;
}

interface Row {
  readonly code: number;
  readonly mnemonic: string;
  /** Whether names in it may be compressed: only the types of RFC 1035, RFC 3597 §4. */
  readonly compress: boolean;
}

/** A row of the RDATA table: fields that travel one behind the other, or in a form of the row's own. */
export type RdataType =
  | (Row & { readonly fields: readonly Field<unknown>[]; readonly wire?: undefined })
  | (Row & { readonly fields: readonly TextField<unknown>[]; readonly wire: WireForm });

/** The parts of a field that JSON has as zone files do, and that is no name. */
export interface PlainField<V> {
  readonly rest?: boolean;
  parse(text: string, context: TextContext, earlier: Earlier): V | FieldFault;
  format(value: V): string;
  encode(value: V, writer: Writer): void;
  decode(reader: Reader, earlier: Earlier): V | null;
}

export function plainField<V>(key: string, { rest = false, parse, format, encode, decode }: PlainField<V>): Field<V> {
  return { key, rest, isName: false, fromText: parse, fromJson: parse, toText: format, toJson: format, encode, decode };
}
