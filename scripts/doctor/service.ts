import { TCPClient, UDPClient } from 'dns2';
import type { Config } from '../../server/config.ts';
import { TIMEOUT_MS } from './ask.ts';
import { bad, ok, type Finding } from './finding.ts';

/** An address to connect to where the server listens on all. */
export function reachable(host: string): string {
  if (host === '0.0.0.0') return '127.0.0.1';
  return host === '::' ? '::1' : host;
}

/** The page, and that it finds DNS answered. */
export async function checkPage({ httpHost, httpPort }: Config): Promise<Finding> {
  const host = reachable(httpHost);
  const url = `http://${host.includes(':') ? `[${host}]` : host}:${httpPort}/readyz`;
  const reply = await fetch(url, { signal: AbortSignal.timeout(TIMEOUT_MS) }).catch(() => null);
  if (reply === null)
    return bad(
      `nobody answers at ${url}`,
      'start the server, or read in its log why it ended; is this its .env, and its DIGPIT_HTTP_HOST and DIGPIT_HTTP_PORT?',
    );
  const dns = await reply.json().then(
    (body) => (body as { checks?: { dns?: string } }).checks?.dns,
    () => undefined,
  );
  if (dns === undefined)
    return bad(`another program answers at ${url}`, 'end that one, or set DIGPIT_HTTP_PORT, and start the server anew');
  return reply.ok
    ? ok(`page on ${host} port ${httpPort}, ready`)
    : bad(`${url} says of its own DNS: ${dns}`, 'read the log of the server: it runs, and does not answer');
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
      if (answer === null)
        findings.push(
          bad(
            `no answer: ${where}`,
            'start the server, or read in its log why it ended; DIGPIT_DNS_HOST and DIGPIT_DNS_PORT say where',
          ),
        );
      else if (answer.header.rcode !== 0 || answer.header.aa !== 1)
        findings.push(
          bad(
            `another server answers: ${where}`,
            'end it, or name the public address alone in DIGPIT_DNS_HOST (with Docker PUBLISH_DNS), and start the server anew',
          ),
        );
      else findings.push(ok(where));
    }
  }
  return findings;
}

function within<T>(promise: Promise<T>): Promise<T> {
  return Promise.race([promise, new Promise<never>((_, reject) => setTimeout(reject, TIMEOUT_MS, new Error('late')).unref())]);
}
