import { Packet, TCPClient, UDPClient } from 'dns2';
import { isDataType, typeFromText, typeToText } from '../wire/codes.ts';
import { readReply, toDns2Name, type Asked, type Reply } from './reply.ts';

/** A name server. There are none but ours: each is asked at a port of the loopback address. */
export interface Server {
  /** What others know it by. */
  readonly address: string;
  readonly port: number;
}

const LOOPBACK = '127.0.0.1';

export interface How {
  readonly transport: 'udp' | 'tcp';
  /** Told with EDNS, RFC 7871; without one there is no EDNS. */
  readonly clientSubnet: string | null;
  /** The case of the question has to come back as it was sent. */
  readonly exactCase: boolean;
}

/** Why there is no reply. */
export type NoReply = 'silence' | 'unreadable' | 'unaskable';

/** Asks one name server one question. Never rejects. */
export type Exchange = (server: Server, asked: Asked, how: How) => Promise<Reply | NoReply>;

const TIMEOUT_MS = 1500;

/**
 * dns2's clients look for the number of a type in a table of its own. These are younger than that: they are added, and their RDATA
 * is read as octets, which it is for types that have no compressed names (RFC 3597 §4).
 */
const YOUNGER = ['LOC', 'NAPTR', 'DNAME', 'DS', 'SSHFP', 'TLSA', 'CDS', 'CDNSKEY', 'OPENPGPKEY', 'SVCB', 'HTTPS', 'URI'];

const types: Record<string, number> = Packet.TYPE;
for (const name of YOUNGER) types[name] = typeFromText(name)!;

/** Asks through dns2's clients: a socket of its own for every question, id and port by chance (RFC 5452 §9.2). */
export const askThroughDns2: Exchange = async (server, asked, { transport, clientSubnet, exactCase }) => {
  const name = toDns2Name(asked.qname);
  const type = typeToText(asked.qtype);
  if (name === null || types[type] !== asked.qtype || !isDataType(asked.qtype)) return 'unaskable';
  const { port } = server;
  const client =
    transport === 'udp'
      ? UDPClient({ dns: LOOPBACK, port, timeout: TIMEOUT_MS, retryOverTCP: false })
      : withTimeout(TCPClient({ dns: LOOPBACK, port }));
  // A resolver asks name servers for what they know, not to go and ask others.
  const options = { recursive: false, ...(clientSubnet !== null && { clientIp: clientSubnet }) };
  try {
    const packet = await client(name, type, undefined, options);
    return readReply(packet, asked, exactCase) ?? 'unreadable';
  } catch {
    return 'silence';
  }
};

type Client = ReturnType<typeof UDPClient>;

/** dns2 waits over TCP for as long as the other end lets it. Ours ends idle connections by itself, RFC 7766 §6.2.3. */
function withTimeout(client: Client): Client {
  return (...question) =>
    new Promise((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error('no answer')), TIMEOUT_MS);
      client(...question)
        .then(resolve, reject)
        .finally(() => clearTimeout(timer));
    });
}
