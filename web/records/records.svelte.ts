import type { RecordInput, RecordJson } from '../../server/http/protocol.ts';
import { ApiError, errorText, type Api } from '../api.ts';
import { strings } from '../strings/strings.ts';
import { inputOf } from './preview.ts';

/** The records of the zone as the page knows them, and what can be done to them. */
export class Records {
  list = $state.raw<readonly RecordJson[]>([]);
  serial = $state(0);
  loaded = $state(false);
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

  readonly #api: Api;
  readonly #zone: string;
  readonly #onOtherZone: () => void;
  #reading: Promise<void> | null = null;
  #again = false;

  constructor(api: Api, zone: string, onOtherZone: () => void) {
    this.#api = api;
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
    const record = await this.#api.addRecord(input);
    this.fresh = record.id;
    await this.load();
    this.said = strings.records.added(thing(record));
  }

  async change(id: number, input: RecordInput): Promise<void> {
    this.said = '';
    const record = await this.#api.changeRecord(id, input);
    this.fresh = record.id;
    await this.load();
    this.said = strings.records.saved(thing(record));
  }

  async remove(record: RecordJson): Promise<boolean> {
    return this.#removing([record], strings.records.removed(thing(record)), () => this.#api.deleteRecord(record.id));
  }

  async removeAll(): Promise<boolean> {
    const records = this.list;
    return this.#removing(records, strings.records.removedMany(records.length), () => this.#api.deleteRecords());
  }

  /** Puts the latest deletion back, but for what is there again, such as the SOA that every zone has. */
  async undo(): Promise<void> {
    const records = this.deleted.at(-1) ?? [];
    // Taken at once, so that a second press does not put back the same.
    this.deleted = this.deleted.slice(0, -1);
    const unheard: RecordJson[] = [];
    const standing = new Set(this.list.map(sameness));
    const faults: string[] = [];
    for (const record of records) {
      if (record.type === 'SOA' || standing.has(sameness(record))) continue;
      try {
        this.fresh = (await this.#api.addRecord(inputOf(record))).id;
      } catch (error) {
        faults.push(`${thing(record)}: ${errorText(error)}`);
        if (error instanceof ApiError && error.status === 0) unheard.push(record);
      }
    }
    if (unheard.length > 0) this.deleted = [...this.deleted, unheard];
    await this.load();
    this.fault = faults.join(' ');
    this.said = faults.length === 0 ? strings.records.undone : '';
  }

  async #read(): Promise<void> {
    do {
      this.#again = false;
      try {
        const { zone, serial, records } = await this.#api.records();
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

function sameness({ name, type, content }: RecordJson): string {
  return `${name.toLowerCase()} ${type} ${content}`;
}
