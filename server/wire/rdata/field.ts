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

/** One RDATA field: how it travels, how a zone file writes it, how JSON has it. */
export interface Field<V> {
  /** Name in JSON. */
  readonly key: string;
  /** Takes the rest of the line in presentation form, not one word. */
  readonly rest: boolean;
  readonly isName: boolean;
  fromText(text: string, context: TextContext): V | FieldFault;
  fromJson(text: string, context: TextContext): V | FieldFault;
  toText(value: V): string;
  toJson(value: V): string | number;
  encode(value: V, writer: Writer): void;
  /** Reads from a reader that ends where the RDATA ends. Null, or a fault of the reader, says that the octets are wrong. */
  decode(reader: Reader): V | null;
}

/** A row of the RDATA table. */
export interface RdataType {
  readonly code: number;
  readonly mnemonic: string;
  readonly fields: readonly Field<unknown>[];
  /** Whether names in it may be compressed: only the types of RFC 1035, RFC 3597 §4. */
  readonly compress: boolean;
}
