import { Counter, Gauge, Registry, type MetricObjectWithValues, type MetricType, type MetricValueWithName } from 'prom-client';
import type { HttpDeps, Reports, Times } from './deps.ts';

const STARTED = Date.now() / 1000 - process.uptime();

/** What /metrics says. Every number is read when it is asked for, and none of them is about one visitor. */
export function makeMetrics({ counters, zoneSet, hub, settings }: HttpDeps): Registry {
  const registry = new Registry();
  counter(registry, 'digpit_dns_requests_total', 'DNS messages received.', 'proto', () => counters.requests());
  counter(registry, 'digpit_dns_responses_total', 'DNS responses sent.', 'rcode', () => counters.responses());
  total(registry, 'digpit_dns_ignored_total', 'DNS messages that got no answer.', () => counters.ignored());
  total(registry, 'digpit_dns_limited_total', 'Responses that rate limiting held back or cut short.', () => counters.limited());
  registry.registerMetric(
    new TimesMetric('digpit_dns_request_duration_seconds', 'Time that answers took to make.', counters.times),
  );
  gauge(registry, 'digpit_log_paused', 'Whether nothing can be logged at the moment.', () => Number(counters.logPaused()));
  total(registry, 'digpit_log_dropped_total', 'Queries answered but not logged.', () => counters.logDropped());
  total(registry, 'digpit_log_stored_total', 'Queries logged, since the first start ever.', () => counters.logStored());
  total(registry, 'digpit_dns_lost_total', 'UDP packets that the kernel threw away, in either direction.', () =>
    counters.packetsLost(),
  );
  const transfers = () => counters.transfers();
  counterBy(registry, 'digpit_transfers_total', 'Transfers of zones asked for.', ['kind', 'result'], transfers);
  counter(registry, 'digpit_notify_total', 'Words of changes to secondaries.', 'outcome', () => counters.notify());
  if (counters.reports !== null) addReports(registry, counters.reports);
  if (counters.sent().length > 0) addSent(registry, counters.sent);
  gauge(registry, 'digpit_zones', 'Zones answered for.', () => zoneSet.size);
  gauge(registry, 'digpit_zones_bytes', 'Memory of all zones.', () => zoneSet.byteLength);
  gauge(registry, 'digpit_zones_limit_bytes', 'Memory that zones may take.', () => settings.limits.zoneOctets);
  gauge(registry, 'digpit_viewers', 'Live views open.', () => hub.size);
  gauge(registry, 'process_resident_memory_bytes', 'Resident memory size in bytes.', () => process.memoryUsage.rss());
  total(registry, 'process_cpu_seconds_total', 'Processor time spent in seconds.', processorSeconds);
  gauge(registry, 'process_start_time_seconds', 'When the process started, in seconds since 1970.', () => STARTED);
  new Gauge({
    name: 'digpit_build_info',
    help: 'Always 1; the labels say what is running.',
    labelNames: ['version', 'node'],
    registers: [registry],
  }).set({ version: settings.version, node: process.version }, 1);
  return registry;
}

/** Of what other name servers report. */
function addReports(registry: Registry, reports: Reports): void {
  gauge(registry, 'digpit_dnstap_connections', 'Connections of name servers that report.', () => reports.connections);
  counter(registry, 'digpit_dnstap_messages_total', 'Messages reported.', 'outcome', () => reports.messages);
  counter(registry, 'digpit_dnstap_faults_total', 'Connections closed for a fault.', 'fault', () => reports.faults);
}

/** Of what goes out to other programs. */
function addSent(registry: Registry, sent: HttpDeps['counters']['sent']): void {
  counter(registry, 'digpit_feed_queries_total', 'Logged queries that went out.', 'feed', () =>
    sent().map(({ feed, written }) => [feed, written]),
  );
  counter(registry, 'digpit_feed_dropped_total', 'Logged queries that found no room on their way out.', 'feed', () =>
    sent().map(({ feed, dropped }) => [feed, dropped]),
  );
}

/** A histogram that is counted elsewhere: the library's own can only count by itself. */
class TimesMetric extends Gauge {
  private readonly text: { readonly name: string; readonly help: string };
  private readonly read: () => Times;

  constructor(name: string, help: string, read: () => Times) {
    super({ name, help, registers: [] });
    this.text = { name, help };
    this.read = read;
  }

  override get(): Promise<MetricObjectWithValues<MetricValueWithName<string>>> {
    const { name } = this.text;
    const { bounds, counts, sum } = this.read();
    let count = 0;
    const buckets = bounds.map((bound, i) => {
      count += counts[i]!;
      return { metricName: `${name}_bucket`, labels: { le: bound === Infinity ? '+Inf' : bound }, value: count };
    });
    const rest = [
      { metricName: `${name}_sum`, labels: {}, value: sum },
      { metricName: `${name}_count`, labels: {}, value: count },
    ];
    const type = 'histogram' as unknown as MetricType;
    return Promise.resolve({ ...this.text, type, aggregator: 'sum', collect: () => {}, values: [...buckets, ...rest] });
  }
}

function processorSeconds(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
}

function counter(
  registry: Registry,
  name: string,
  help: string,
  label: string,
  read: () => Iterable<readonly [string, number]>,
): void {
  counterBy(registry, name, help, [label], read);
}

/** A counter with several labels; each row has their values, and then the count. */
function counterBy(
  registry: Registry,
  name: string,
  help: string,
  labelNames: readonly string[],
  read: () => Iterable<readonly [...string[], number]>,
): void {
  const metric = new Counter({
    name,
    help,
    labelNames,
    registers: [registry],
    collect: () => {
      metric.reset();
      for (const row of read()) {
        const labels = Object.fromEntries(labelNames.map((label, i) => [label, row[i]!]));
        metric.inc(labels, row.at(-1) as number);
      }
    },
  });
}

function total(registry: Registry, name: string, help: string, read: () => number): void {
  const metric = new Counter({
    name,
    help,
    registers: [registry],
    collect: () => {
      metric.reset();
      metric.inc(read());
    },
  });
}

function gauge(registry: Registry, name: string, help: string, read: () => number): void {
  const metric = new Gauge({
    name,
    help,
    registers: [registry],
    collect: () => {
      metric.set(read());
    },
  });
}
