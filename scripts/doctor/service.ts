import { TCPClient, UDPClient } from 'dns2';
import type { Config } from '../../server/config.ts';
import { TYPE } from '../../server/wire/codes.ts';
import { decodeMessage, type DecodedMessage } from '../../server/wire/message.ts';
import type { Name } from '../../server/wire/name.ts';
import { encodeQuery } from '../../server/wire/query.ts';
import { bad, ok, skipped, type Finding } from './finding.ts';
import { isTestDomain } from './machine.ts';

const TIMEOUT_MS = 5000;
/** What two clocks may differ by: cookies of DNS (RFC 9018 §4.3) bear five minutes. */
const CLOCK_SECONDS = 60;

/** An address to connect to where the server listens on all. */
export function reachable(host: string): string {
  if (host === '0.0.0.0') return '127.0.0.1';
  return host === '::' ? '::1' : host;
}

/** The page, and that it finds DNS answered. */
export async function checkPage({ httpHost, httpPort }: Config): Promise<Finding> {
  const host = reachable(httpHost);
  const url = `http://${host.includes(':') ? `[${host}]` : host}:${httpPort}/readyz`;
  try {
    const reply = await fetch(url, { signal: AbortSignal.timeout(TIMEOUT_MS) });
    const { checks } = (await reply.json()) as { checks?: Record<string, string> };
    return reply.ok
      ? ok(`page on ${host} port ${httpPort}, ready`)
      : bad(`${url} says ${checks?.['dns']}`, 'look at the log of the server');
  } catch {
    return bad(
      `nobody answers at ${url}`,
      'start the server; is this its .env, and its DIGPIT_HTTP_HOST and DIGPIT_HTTP_PORT?',
    );
  }
}

/** DNS over UDP and TCP on each address, by clients that are not ours. */
export async function checkDns({ dnsHosts, dnsPort, baseDomain }: Config): Promise<Finding[]> {
  const name = baseDomain.toText().replace(/\.$/, '');
  const findings: Finding[] = [];
  for (const host of dnsHosts.map(reachable)) {
    for (const [transport, make] of [
      ['UDP', UDPClient],
      ['TCP', TCPClient],
    ] as const) {
      const answer = await within(make({ dns: host, port: dnsPort })(name, 'SOA')).catch(() => null);
      const where = `DNS over ${transport} on ${host} port ${dnsPort}`;
      if (answer === null) findings.push(bad(`no answer: ${where}`, 'is the server running, and no firewall in between?'));
      else if (answer.header.rcode !== 0 || answer.header.aa !== 1)
        findings.push(bad(`${where} is not ours`, 'another server has this port'));
      else findings.push(ok(where));
    }
  }
  return findings;
}

/** What the world sees, through a public resolver: the delegation, its addresses, and what time it is there. */
export async function checkWorld({ baseDomain, nameservers, nsAddresses, resolvers }: Config): Promise<Finding[]> {
  const name = baseDomain.toText();
  const isForTests = isTestDomain(name) && !resolvers.some((url) => url.startsWith('http://'));
  if (isForTests) return [skipped('delegation: a name for tests has none')];
  for (const url of resolvers) {
    const found = await askOverHttps(url, baseDomain, TYPE.NS).catch(() => null);
    if (found !== null) return [checkClock(found.date), ...(await checkDelegation(url, found.message))];
  }
  return [skipped('delegation and clock: no public resolver can be reached')];

  async function checkDelegation(url: string, message: DecodedMessage): Promise<Finding[]> {
    const host = new URL(url).host;
    const wanted = nameservers.map((one) => one.toText().toLowerCase()).sort();
    const seen = message.answer.map(({ content }) => content.toLowerCase()).sort();
    const lines = nameservers.map((one) => `${name} NS ${one.toText()}`).join(', ');
    if (seen.length === 0)
      return [
        bad(
          `${host} finds no delegation of ${name} (${message.rcode})`,
          `put ${lines} into the zone above, with glue, and open port 53`,
        ),
      ];
    if (seen.join() !== wanted.join())
      return [
        bad(
          `${host} is told ${seen.join(', ')}, and this server says ${wanted.join(', ')}`,
          'make them the same: DIGPIT_NAMESERVERS, or the zone above',
        ),
      ];
    return [ok(`delegation, as ${host} sees it`), await checkGlue(url, host)];
  }

  async function checkGlue(url: string, host: string): Promise<Finding> {
    const first = nameservers[0]!;
    const found = await askOverHttps(url, first, TYPE.A).catch(() => null);
    const seen = found?.message.answer.map(({ content }) => content) ?? [];
    const wanted = nsAddresses.filter((address) => !address.includes(':'));
    if (wanted.length > 0 && !seen.some((address) => wanted.includes(address)))
      return bad(
        `${host} finds ${first.toText()} at ${seen.join(', ') || 'no address'}`,
        `this server says ${wanted.join(', ')}: correct the glue, or DIGPIT_NS_ADDRESSES`,
      );
    return ok(`${first.toText()} at ${seen.join(', ')}`);
  }
}

function checkClock(date: number): Finding {
  const seconds = Math.round(Math.abs(Date.now() - date) / 1000);
  return seconds > CLOCK_SECONDS
    ? bad(`the clock is ${seconds} seconds off`, 'let NTP set it: apt-get install systemd-timesyncd')
    : ok('clock');
}

/** RFC 8484 §4.1; and the time of the other side. */
async function askOverHttps(url: string, name: Name, type: number): Promise<{ message: DecodedMessage; date: number }> {
  const query = encodeQuery(0, name, type);
  query[2] = 1;
  const reply = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/dns-message', accept: 'application/dns-message' },
    body: query.slice(),
    signal: AbortSignal.timeout(TIMEOUT_MS),
  });
  if (!reply.ok) throw new Error(String(reply.status));
  const date = Date.parse(reply.headers.get('date') ?? '');
  return { message: decodeMessage(new Uint8Array(await reply.arrayBuffer())), date: Number.isNaN(date) ? Date.now() : date };
}

function within<T>(promise: Promise<T>): Promise<T> {
  return Promise.race([promise, new Promise<never>((_, reject) => setTimeout(reject, TIMEOUT_MS, new Error('late')).unref())]);
}
