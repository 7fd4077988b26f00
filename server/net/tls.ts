import { readFileSync } from 'node:fs';
import type { Socket } from 'node:net';
import { createSecureContext, TLSSocket, type SecureContext } from 'node:tls';
import { TRANSPORT } from '../answer/transport.ts';
import type { Calls, Endpoint, Listener } from './endpoint.ts';
import { listenTcp, TCP_LIMITS, type TcpLimits } from './tcp.ts';

/** What clients may ask to speak, as ALPN has it (RFC 7301 §3.1): DNS, and nothing else. */
const PROTOCOLS = Uint8Array.of(3, ...Buffer.from('dot'));
const OLDEST = 'TLSv1.2';

/** Who we are to those who ask over TLS: a certificate and its key, read from files. */
export class TlsIdentity {
  private readonly cert: string;
  private readonly key: string;
  private current: SecureContext;

  /** Throws when the files are not what they should be. */
  constructor(cert: string, key: string) {
    this.cert = cert;
    this.key = key;
    this.current = this.read();
  }

  get context(): SecureContext {
    return this.current;
  }

  /** Reads the files again, for connections from now on. Throws when they are not what they should be; then all stays as it is. */
  reload(): void {
    this.current = this.read();
  }

  private read(): SecureContext {
    try {
      return createSecureContext({ cert: readFileSync(this.cert), key: readFileSync(this.key), minVersion: OLDEST });
    } catch (cause) {
      const what = `DIGPIT_TLS_CERT=${this.cert} and DIGPIT_TLS_KEY=${this.key} are no certificate and its key in PEM`;
      throw new Error(`${what}: ${cause instanceof Error ? cause.message : String(cause)}`, { cause });
    }
  }
}

/** Answers over TLS, RFC 7858: as over TCP, behind a handshake that has to be done by the time of a first query. */
export function listenTls(
  at: Endpoint,
  calls: Calls,
  identity: TlsIdentity,
  limits: TcpLimits = TCP_LIMITS,
): Promise<Listener> {
  const wrap = (socket: Socket): Socket => {
    // The connection tells of its own end through what is around it.
    socket.on('error', () => socket.destroy());
    const options = { isServer: true, secureContext: identity.context, ALPNProtocols: PROTOCOLS, allowHalfOpen: true };
    return new TLSSocket(socket, options);
  };
  return listenTcp(at, calls, limits, { transport: 'tls', number: TRANSPORT.DOT, wrap });
}
