import type { RecordInput, RecordJson, ZoneEditInput, ZoneEditJson } from '../../server/http/protocol.ts';
import { ApiError, errorText, type Api } from '../api.ts';
import { strings } from '../strings/strings.ts';
import { FormDraft } from './draft.svelte.ts';
import { textOf } from './preview.ts';

/** The ways to change many records by a text. */
export type TextMode = 'add' | 'replace' | 'import';

/** A text that is being written, and the zone that it is taken from. */
export interface TextDraft {
  text: string;
  from: string;
  /** The zone that the text was made from, when it was made from one. */
  base?: { text: string; serial: number };
}

/** The records of the zone as the page knows them, and what can be done to them. */
export class Records {
  list = $state.raw<readonly RecordJson[]>([]);
  serial = $state(0);
  loaded = $state(false);
  /** What is on the screen of them. */
  view = $state<'table' | 'history' | TextMode>('table');
  /** The list could not be read. */
  readFault = $state('');
  /** A deletion was refused, or could not be undone. */
  fault = $state('');
  /** What was done last, for the reader to see and hear; said when the list shows it. */
  said = $state('');
  /** What Undo would put back: the latest deletion is last. */
  deleted = $state.raw<readonly (readonly RecordJson[])[]>([]);
  /** Lit for a moment, so that the eye finds it. */
  fresh = $state<number | null>(null);
  /** What is typed into the form for a new record; it outlives a change of view or language. */
  readonly draft = new FormDraft();
  /** The same for texts that change many records. */
  readonly texts = $state<Record<TextMode, TextDraft>>({
    add: { text: '', from: '' },
    replace: { text: '', from: '' },
    import: { text: '', from: '' },
  });

  readonly api: Api;
  readonly #zone: string;
  readonly #onOtherZone: () => void;
  #reading: Promise<void> | null = null;
  #again = false;

  constructor(api: Api, zone: string, onOtherZone: () => void) {
    this.api = api;
    this.#zone = zone;
    this.#onOtherZone = onOtherZone;
  }

  /** Reads the list. Asked while reading, it reads once more afterwards. */
  load(): Promise<void> {
    if (this.#reading) this.#again = true;
    this.#reading ??= this.#read().finally(() => (this.#reading = null));
    return this.#reading;
  }

  /** Another tab, or this one, changed something; our own changes we have read already. */
  async changedElsewhere(serial: number): Promise<void> {
    if (serial !== this.serial) await this.load();
  }

  /** Faults of the form are thrown, for the form to show. */
  async add(input: RecordInput): Promise<void> {
    this.said = '';
    const record = await this.api.addRecord(input);
    this.fresh = record.id;
    await this.load();
    this.said = strings.records.added(thing(record));
  }

  async change(id: number, input: RecordInput): Promise<void> {
    this.said = '';
    const record = await this.api.changeRecord(id, input);
    this.fresh = record.id;
    await this.load();
    this.said = strings.records.saved(thing(record));
  }

  async remove(record: RecordJson): Promise<boolean> {
    return this.#removing([record], strings.records.removed(thing(record)), () => this.api.deleteRecord(record.id));
  }

  async removeAll(): Promise<boolean> {
    const records = this.list;
    return this.#removing(records, strings.records.removedMany(records.length), () => this.api.deleteRecords());
  }

  /** Puts the latest deletion back, all of it at once, but for the SOA, which every zone has. */
  async undo(): Promise<void> {
    const records = this.deleted.at(-1) ?? [];
    // Taken at once, so that a second press does not put back the same.
    this.deleted = this.deleted.slice(0, -1);
    this.fault = '';
    try {
      await this.api.editZone({ mode: 'undo', text: textOf(records.filter(({ type }) => type !== 'SOA')) });
      await this.load();
      this.said = strings.records.undone;
    } catch (error) {
      if (error instanceof ApiError && error.status === 0) this.deleted = [...this.deleted, records];
      this.fault = [errorText(error), ...faultsOf(error)].join(' ');
      this.said = '';
    }
  }

  /** What a text would do. */
  preview(input: ZoneEditInput): Promise<ZoneEditJson> {
    return this.api.previewEdit(input);
  }

  /** Does what a text says. Faults are thrown, for the view to show. */
  async apply(input: ZoneEditInput): Promise<ZoneEditJson> {
    this.said = '';
    const done = await this.api.editZone(input);
    await this.load();
    this.said = strings.text.applied(done.added.length, done.removed.length);
    return done;
  }

  /** Makes the zone what it was before an edit of its history. */
  async restore(id: number): Promise<boolean> {
    this.said = this.fault = '';
    try {
      await this.api.restore(id);
      await this.load();
      this.said = strings.history.restored;
      return true;
    } catch (error) {
      this.fault = errorText(error);
      return false;
    }
  }

  async #read(): Promise<void> {
    do {
      this.#again = false;
      try {
        const { zone, serial, records } = await this.api.records();
        // The cookie is shared by all tabs: another one may have opened another zone.
        if (zone !== this.#zone) return this.#onOtherZone();
        this.list = records;
        this.serial = serial;
        this.loaded = true;
        this.readFault = '';
      } catch (error) {
        this.readFault = errorText(error);
      }
    } while (this.#again);
  }

  async #removing(records: readonly RecordJson[], said: string, call: () => Promise<void>): Promise<boolean> {
    try {
      await call();
    } catch (error) {
      this.fault = errorText(error);
      return false;
    }
    await this.load();
    this.fault = '';
    this.deleted = [...this.deleted, records];
    this.said = said;
    return true;
  }
}

/** A record in a sentence. */
export function thing(record: RecordJson): string {
  return `${record.name} ${record.type}`;
}

function faultsOf(error: unknown): string[] {
  return error instanceof ApiError ? error.faults.map(({ message }) => message) : [];
}
