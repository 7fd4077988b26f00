import type { RecordInput, RecordJson } from '../../server/http/protocol.ts';
import { DEFAULT_TTL, formOf, initialValues } from './forms.ts';
import type { Draft } from './preview.ts';

/** A record that is being written: by the form for a new one, or by that of one that is there. */
export class FormDraft implements Draft {
  name = $state('');
  type = $state('A');
  ttl = $state(DEFAULT_TTL);
  /** Each type remembers what was typed for it. */
  #values = $state<Record<string, Record<string, string>>>({});

  constructor(record?: RecordJson) {
    if (record) this.copy(record);
  }

  readonly form = $derived(formOf(this.type.trim().toUpperCase()));
  readonly values = $derived(this.#values[this.form.type] ?? initialValues(this.form));

  /** Takes everything from a record, such as one to make another of. */
  copy(record: RecordJson): void {
    this.name = record.name;
    this.type = record.type;
    this.ttl = String(record.ttl);
    this.#values = { ...this.#values, [record.type]: initialValues(formOf(record.type), record) };
  }

  fill(key: string, value: string): void {
    this.#values = { ...this.#values, [this.form.type]: { ...this.values, [key]: value } };
  }

  /** Forgets the data, for the next record; name, type and TTL are likely to be wanted again. */
  clear(): void {
    this.#values = {};
  }

  toInput(): RecordInput {
    return { ...this.values, name: this.name, type: this.type.trim(), ttl: this.ttl.trim() };
  }
}
