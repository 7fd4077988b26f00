import { existsSync, readFileSync, statfsSync, statSync } from 'node:fs';
import { freemem, totalmem } from 'node:os';
import { join } from 'node:path';
import { PACKED_FILE } from '../../server/asn/open.ts';
import type { Config } from '../../server/config.ts';
import { checkDatabase, Damage } from '../../server/store/backup.ts';
import { RECORDS_FILE } from '../../server/store/files.ts';
import { bad, ok, skipped, type Finding } from './finding.ts';

const MEGABYTE = 1 << 20;
const DAY_MS = 86_400_000;
/** Room for the database, its copy, and the system, beside the log. */
const SPARE_MB = 200;
const OLD_TABLE_DAYS = 30;
const OLD_BACKUP_DAYS = 2;

/** The folder of the data: that it is there, has room, and the range table is not too old. */
export function checkData({ dataDir, logMaxBytes }: Config): Finding[] {
  if (!existsSync(join(dataDir, RECORDS_FILE)))
    return [bad(`there is no ${RECORDS_FILE} in ${dataDir}`, 'start the server once, or set DIGPIT_DATA_DIR to its folder')];
  const { bavail, bsize } = statfsSync(dataDir);
  const free = Math.floor((bavail * bsize) / MEGABYTE);
  const wanted = Math.ceil(logMaxBytes / MEGABYTE) + SPARE_MB;
  const room =
    free < wanted
      ? bad(`${free} MB free in ${dataDir}`, `make room for ${wanted} MB, or lower DIGPIT_LOG_MAX_BYTES`)
      : ok(`${free} MB free`);
  return [room, checkTable(dataDir)];
}

function checkTable(dataDir: string): Finding {
  const table = statSync(join(dataDir, PACKED_FILE), { throwIfNoEntry: false });
  const update = 'run "npm run asn:update", or set DIGPIT_ASN_UPDATE=weekly';
  if (table === undefined) return bad('there is no table of networks, so most addresses have no name', update);
  const days = Math.floor((Date.now() - table.mtimeMs) / DAY_MS);
  return days > OLD_TABLE_DAYS
    ? bad(`the table of networks is ${days} days old`, update)
    : ok(`table of networks, ${days} days old`);
}

/** A backup that was made, if we are told where. */
export function checkBackup(dir: string | undefined): Finding {
  if (dir === undefined) return skipped('backup: say where it is with --backup=DIR');
  const path = join(dir, RECORDS_FILE);
  const make = `make one with "npm run backup -- ${dir}", and every night: docs/backup.md`;
  const made = statSync(path, { throwIfNoEntry: false });
  if (made === undefined) return bad(`there is no backup in ${dir}`, make);
  const days = Math.floor((Date.now() - made.mtimeMs) / DAY_MS);
  if (days > OLD_BACKUP_DAYS) return bad(`the backup in ${dir} is ${days} days old`, make);
  try {
    return ok(`backup of ${checkDatabase(path).rows.get('zones')} subdomains, ${days} days old, looked through`);
  } catch (error) {
    if (!(error instanceof Damage)) throw error;
    return bad(`the backup in ${dir} is not sound (${error.message})`, make);
  }
}

/** That the process fits where it is: the machine, and the group that it is confined to. */
export function checkMemory({ memoryBytes }: Config): Finding[] {
  const wanted = memoryBytes / MEGABYTE;
  const total = Math.floor(Math.min(totalmem(), groupLimit()) / MEGABYTE);
  const free = Math.floor((availableMemory() ?? freemem()) / MEGABYTE);
  if (total < wanted) return [bad(`${total} MB of memory in all`, `set DIGPIT_MEMORY_MB below that; it is ${wanted}`)];
  return [ok(`${total} MB of memory, ${free} of them available, ${wanted} for Digpit`)];
}

/** What the kernel lets this group have; without end where it says nothing. */
function groupLimit(): number {
  const files = ['/sys/fs/cgroup/memory.max', '/sys/fs/cgroup/memory/memory.limit_in_bytes'];
  const limits = files.filter(existsSync).map((file) => Number(readFileSync(file, 'utf8')));
  return Math.min(Infinity, ...limits.filter(Number.isFinite));
}

function availableMemory(): number | null {
  const file = '/proc/meminfo';
  const match = existsSync(file) ? /^MemAvailable:\s+(\d+) kB/m.exec(readFileSync(file, 'utf8')) : null;
  return match === null ? null : Number(match[1]) * 1024;
}

/** Settings that are legal, and not wise for the world. */
export function checkSettings({
  trustProxy,
  httpHost,
  dnsHosts,
  dnsPort,
  baseDomain,
  operatorToken,
  reportTo,
}: Config): Finding[] {
  const findings: Finding[] = [];
  const isOpen = !/^(127\.|::1$)/.test(httpHost);
  if (trustProxy && isOpen)
    findings.push(
      bad('the page believes X-Forwarded-For and listens on all addresses', 'see to it that only your proxy can connect'),
    );
  if (isTestDomain(baseDomain.toText()))
    return [...findings, skipped(`${baseDomain.toText()} is a name for tests: the world does not ask for it`)];
  if (dnsHosts.every((host) => host.startsWith('127.')))
    findings.push(bad('DNS is answered on loopback only', 'set DIGPIT_DNS_HOST'));
  if (dnsPort !== 53)
    findings.push(bad(`DNS is answered on port ${dnsPort}`, 'the world asks port 53: set DIGPIT_DNS_PORT, or forward it'));
  if (operatorToken === null) findings.push(bad('nobody can suspend a subdomain', 'set DIGPIT_OPERATOR_TOKEN'));
  if (reportTo === null) findings.push(bad('nobody knows where to report misuse', 'set DIGPIT_REPORT_TO'));
  return findings;
}

/** RFC 6761 §6.2: `test` is nobody's. */
export function isTestDomain(name: string): boolean {
  return /(^|\.)(test|example|localhost|invalid)\.$/i.test(name);
}
