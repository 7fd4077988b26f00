import { createSocket } from 'node:dgram';
import { connect, type Socket } from 'node:net';
import { Deframer } from '../../server/net/framing.ts';
import { decodeMessage, type DecodedRecord } from '../../server/wire/message.ts';
import { makeQuery } from '../support/dns.ts';
import type { TestQuery } from './questions.ts';

/** An answer in the form in which servers can be compared: sections as sets, names folded, but the question as it came. */
export interface Comparable {
  readonly rcode: string;
  /** Without TC. */
  readonly flags: string;
  readonly truncated: string;
  readonly question: string;
  readonly answer: string;
  readonly authority: string;
  readonly additional: string;
  /** Whether there is an OPT, its version and DO. */
  readonly edns: string;
}
export type Aspect = keyof Comparable;
export const ASPECTS: readonly Aspect[] = [
  'rcode',
  'flags',
  'truncated',
  'question',
  'answer',
  'authority',
  'additional',
  'edns',
];

const WINDOW = 64;
const TIMEOUT = 2000;

/** A way to reach one server: what is sent comes back through `onMessage`. */
interface Line {
  send(octets: Uint8Array): void;
  close(): void;
}

/** Asks a server all questions, some at a time. An answer that does not come is null. */
export async function askAll(port: number, queries: readonly TestQuery[]): Promise<(Comparable | null)[]> {
  const waiting = new Map<number, (answer: Comparable) => void>();
  const onMessage = (octets: Uint8Array) => waiting.get((octets[0]! << 8) | octets[1]!)?.(toComparable(octets));
  const lines = { udp: await openUdp(port, onMessage), tcp: openTcp(port, onMessage) };
  const answers: (Comparable | null)[] = Array.from({ length: queries.length }, () => null);
  let next = 0;
  const worker = async () => {
    for (let i = next++; i < queries.length; i = next++) answers[i] = await askOne(lines, i & 0xffff, queries[i]!, waiting);
  };
  await Promise.all(Array.from({ length: WINDOW }, worker));
  lines.udp.close();
  lines.tcp.close();
  return answers;
}

async function askOne(
  lines: Readonly<Record<'udp' | 'tcp', Line>>,
  id: number,
  { qname, qtype, flags, edns, transport }: TestQuery,
  waiting: Map<number, (answer: Comparable) => void>,
): Promise<Comparable | null> {
  const query = makeQuery(qname, qtype, { id, flags, ...(edns && { edns }) });
  for (let attempt = 0; attempt < 3; attempt++) {
    const answer = await new Promise<Comparable | null>((resolve) => {
      const timer = setTimeout(() => resolve(null), TIMEOUT);
      waiting.set(id, (comparable) => {
        clearTimeout(timer);
        resolve(comparable);
      });
      lines[transport].send(query);
    });
    waiting.delete(id);
    if (answer !== null) return answer;
  }
  return null;
}

async function openUdp(port: number, onMessage: (octets: Uint8Array) => void): Promise<Line> {
  const socket = createSocket('udp4');
  await new Promise<void>((resolve) => socket.bind(0, '127.0.0.1', resolve));
  socket.on('message', onMessage);
  return { send: (octets) => socket.send(octets, port, '127.0.0.1'), close: () => socket.close() };
}

/** One connection for all questions, opened when the first comes, and again when the server has closed it. */
function openTcp(port: number, onMessage: (octets: Uint8Array) => void): Line {
  let socket: Socket | null = null;
  const open = () => {
    const deframer = new Deframer();
    const opened = connect(port, '127.0.0.1').setNoDelay(true);
    opened.on('data', (piece: Buffer) => deframer.push(piece, onMessage));
    opened.on('error', () => opened.destroy());
    opened.on('close', () => (socket = socket === opened ? null : socket));
    return opened;
  };
  return {
    send: (octets) => (socket ??= open()).write(Uint8Array.of(octets.length >> 8, octets.length & 0xff, ...octets)),
    close: () => socket?.destroy(),
  };
}

function toComparable(octets: Uint8Array): Comparable {
  const { rcode, flags, question, answer, authority, additional, edns, fault } = decodeMessage(octets);
  return {
    rcode: fault === undefined ? rcode : `${rcode} (${fault})`,
    flags: flags.filter((flag) => flag !== 'QR' && flag !== 'TC').join(' '),
    truncated: flags.includes('TC') ? 'TC' : 'whole',
    question: question.map((one) => `${one.name} ${one.class} ${one.type}`).join('\n'),
    answer: toSet(answer),
    authority: toSet(authority),
    additional: toSet(additional),
    edns: edns === undefined ? 'none' : `version ${edns.version}${edns.dnssecOk ? ' DO' : ''}`,
  };
}

function toSet(records: readonly DecodedRecord[]): string {
  return records
    .map(({ name, ttl, type, content }) => `${name} ${ttl} ${type} ${content}`.toLowerCase())
    .sort()
    .join('\n');
}
