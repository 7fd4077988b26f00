import { X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { connect, type ConnectionOptions, type PeerCertificate, type TLSSocket } from 'node:tls';
import type { Config } from '../../server/config.ts';
import { TIMEOUT_MS } from './ask.ts';
import { bad, ok, type Finding } from './finding.ts';
import { reachable } from './service.ts';

const DAY_MS = 86_400_000;
/** Whoever renews certificates does so a month before their end, most of them. */
const SOON_DAYS = 14;

/** The certificate of DNS over TLS as the server shows it, if it has one. */
export async function checkTls({ tlsCert, tlsPort, dnsHosts, nameservers, baseDomain }: Config): Promise<Finding[]> {
  if (tlsCert === null) return [];
  const what = `DNS over TLS on port ${tlsPort}`;
  const shown = await lookAt({ host: reachable(dnsHosts[0]!), port: tlsPort, rejectUnauthorized: false });
  if ('fault' in shown)
    return [bad(`${what}: ${shown.fault}`, 'is the server running, with this DIGPIT_TLS_PORT and DIGPIT_TLS_CERT?')];
  const file = readCertificate(tlsCert);
  if (typeof file === 'string')
    return [bad(`${what}: ${tlsCert} cannot be read (${file})`, 'put the certificate back, in PEM: the next start wants it')];
  const { certificate } = shown;
  if (file.fingerprint256 !== certificate.fingerprint256)
    return [
      bad(`${what} still shows the certificate from before`, 'send SIGHUP to the server, and see docs/self-hosting.md §4'),
    ];
  const names = [...nameservers, baseDomain].map((name) => name.toText().replace(/\.$/, ''));
  if (!names.some((name) => file.checkHost(name) !== undefined))
    return [
      bad(
        `${what} has a certificate for ${file.subjectAltName ?? file.subject}`,
        `get one for ${names[0]}, which those who ask compare it with`,
      ),
    ];
  return [checkAge(what, certificate)];
}

/** The page as browsers see it, at the name that it has in the world. */
export async function checkHttps(page: string | undefined): Promise<Finding[]> {
  if (page === undefined || page === '') return [];
  const [host, port = '443'] = page.split(':') as [string, string?];
  const what = `https://${page}`;
  const shown = await lookAt({ host, port: Number(port), servername: host });
  if (!('fault' in shown)) return [checkAge(what, shown.certificate)];
  const proxy = 'look at the proxy in front of the page: "docker compose logs caddy", or that of yours';
  const todo: Record<string, string> = {
    ENOTFOUND: `put ${host} A, with the address of the proxy, into its zone`,
    ECONNREFUSED: `nobody listens: start the proxy; ${proxy}`,
    CERT_HAS_EXPIRED: `the certificate has expired, and nobody renewed it: ports 80 and 443 have to be open; ${proxy}`,
    ERR_TLS_CERT_ALTNAME_INVALID: `the certificate is for another name: say the right one in PAGE_NAME; ${proxy}`,
  };
  return [bad(`${what}: ${shown.fault}`, todo[shown.fault] ?? `no browser trusts it; ${proxy}`)];
}

/** The first certificate of a file, or what is wrong with it. */
function readCertificate(path: string): X509Certificate | string {
  try {
    return new X509Certificate(readFileSync(path));
  } catch (error) {
    return (error as Error).message;
  }
}

function checkAge(what: string, { valid_to: end }: PeerCertificate): Finding {
  const days = Math.floor((Date.parse(end) - Date.now()) / DAY_MS);
  if (days < 0) return bad(`${what}: the certificate ended on ${end}`, 'renew it, and send SIGHUP to the server afterwards');
  return days < SOON_DAYS
    ? bad(`${what}: the certificate ends in ${days} days`, 'whoever renews it did not: look at its log, or renew it by hand')
    : ok(`${what}, certificate good for ${days} days`);
}

/** The certificate that is shown there, or why there is none to believe, as the code of the error. */
function lookAt(options: ConnectionOptions): Promise<{ certificate: PeerCertificate } | { fault: string }> {
  return new Promise<{ certificate: PeerCertificate } | { fault: string }>((resolve) => {
    const socket: TLSSocket = connect({ ...options, timeout: TIMEOUT_MS }, () => {
      resolve({ certificate: socket.getPeerCertificate() });
      socket.destroy();
    });
    socket.once('timeout', () => socket.destroy(new Error('no answer')));
    socket.once('error', ({ code, message }: NodeJS.ErrnoException) => resolve({ fault: code ?? message }));
    // A port that cannot be one is refused at once.
  }).catch(({ message }: Error) => ({ fault: message }));
}
