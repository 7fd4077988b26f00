import type { FastifyBaseLogger, InjectOptions, LightMyRequestResponse } from 'fastify';
import { randomBytes } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import pino from 'pino';
import type { HttpDeps, HttpSettings, QueryLog } from '../../server/http/deps.ts';
import { limitsFor, type Limits } from '../../server/http/limits.ts';
import { buildServer } from '../../server/http/server.ts';
import type { LoggedQuery } from '../../server/querylog/event.ts';
import { Practice } from '../../server/practice/practice.ts';
import { Hub } from '../../server/querylog/hub.ts';
import { AccountStore } from '../../server/store/accounts.ts';
import { openDatabase } from '../../server/store/database.ts';
import { migrate } from '../../server/store/migrate.ts';
import { KeyStore } from '../../server/store/keys.ts';
import { SessionStore } from '../../server/store/sessions.ts';
import { ShareStore } from '../../server/store/shares.ts';
import { ZoneStore } from '../../server/store/zones.ts';
import { Lures } from '../../server/zone/lures.ts';
import { ZoneSet } from '../../server/zone/zone-set.ts';
import { exchange, makeQuery, name, type Ask } from './dns.ts';
import { exampleTable } from './querylog.ts';

/** A query log in memory, simple enough to be seen to be right. */
export class MemoryLog implements QueryLog {
  queries: LoggedQuery[] = [];

  page(zone: number, before = Infinity, limit: number): LoggedQuery[] {
    const found = this.queries.filter((query) => query.zone === zone && query.id < before);
    return found.toReversed().slice(0, limit);
  }

  search(zone: number, before: number | undefined, _: unknown, limit: number): { queries: LoggedQuery[]; next?: number } {
    const queries = this.page(zone, before, limit);
    return queries.length < limit ? { queries } : { queries, next: queries.at(-1)!.id };
  }

  after(zone: number, id: number, limit: number): { queries: LoggedQuery[]; more: boolean } {
    const found = this.queries.filter((query) => query.zone === zone && query.id > id);
    return { queries: found.slice(-limit), more: found.length > limit };
  }

  find(zone: number, id: number): LoggedQuery | undefined {
    return this.queries.find((query) => query.zone === zone && query.id === id);
  }

  clear(zone: number): void {
    this.queries = this.queries.filter((query) => query.zone !== zone);
  }
}

export interface Question extends Ask {
  readonly qname?: string;
  readonly qtype?: string;
}

export interface HouseOptions {
  readonly limits?: Partial<Limits>;
  readonly settings?: Partial<HttpSettings>;
  readonly logger?: FastifyBaseLogger;
}

/** The HTTP side with everything behind it, in memory; time stands still until a test moves it. */
export class House {
  readonly log = new MemoryLog();
  readonly hub = new Hub();
  readonly zoneSet = new ZoneSet();
  readonly webDir: string;
  readonly deps: HttpDeps;
  readonly app: ReturnType<typeof buildServer>;
  now = Date.UTC(2030, 0, 1);
  dropped = 0;
  probe: () => Promise<string | null> = async () => null;
  private readonly db = openDatabase(':memory:');
  private nextId = 1;
  private readonly practice = new Practice({
    zoneOf: (name) => this.zoneSet.closest(name)?.origin ?? null,
    zoneIdOf: (name) => this.zoneSet.closest(name)?.id ?? 0,
    isOurAddress: () => false,
    answers: {
      respond: (query, length, out) => {
        const answer = exchange(this.zoneSet, query.subarray(0, length), 'udp') ?? new Uint8Array(0);
        out.set(answer);
        return answer.length;
      },
      report: () => {},
      onError: () => {},
    },
    monotonic: () => this.now,
    random: () => 0.5,
  });

  constructor({ limits = {}, settings = {}, logger = pino({ level: 'silent' }) }: HouseOptions = {}) {
    migrate(this.db, fileURLToPath(new URL('../../db/migrations', import.meta.url)));
    this.webDir = makeWebDir();
    this.deps = {
      zones: new ZoneStore(this.db, name('digpit.test.'), ['otter']),
      accounts: new AccountStore(this.db),
      sessions: new SessionStore(this.db),
      shares: new ShareStore(this.db),
      keys: new KeyStore(this.db),
      queryLog: this.log,
      zoneSet: this.zoneSet,
      hub: this.hub,
      asn: exampleTable,
      lures: new Lures(['paypal', 'dhl']),
      practice: { resolvers: this.practice, sites: [] },
      settings: {
        nameservers: [name('ns1.digpit.test.')],
        hostmaster: name('hostmaster.digpit.test.'),
        dns: { host: '127.0.0.1', port: 5354 },
        log: { maxBytes: 1000, maxAgeSeconds: 60 },
        zoneMaxAge: 90 * 86_400_000,
        resolvers: [],
        trustProxy: false,
        tsigMd5: false,
        cookieSecret: 'a secret of the tests, long enough to be one',
        webDir: this.webDir,
        version: '1.2.3',
        operatorToken: null,
        reportTo: null,
        limits: { ...limitsFor(160 << 20, 128 << 20), ...limits },
        ...settings,
      },
      counters: {
        requests: () => [
          ['udp', 12],
          ['tcp', 3],
        ],
        responses: () => [['NOERROR', 14]],
        ignored: () => 2,
        limited: () => 1,
        logDropped: () => this.dropped,
        times: () => ({ bounds: [0.000001, 0.000002, Infinity], counts: [3, 2, 1], sum: 0.25 }),
        logPaused: () => false,
        logStored: () => 0,
        packetsLost: () => 0,
        transfers: () => [
          ['axfr', 'done', 5],
          ['ixfr', 'refused', 2],
        ],
        notify: () => [['sent', 9]],
        reports: { connections: 1, messages: [['kept', 6]], faults: [['slow', 1]] },
        sent: () => [{ feed: 'dnstap', written: 5, dropped: 0 }],
      },
      logger,
      clock: { now: () => this.now, monotonic: () => this.now },
      random: randomBytes,
      answerDns: (query) => exchange(this.zoneSet, query, 'https'),
      answerAside: (query, { transport }) => ({
        response: exchange(this.zoneSet, query, transport),
        reason: 1,
        encloser: 3,
        took: 12,
      }),
      probe: () => this.probe(),
    };
    this.app = buildServer(this.deps);
  }

  /** A browser with a fresh zone. */
  async visitor(): Promise<Visitor> {
    const reply = await this.app.inject({ method: 'POST', url: '/api/session', payload: {} });
    if (reply.statusCode !== 201) throw new Error(reply.body);
    return new Visitor(this, reply);
  }

  /** Gives a zone an answer of 30,000 octets and lets as many queries for it be answered and logged. */
  async arriveLarge(visitor: Visitor, count: number): Promise<number[]> {
    for (let n = 0; n < 10; n++) {
      const text = String(n).repeat(3000);
      const reply = await visitor.request('POST', '/api/records', { name: 'big', type: 'TXT', ttl: 60, text });
      if (reply.statusCode !== 201) throw new Error(reply.body);
    }
    return this.arrive(visitor, count, { qname: `big.${visitor.zone}`, qtype: 'TXT', transport: 'tcp' });
  }

  /** Lets queries for a zone be answered and logged, as one batch. Returns their ids. */
  arrive(visitor: Visitor, count = 1, options: Question = {}): number[] {
    const batch = Array.from({ length: count }, () => this.answer(visitor, options));
    this.log.queries.push(...batch);
    for (const viewer of this.hub.viewersOf(visitor.zoneId)) viewer.queriesCame(batch.length, batch.at(-1)!.id);
    return batch.map(({ id }) => id);
  }

  private answer(
    { zone, zoneId }: Visitor,
    { qname = `q${this.nextId}.${zone}`, qtype = 'A', ...options }: Question,
  ): LoggedQuery {
    const query = makeQuery(qname, qtype, options);
    const response = exchange(this.zoneSet, query, options.transport)!;
    const address = Uint8Array.of(192, 0, 2, 53);
    const transport = options.transport === 'tcp' ? 1 : 0;
    const source = { address, port: 4242, transport, asn: 64500, country: 'ZZ' } as const;
    const why = { reason: 1, encloser: 4, took: 12 };
    return {
      id: this.nextId++,
      zone: zoneId,
      time: this.now,
      ...source,
      ...why,
      query,
      response,
      server: '',
      isQueryUnseen: false,
    };
  }

  async close(): Promise<void> {
    await this.app.close();
    this.db.close();
    rmSync(this.webDir, { recursive: true });
  }
}

/** One browser: keeps its cookie. */
export class Visitor {
  readonly zone: string;
  readonly key: string;
  readonly zoneId: number;
  cookie: string;
  private readonly house: House;

  constructor(house: House, begun: LightMyRequestResponse) {
    const { zone, key } = begun.json<{ zone: string; key: string }>();
    this.house = house;
    this.zone = zone;
    this.key = key;
    this.zoneId = house.zoneSet.closest(name(zone))!.id;
    this.cookie = cookieOf(begun);
  }

  request(
    method: 'GET' | 'POST' | 'PUT' | 'DELETE',
    url: string,
    payload?: InjectOptions['payload'],
  ): Promise<LightMyRequestResponse> {
    const options: InjectOptions = { method, url, headers: { cookie: this.cookie } };
    if (payload !== undefined) options.payload = payload;
    return this.house.app.inject(options);
  }
}

/** The cookie that a reply sets, as a browser sends it back. */
export function cookieOf(reply: LightMyRequestResponse): string {
  const [cookie] = reply.cookies;
  return `${cookie!.name}=${encodeURIComponent(cookie!.value)}`;
}

function makeWebDir(): string {
  const dir = mkdtempSync(join(tmpdir(), 'digpit-web-'));
  mkdirSync(join(dir, 'assets'));
  writeFileSync(join(dir, 'index.html'), '<!doctype html><title>Digpit</title>');
  writeFileSync(join(dir, 'assets', 'index-abc123.js'), 'export {};');
  writeFileSync(join(dir, '.secret'), 'hidden');
  writeFileSync(join(dir, 'openapi.json'), '{}');
  mkdirSync(join(dir, 'q'));
  writeFileSync(join(dir, 'q', 'index.html'), '<!doctype html><title>A query</title>');
  return dir;
}
