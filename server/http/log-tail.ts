import { Readable } from 'node:stream';
import type { AsnTable } from '../asn/asn.ts';
import type { LoggedQuery } from '../querylog/event.ts';
import type { Viewer } from '../querylog/hub.ts';
import type { HttpDeps, QueryLog } from './deps.ts';
import { MAX_PAGE, readMissed } from './log-page.ts';
import type { Filter } from './query-filter.ts';
import { queryToJson } from './query-json.ts';

/** Queries of a zone as they come, and which of them are wanted. */
export interface TailSource {
  readonly deps: Pick<HttpDeps, 'hub' | 'queryLog' | 'asn'>;
  readonly zone: number;
  /** The last query that is known already; undefined: all that were there before are. */
  readonly after: number | undefined;
  readonly filter: Filter;
}

/** How the lines of a tail look. */
export interface TailForm {
  line(id: number, json: string): string;
  /** Said when more came than was sent. */
  gap(): string;
  /** Said now and then, so that both sides see that the other is there. */
  readonly beat: string;
}

/** JSON lines, for programs and eyes. */
export const JSON_LINES: TailForm = {
  line: (_, json) => `${json}\n`,
  gap: () => '{"skipped":true}\n',
  beat: '\n',
};

/** Server-sent events, as browsers read them: whoever comes back says with Last-Event-ID what it saw last. */
export const EVENTS: TailForm = {
  line: (id, json) => `id: ${id}\ndata: ${json}\n\n`,
  gap: () => 'event: skipped\ndata: {}\n\n',
  beat: ': \n\n',
};

/** The newest id of a zone's log, 0 for an empty one. */
export function newestId(log: QueryLog, zone: number): number {
  return log.page(zone, undefined, 1)[0]?.id ?? 0;
}

/**
 * The log of a zone as it grows, read from the store whenever the client has taken what it had: so a slow one makes us hold a few
 * lines, and learns that there was more.
 */
export class LogTail extends Readable implements Viewer {
  private readonly log: QueryLog;
  private readonly table: AsnTable;
  private readonly source: TailSource;
  private readonly form: TailForm;
  private readonly unsubscribe: () => void;
  private last: number;
  private isWanted = false;

  constructor(source: TailSource, form: TailForm) {
    super({ encoding: 'utf8' });
    const { hub, queryLog, asn } = source.deps;
    this.log = queryLog;
    this.table = asn;
    this.source = source;
    this.form = form;
    this.last = source.after ?? newestId(queryLog, source.zone);
    this.unsubscribe = hub.subscribe(source.zone, this);
    // The head of the reply goes out with the first octets, and is not to wait for a query.
    this.push(form.beat);
  }

  override _read(): void {
    this.isWanted = true;
    this.fill();
  }

  override _destroy(error: Error | null, done: (error: Error | null) => void): void {
    this.unsubscribe();
    done(error);
  }

  queriesCame(): void {
    if (this.isWanted) this.fill();
  }

  recordsChanged(): void {}

  cleared(): void {}

  /** Ends the stream of who may not look any more, and shows the others that we are there. */
  beat(stands: boolean): void {
    if (stands) this.push(this.form.beat);
    else this.push(null);
  }

  private fill(): void {
    const { zone, filter } = this.source;
    const { queries, more } = readMissed(this.log, zone, this.last, MAX_PAGE);
    const newest = queries.at(-1);
    if (newest === undefined) return;
    this.last = newest.id;
    const wanted = queries.filter(filter.passes);
    const lines = wanted.map((query) => this.form.line(query.id, JSON.stringify(queryToJson(query, this.table))));
    const text = `${more ? this.form.gap() : ''}${lines.join('')}`;
    if (text === '') return;
    this.isWanted = false;
    this.push(text);
  }
}

/** Waits for the first query that is wanted, or for the time to pass, or for whoever waits to go away: then null. */
export function waitForQuery(
  { deps, zone, after, filter }: TailSource,
  milliseconds: number,
  signal: AbortSignal,
): Promise<LoggedQuery | null> {
  const { hub, queryLog } = deps;
  let last = after ?? newestId(queryLog, zone);
  return new Promise((resolve) => {
    const end = (query: LoggedQuery | null) => {
      clearTimeout(timer);
      unsubscribe();
      signal.removeEventListener('abort', onAbort);
      resolve(query);
    };
    const look = () => {
      const { queries } = readMissed(queryLog, zone, last, MAX_PAGE);
      last = queries.at(-1)?.id ?? last;
      const found = queries.find(filter.passes);
      if (found !== undefined) end(found);
    };
    const onAbort = () => end(null);
    const timer = setTimeout(end, milliseconds, null);
    const unsubscribe = hub.subscribe(zone, { queriesCame: look, recordsChanged: () => {}, cleared: () => {} });
    signal.addEventListener('abort', onAbort);
    look();
  });
}
