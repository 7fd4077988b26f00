import { createSocket, type Socket } from 'node:dgram';
import { decodeMessage, type DecodedRecord } from '../../server/wire/message.ts';
import { makeQuery } from '../support/dns.ts';
import type { TestQuery } from './zones.ts';

/** An answer in the form in which servers can be compared: sections as sets, names folded. */
export interface Comparable {
  readonly rcode: string;
  readonly flags: string;
  readonly answer: string;
  readonly authority: string;
  readonly additional: string;
}
export type Aspect = keyof Comparable;
export const ASPECTS: readonly Aspect[] = ['rcode', 'flags', 'answer', 'authority', 'additional'];

const WINDOW = 64;
const TIMEOUT = 2000;

/** Asks a server all questions over UDP, some at a time. An answer that does not come is null. */
export async function askAll(port: number, queries: readonly TestQuery[]): Promise<(Comparable | null)[]> {
  const socket = createSocket('udp4');
  await new Promise<void>((resolve) => socket.bind(0, '127.0.0.1', resolve));
  const waiting = new Map<number, (answer: Comparable | null) => void>();
  socket.on('message', (octets) => waiting.get(octets.readUInt16BE(0))?.(toComparable(octets)));
  const answers: (Comparable | null)[] = Array.from({ length: queries.length }, () => null);
  let next = 0;
  const worker = async () => {
    for (let i = next++; i < queries.length; i = next++) answers[i] = await askOne(socket, port, i, queries[i]!, waiting);
  };
  await Promise.all(Array.from({ length: WINDOW }, worker));
  socket.close();
  return answers;
}

async function askOne(
  socket: Socket,
  port: number,
  index: number,
  { qname, qtype }: TestQuery,
  waiting: Map<number, (answer: Comparable | null) => void>,
): Promise<Comparable | null> {
  const id = index & 0xffff;
  const query = makeQuery(qname, qtype, { id, flags: 0, edns: { udpSize: 1232 } });
  for (let attempt = 0; attempt < 3; attempt++) {
    const answer = await new Promise<Comparable | null>((resolve) => {
      const timer = setTimeout(() => resolve(null), TIMEOUT);
      waiting.set(id, (comparable) => {
        clearTimeout(timer);
        resolve(comparable);
      });
      socket.send(query, port, '127.0.0.1');
    });
    waiting.delete(id);
    if (answer !== null) return answer;
  }
  return null;
}

function toComparable(octets: Uint8Array): Comparable {
  const { rcode, flags, answer, authority, additional, fault } = decodeMessage(octets);
  return {
    rcode: fault === undefined ? rcode : `${rcode} (${fault})`,
    flags: flags.filter((flag) => flag !== 'QR').join(' '),
    answer: toSet(answer),
    authority: toSet(authority),
    additional: toSet(additional),
  };
}

function toSet(records: readonly DecodedRecord[]): string {
  return records
    .map(({ name, ttl, type, content }) => `${name} ${ttl} ${type} ${content}`.toLowerCase())
    .sort()
    .join('\n');
}
