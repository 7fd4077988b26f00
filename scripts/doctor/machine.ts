import { existsSync, statfsSync, statSync } from 'node:fs';
import { totalmem } from 'node:os';
import { join } from 'node:path';
import { PACKED_FILE } from '../../server/asn/open.ts';
import { commandOf, whereToSet } from '../../server/command.ts';
import type { Config } from '../../server/config.ts';
import { checkDatabase, Damage } from '../../server/store/backup.ts';
import { RECORDS_FILE } from '../../server/store/files.ts';
import { bad, ok, skipped, type Finding } from './finding.ts';

const MEGABYTE = 1 << 20;
const DAY_MS = 86_400_000;
/** Room for the database, its copy, and the system, beside the log. */
const SPARE_MB = 200;
/** What a backup needs beside the server. */
const LITTLE_MB = 70;
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
      ? bad(`${free} MB free in ${dataDir}`, `make room for ${wanted} MB, or set a lower DIGPIT_LOG_MAX_BYTES ${whereToSet()}`)
      : ok(`${free} MB free`);
  return [room, checkTable(dataDir)];
}

function checkTable(dataDir: string): Finding {
  const table = statSync(join(dataDir, PACKED_FILE), { throwIfNoEntry: false });
  const update = `run "${commandOf('asn:update')}", and set DIGPIT_ASN_UPDATE=weekly ${whereToSet()}`;
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
  const make = `make one with "${commandOf('backup', dir)}", and one every night, as in docs/backup.md`;
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
  // Where nothing is confined, Node says 0 or a number beyond all machines.
  const group = process.constrainedMemory() || Infinity;
  const total = Math.floor(Math.min(totalmem(), group) / MEGABYTE);
  const free = Math.floor(process.availableMemory() / MEGABYTE);
  if (total < wanted)
    return [bad(`${total} MB of memory in all`, `set DIGPIT_MEMORY_MB, which is ${wanted}, below that ${whereToSet()}`)];
  // In a group that is the server's alone, little is meant to be left.
  if (group > totalmem() && free < LITTLE_MB)
    return [bad(`${free} MB of memory are left`, 'end something on this machine, or give it more')];
  return [ok(`${total} MB of memory, ${free} of them available, ${wanted} for Digpit`)];
}

/** Settings that are legal, and not wise for the world. */
export function checkSettings({
  trustProxy,
  httpHost,
  httpPort,
  dnsHosts,
  dnsPort,
  baseDomain,
  operatorToken,
  reportTo,
}: Config): Finding[] {
  const findings: Finding[] = [];
  const isOpen = !/^(127\.|::1$)/.test(httpHost);
  if (trustProxy && isOpen) findings.push(checkProxy(httpPort));
  if (isTestDomain(baseDomain.toText()))
    return [...findings, skipped(`${baseDomain.toText()} is a name for tests: the world does not ask for it`)];
  if (dnsHosts.every((host) => host.startsWith('127.')))
    findings.push(bad('DNS is answered on loopback only', `set DIGPIT_DNS_HOST to the public address ${whereToSet()}`));
  if (dnsPort !== 53)
    findings.push(bad(`DNS is answered on port ${dnsPort}`, `the world asks port 53: set DIGPIT_DNS_PORT=53 ${whereToSet()}`));
  if (operatorToken === null) findings.push(bad('nobody can suspend a subdomain', `set DIGPIT_OPERATOR_TOKEN ${whereToSet()}`));
  if (reportTo === null) findings.push(bad('nobody knows where to report misuse', `set DIGPIT_REPORT_TO ${whereToSet()}`));
  return findings;
}

/** Whoever can connect beside the proxy can say of himself what he likes. In a container the address says nothing of who that is. */
function checkProxy(port: number): Finding {
  return existsSync('/.dockerenv')
    ? skipped('the page believes X-Forwarded-For: let PUBLISH_HTTP stay on 127.0.0.1, so that only your proxy can connect')
    : bad(
        'the page believes X-Forwarded-For and listens on all addresses',
        `set DIGPIT_HTTP_HOST to the address that your proxy connects to, or let nobody else in to port ${port}`,
      );
}

/** RFC 6761 §6.2: `test` is nobody's. */
export function isTestDomain(name: string): boolean {
  return /(^|\.)(test|example|localhost|invalid)\.$/i.test(name);
}
