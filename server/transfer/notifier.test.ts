import { createSocket, type RemoteInfo, type Socket } from 'node:dgram';
import { once } from 'node:events';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { name } from '../../tests/support/dns.ts';
import { FLEET_KEY } from '../../tests/support/desk.ts';
import { findTsig, type TsigRecord } from '../tsig/record.ts';
import { verify } from '../tsig/signature.ts';
import { decodeMessage } from '../wire/message.ts';
import { Notifier } from './notifier.ts';

const NOW = 1_900_000_000_000;
let socket: Socket;
let notifier: Notifier;

interface Told {
  readonly octets: Uint8Array;
  readonly from: RemoteInfo;
}

/** A secondary that says nothing by itself; what it is told comes in turn. */
async function listen(onGivenUp: (zone: string) => void = () => {}, patience = [40, 40, 40]): Promise<() => Promise<Told>> {
  socket = createSocket('udp4');
  const queue: Told[] = [];
  const waiting: ((told: Told) => void)[] = [];
  socket.on('message', (octets, from) => (waiting.shift() ?? ((told) => queue.push(told)))({ octets, from }));
  socket.bind(0, '127.0.0.1');
  await once(socket, 'listening');
  notifier = new Notifier({
    secondaries: [{ address: '127.0.0.1', port: socket.address().port }],
    key: FLEET_KEY,
    clock: { now: () => NOW },
    patience,
    onGivenUp: (_, zone) => onGivenUp(zone.toText()),
  });
  return () => new Promise((resolve) => (queue.length > 0 ? resolve(queue.shift()!) : waiting.push(resolve)));
}

function answer({ octets, from }: Told, rcode = 0): void {
  const reply = Uint8Array.from(octets);
  reply[2]! |= 0x80;
  reply[3] = rcode;
  socket.send(reply, from.port, from.address);
}

afterEach(() => {
  notifier.stop();
  socket.close();
});

describe('RFC 1996, word of changes', () => {
  it('is signed, names the zone, and comes once when it is acknowledged', async () => {
    const next = await listen();
    notifier.notify(name('otter1.test.'));
    const told = await next();
    const message = decodeMessage(told.octets);
    expect([message.opcode, message.flags, message.question]).toEqual([
      'NOTIFY',
      ['AA'],
      [{ name: 'otter1.test.', type: 'SOA', class: 'IN' }],
    ]);
    expect(verify(told.octets, findTsig(told.octets) as TsigRecord, { key: FLEET_KEY, now: NOW / 1000 })).toBe(0);
    answer(told);
    await vi.waitFor(() => expect(notifier.counts).toEqual({ sent: 1, acknowledged: 1, given_up: 0 }));
    notifier.notify(name('otter2.test.'));
    expect(decodeMessage((await next()).octets).question[0]!.name).toBe('otter2.test.');
  });

  it('comes again while nobody answers, or one that does not know the zone yet', async () => {
    const next = await listen();
    notifier.notify(name('otter1.test.'));
    await next();
    answer(await next(), 5);
    answer(await next());
    await vi.waitFor(() => expect(notifier.counts.acknowledged).toBe(1));
    expect(notifier.counts).toEqual({ sent: 3, acknowledged: 1, given_up: 0 });
  });

  it('comes again for a change that was made while it was under way', async () => {
    const next = await listen();
    notifier.notify(name('otter1.test.'));
    const told = await next();
    notifier.notify(name('OTTER1.test.'));
    answer(told);
    answer(await next());
    await vi.waitFor(() => expect(notifier.counts.acknowledged).toBe(2));
  });

  it('is one for a row of changes', async () => {
    const next = await listen();
    for (let n = 0; n < 20; n++) notifier.notify(name('otter1.test.'));
    answer(await next());
    await vi.waitFor(() => expect(notifier.counts).toEqual({ sent: 1, acknowledged: 1, given_up: 0 }));
  });

  it('ends when there never is an answer, and that is said', async () => {
    const given: string[] = [];
    await listen((zone) => given.push(zone));
    notifier.notify(name('otter1.test.'));
    await vi.waitFor(() => expect(given).toEqual(['otter1.test.']));
    expect(notifier.counts).toEqual({ sent: 3, acknowledged: 0, given_up: 1 });
  });

  it('goes out for a thousand zones, a few at a time, each once', async () => {
    const next = await listen(() => {}, [5000, 5000, 5000]);
    for (let n = 0; n < 1000; n++) notifier.notify(name(`otter${n}.test.`));
    const seen = new Set<string>();
    while (seen.size < 1000) {
      const told = await next();
      seen.add(decodeMessage(told.octets).question[0]!.name);
      answer(told);
    }
    await vi.waitFor(() => expect(notifier.counts.acknowledged).toBeGreaterThanOrEqual(1000));
  });

  it('is not taken as acknowledged by what is no answer to it', async () => {
    const next = await listen();
    notifier.notify(name('otter1.test.'));
    const told = await next();
    const other = { ...told, octets: Uint8Array.from(told.octets) };
    other.octets[0]! ^= 0xff;
    answer(other);
    socket.send(Uint8Array.of(1, 2, 3), told.from.port, told.from.address);
    answer(await next());
    await vi.waitFor(() => expect(notifier.counts.acknowledged).toBe(1));
  });
});
