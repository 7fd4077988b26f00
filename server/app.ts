import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Logger } from 'pino';
import { TIME_BOUNDS, type Counters } from './answer/counters.ts';
import { TRANSPORT } from './answer/transport.ts';
import { Answering } from './answering.ts';
import { AsnRefresh } from './asn-refresh.ts';
import { openTable } from './asn/open.ts';
import type { SwappableTable } from './asn/swappable.ts';
import { systemClock } from './clock.ts';
import type { Config } from './config.ts';
import { Expiry } from './expiry.ts';
import type { Counters as HttpCounters, HttpSettings, Times } from './http/deps.ts';
import { limitsFor } from './http/limits.ts';
import { Feeding } from './feeding.ts';
import { buildServer } from './http/server.ts';
import { answerAside } from './net/aside.ts';
import { answerHttps } from './net/https.ts';
import { probe } from './net/probe.ts';
import { PERSONAS } from './practice/personas.ts';
import { Practising } from './practising.ts';
import { noteThreads } from './priority.ts';
import { Hub } from './querylog/hub.ts';
import { Signing } from './signing.ts';
import { makeBaseZone, StaticZones } from './static-zones.ts';
import { AccountStore } from './store/accounts.ts';
import { openDatabase } from './store/database.ts';
import { DNS_SECRET_FILE, IN_USE_FILE, LOG_FILE, RECORDS_FILE, SESSION_SECRET_FILE } from './store/files.ts';
import { takeLock } from './store/lock.ts';
import { attachLog } from './store/log-file.ts';
import { migrate } from './store/migrate.ts';
import { KeyStore } from './store/keys.ts';
import { QueryLog } from './store/query-log.ts';
import { SessionStore } from './store/sessions.ts';
import { ShareStore } from './store/shares.ts';
import { readWords, ZoneStore } from './store/zones.ts';
import type { LogFiles } from './threads/contract.ts';
import { LogKeeper } from './threads/log-keeper.ts';
import { rcodeToText, TYPE } from './wire/codes.ts';
import { Name } from './wire/name.ts';
import { encodeQuery } from './wire/query.ts';
import { Lures } from './zone/lures.ts';
import { ZoneSet } from './zone/zone-set.ts';
import { Zone } from './zone/zone.ts';

/** Where the files lie that come with the program: the root of the project or of the image. */
export interface Places {
  readonly root: string;
  readonly webDir: string;
  readonly version: string;
}

export interface App {
  /** `http://127.0.0.1:8080`. */
  readonly page: string;
  /** Where DNS is answered, one entry an address. */
  readonly dns: readonly { address: string; port: number }[];
  /** The same over TLS; none without a certificate. */
  readonly tls: readonly { address: string; port: number }[];
  /** Where other name servers report what they answer, as in DIGPIT_DNSTAP_LISTEN. */
  readonly reportsAt: readonly string[];
  /** Reads zone files and the range table again, without a query going unanswered. */
  reload(): void;
  stop(): Promise<void>;
}

/** How long we wait for a server that is just leaving, in milliseconds. */
const PATIENCE = 5000;
/** Of our memory, what the thread that keeps the log may take for objects. */
const LOG_SHARE = 8;
const PROBE_TIMEOUT = 1000;

/** Builds every stage in the order in which a query passes them, joins them, and begins to answer. */
export async function startApp(config: Config, places: Places, logger: Logger): Promise<App> {
  const folder = holdDataDir(config);
  const { db, files, ...stores } = openStores(config, places, logger);

  const hostmaster = Name.fromText('hostmaster', config.baseDomain) as Name;
  const { zones, staticZones } = openZones({ ...config, hostmaster }, stores.zones, logger);

  const table = openNetworks(config, places, logger);
  const asnRefresh = new AsnRefresh(table, config, logger);

  const answering = await Answering.prepare(zones, config, dnsSecret(config), logger);
  const hub = new Hub();
  // Before those are noted that stand behind: other servers and programs can wait, and who asks cannot.
  const feeding = new Feeding(config);
  feeding.send(table, files.records, places.version, logger);
  const reportsAt = await feeding.listen(zones, answering.waker, logger);
  const standBehind = noteThreads();
  const keeper = keepLog({ config, files, answering, feeding, table, hub, logger });
  const queryLog = new QueryLog(db, () => keeper.cleared());
  const signing = Signing.open(config, answering, { ...stores, zoneSet: zones, hub }, logger);
  // Threads have to end by themselves: one that the process takes with it may just be in the middle of a system call.
  const giveUp = async (error: unknown): Promise<never> => {
    await endThreads({ feeding, answering, keeper });
    throw error;
  };
  const dns = await answering.listen(logger).catch(giveUp);
  if (answering.hasThreads) standBehind();
  const practice = await Practising.open(config, zones, answering, logger).catch(giveUp);

  const http = buildServer({
    ...stores,
    queryLog,
    zoneSet: zones,
    hub,
    asn: table,
    practice,
    settings: httpSettings(config, places, hostmaster, answering.ports),
    counters: httpCounters(answering, keeper, feeding, signing),
    logger,
    clock: systemClock,
    random: randomBytes,
    answerDns: answerHttps(answering),
    answerAside: answerAside(answering.respond),
    probe: () => probe(dns[0]!, encodeQuery(randomBytes(2).readUInt16BE(), config.baseDomain, TYPE.SOA), PROBE_TIMEOUT),
  });
  const page = await http.listen({ host: config.httpHost, port: config.httpPort }).catch(async (error: unknown) => {
    await practice.stop();
    return giveUp(error);
  });

  const expiry = new Expiry({ ...stores, queryLog, zoneSet: zones }, config.zoneMaxAge, systemClock, logger);
  const reload = () => {
    answering.reload(logger);
    staticZones.reload();
    asnRefresh.run();
    feeding.reload();
  };
  const stop = async () => {
    for (const stage of [expiry, signing, asnRefresh]) stage.stop();
    await practice.stop();
    await endThreads({ feeding, answering, keeper });
    await http.close();
    db.close();
    folder.release();
  };
  return { page, dns, tls: answering.tls, reportsAt, reload, stop };
}

/** One after the other: who fills a ring before who empties it. */
async function endThreads({
  feeding,
  answering,
  keeper,
}: {
  feeding: Feeding;
  answering: Answering;
  keeper: LogKeeper;
}): Promise<void> {
  await feeding.stop();
  await answering.stop();
  await keeper.stop();
  await feeding.finish();
}

interface LogParts {
  readonly config: Config;
  readonly files: LogFiles;
  readonly answering: Answering;
  readonly feeding: Feeding;
  readonly table: SwappableTable;
  readonly hub: Hub;
  readonly logger: Logger;
}

/** Starts the thread that carries to the disk what the answering side leaves in its rings. */
function keepLog({ config, files, answering, feeding, table, hub, logger }: LogParts): LogKeeper {
  const keeper = new LogKeeper({
    rings: [...answering.rings, ...feeding.rings],
    waker: answering.waker,
    files,
    bounds: { maxBytes: config.logMaxBytes, maxAge: config.logMaxAge },
    table: table.current,
    isShared: answering.hasThreads,
    feed: feeding.copies,
    heapMegabytes: Math.floor(config.memoryBytes / LOG_SHARE / (1 << 20)),
    hub,
    onFault: (error) => logger.error({ err: error }, 'the query log cannot be written; it waits'),
    onDeath: (error) => {
      logger.fatal({ err: error }, 'the thread that keeps the log ended; so does the server');
      process.exit(1);
    },
  });
  table.watch((next) => keeper.use(next));
  return keeper;
}

/** Zones of our own and of visitors. The serial of the base zone is the time, because other settings make another zone of it. */
function openZones(config: Config & { hostmaster: Name }, store: ZoneStore, logger: Logger) {
  const zones = new ZoneSet();
  const serial = Math.floor(systemClock.now() / 1000);
  const staticZones = new StaticZones(zones, makeBaseZone({ ...config, serial }), config.zonesDir, logger);
  for (const { zone, records } of store.loadAll()) zones.set(Zone.of(zone.id, zone.origin, records));
  return { zones, staticZones };
}

/** The range table, and beside it the names of the networks and resolvers that we know ourselves. */
function openNetworks({ dataDir }: Config, { root }: Places, logger: Logger) {
  const own = new Map(PERSONAS.map(({ name, address }) => [address, { brand: name, kind: 'practice resolver' as const }]));
  const { table, problems } = openTable({ dataDir, networksFile: join(root, 'db/networks.tsv'), own });
  for (const problem of problems) logger.warn(problem);
  return table;
}

/** Makes the data folder if need be, and ours for as long as this process lives. */
function holdDataDir({ dataDir }: Config): { release(): void } {
  mkdirSync(dataDir, { recursive: true });
  const lock = takeLock(join(dataDir, IN_USE_FILE), PATIENCE);
  if (lock === null) throw Object.assign(new Error(`${dataDir} is in use`), { code: 'SQLITE_BUSY' });
  return lock;
}

function openStores({ dataDir, baseDomain }: Config, { root }: Places, logger: Logger) {
  const files = { records: join(dataDir, RECORDS_FILE), log: join(dataDir, LOG_FILE) };
  const db = openDatabase(files.records);
  migrate(db, join(root, 'db/migrations'));
  const damage = attachLog(db, files.log);
  if (damage !== null) logger.error(damage);
  const zones = new ZoneStore(db, baseDomain, readWords(join(root, 'db/words.txt')));
  const accounts = new AccountStore(db);
  const lures = new Lures(readWords(join(root, 'db/lures.txt')));
  const keys = new KeyStore(db);
  return { db, files, zones, accounts, keys, lures, sessions: new SessionStore(db), shares: new ShareStore(db) };
}

function httpSettings(config: Config, { webDir, version }: Places, hostmaster: Name, ports: Answering['ports']): HttpSettings {
  return {
    nameservers: config.nameservers,
    hostmaster,
    dns: { host: config.nsAddresses[0] ?? null, ...ports },
    log: { maxBytes: config.logMaxBytes, maxAgeSeconds: config.logMaxAge / 1000 },
    zoneMaxAge: config.zoneMaxAge,
    resolvers: config.resolvers,
    trustProxy: config.trustProxy,
    tsigMd5: config.tsigMd5,
    cookieSecret: readSecret(config.dataDir, SESSION_SECRET_FILE).toString('hex'),
    webDir,
    version,
    operatorToken: config.operatorToken,
    reportTo: config.reportTo,
    limits: limitsFor(config.memoryBytes, config.logMaxBytes),
  };
}

function httpCounters(answering: Answering, keeper: LogKeeper, feeding: Feeding, signing: Signing): HttpCounters {
  const sum = (count: (of: Counters) => number) => answering.counters.reduce((total, of) => total + count(of), 0);
  return {
    requests: () => [
      ['udp', sum(({ queries }) => queries[TRANSPORT.UDP]!)],
      ['tcp', sum(({ queries }) => queries[TRANSPORT.TCP]!)],
      ['https', sum(({ queries }) => queries[TRANSPORT.DOH]!)],
      ['tls', sum(({ queries }) => queries[TRANSPORT.DOT]!)],
    ],
    responses: () =>
      answering.counters[0]!.responses.reduce<[string, number][]>((all, _, rcode) => {
        const count = sum(({ responses }) => responses[rcode]!);
        return count > 0 ? [...all, [rcodeToText(rcode), count]] : all;
      }, []),
    ignored: () => sum(({ ignored }) => ignored),
    limited: () => sum(({ limited }) => limited),
    times: () => timesOf(answering.counters),
    logPaused: () => keeper.isPaused,
    logDropped: () => answering.unlogged,
    logStored: () => keeper.stored,
    packetsLost: () => answering.lost,
    transfers: () =>
      Object.entries(signing.counts.transfers).flatMap(([kind, results]) =>
        Object.entries(results).map(([result, count]) => [kind, result, count] as const),
      ),
    notify: () => Object.entries(signing.counts.notify),
    reports: feeding.reports,
    sent: feeding.sent,
  };
}

/** How long answers took, over all threads. */
function timesOf(counters: readonly Counters[]): Times {
  const sum = (read: (of: Counters) => number) => counters.reduce((total, of) => total + read(of), 0);
  return {
    bounds: TIME_BOUNDS.map((microseconds) => microseconds / 1e6),
    counts: TIME_BOUNDS.map((_, bucket) => sum(({ times }) => times[bucket]!)),
    sum: sum(({ timeSum }) => timeSum) / 1e6,
  };
}

/** The secret of DNS cookies. */
function dnsSecret({ cookieSecret, dataDir }: Config): Uint8Array {
  return cookieSecret ?? readSecret(dataDir, DNS_SECRET_FILE).subarray(0, 16);
}

/** 32 octets that nobody else knows: made once, kept beside the database. Whoever is killed here leaves all of them or none. */
function readSecret(dataDir: string, file: string): Buffer {
  const path = join(dataDir, file);
  if (!existsSync(path)) {
    writeFileSync(`${path}.part`, randomBytes(32).toString('hex'), { mode: 0o600 });
    renameSync(`${path}.part`, path);
  }
  return Buffer.from(readFileSync(path, 'utf8').trim(), 'hex');
}
