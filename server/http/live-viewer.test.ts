import { EventEmitter } from 'node:events';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { House, type Visitor } from '../../tests/support/http.ts';
import { LiveStreams } from './live.ts';
import { LiveViewer, MAX_BUFFERED, QueryMessages, type LiveSocket } from './live-viewer.ts';
import { Onlookers } from './onlookers.ts';
import type { LiveMessage } from './protocol.ts';
import { Room } from './room.ts';
import { SessionGate } from './session-gate.ts';

/** A socket whose network is as fast as the test says: what is written waits in `bufferedAmount` while `stuck`. */
class FakeSocket extends EventEmitter {
  readonly written: Buffer[] = [];
  bufferedAmount = 0;
  stuck = false;
  pings = 0;
  closedWith: number | null = null;

  send(octets: Buffer): void {
    this.written.push(octets);
    if (this.stuck) this.bufferedAmount += octets.length;
  }

  ping(): void {
    this.pings++;
  }

  close(code: number): void {
    this.closedWith = code;
    this.emit('close');
  }

  terminate(): void {
    this.close(1006);
  }

  get messages(): LiveMessage[] {
    return this.written.map((octets) => JSON.parse(octets.toString()) as LiveMessage);
  }

  get ids(): number[] {
    return this.messages.flatMap((message) => (message.kind === 'queries' ? message.queries.map(({ id }) => id) : []));
  }
}

let house: House;
let visitor: Visitor;
let socket: FakeSocket;

beforeEach(async () => {
  house = new House();
  visitor = await house.visitor();
  socket = new FakeSocket();
});

afterEach(() => house.close());

function watch(of = socket, messages = new QueryMessages(house.log, house.deps.asn)): LiveViewer {
  const viewer = new LiveViewer(of as unknown as LiveSocket, visitor.zoneId, house.log, messages);
  house.hub.subscribe(visitor.zoneId, viewer);
  viewer.start(0);
  return viewer;
}

describe('a viewer', () => {
  it('is sent the very octets that the others of its zone are sent', () => {
    const other = new FakeSocket();
    const messages = new QueryMessages(house.log, house.deps.asn);
    watch(socket, messages);
    watch(other, messages);
    house.arrive(visitor, 3);
    expect(socket.written[0]).toBe(other.written[0]);
    expect(socket.ids).toEqual([1, 2, 3]);
  });

  it('is told at once after a silence, and then when the streams tick', () => {
    const viewer = watch();
    house.arrive(visitor, 2);
    expect(socket.ids).toEqual([1, 2]);
    house.arrive(visitor, 1);
    house.arrive(visitor, 1);
    expect(socket.ids).toEqual([1, 2]);
    viewer.tick();
    expect([socket.ids, socket.written.length]).toEqual([[1, 2, 3, 4], 2]);
    viewer.tick();
    house.arrive(visitor, 1);
    expect([socket.ids, socket.written.length]).toEqual([[1, 2, 3, 4, 5], 3]);
  });

  it('is shown the newest of a flood, and told how many lie in between', () => {
    const viewer = watch();
    house.arrive(visitor, 1);
    const ids = house.arrive(visitor, 1234);
    viewer.tick();
    expect(socket.messages[1]).toMatchObject({ kind: 'queries', reset: false, skipped: 984 });
    expect(socket.ids).toEqual([1, ...ids.slice(-250)]);
  });

  it('is told at every other tick while a flood lasts', () => {
    const viewer = watch();
    house.arrive(visitor, 100);
    const told = [0, 1, 2, 3, 4].map(() => {
      house.arrive(visitor, 100);
      viewer.tick();
      return socket.written.length;
    });
    expect(told).toEqual([1, 2, 2, 3, 3]);
  });

  it('whose network is slow is left alone, then told what matters first', () => {
    const viewer = watch();
    socket.stuck = true;
    for (; socket.bufferedAmount <= MAX_BUFFERED; viewer.tick()) house.arrive(visitor, 200);
    const written = socket.written.length;
    house.arrive(visitor, 50);
    house.arrive(visitor, 50);
    viewer.recordsChanged(7);
    viewer.recordsChanged(8);
    viewer.dropped(3);
    viewer.tick();
    expect(socket.written).toHaveLength(written);
    socket.bufferedAmount = 0;
    viewer.tick();
    viewer.dropped(3);
    viewer.tick();
    expect(socket.messages.slice(written).map((message) => message.kind)).toEqual(['records', 'queries', 'dropped']);
    expect(socket.messages[written]).toEqual({ kind: 'records', serial: 8 });
    const skipped = socket.messages.reduce((sum, one) => sum + (one.kind === 'queries' ? (one.skipped ?? 0) : 0), 0);
    expect(socket.ids.length + skipped).toBe(house.log.queries.length);
    expect(socket.ids).toEqual(socket.ids.toSorted((a, b) => a - b));
  });

  it('that begins with more missed than is sent begins anew', () => {
    const ids = house.arrive(visitor, 700);
    watch();
    expect(socket.messages).toMatchObject([{ kind: 'queries', reset: true }]);
    expect(socket.ids).toEqual(ids.slice(-500));
  });

  it('that missed the clearing of the log hears of it before what came after', () => {
    const viewer = watch();
    socket.bufferedAmount = MAX_BUFFERED + 1;
    house.arrive(visitor, 3);
    house.log.clear(visitor.zoneId);
    viewer.cleared();
    house.arrive(visitor, 1);
    socket.bufferedAmount = 0;
    viewer.tick();
    expect(socket.messages).toMatchObject([{ kind: 'cleared' }, { kind: 'queries', reset: false, queries: [{ id: 4 }] }]);
  });

  it('is sent no more octets of large answers than a network can bear', async () => {
    await house.arriveLarge(visitor, 100);
    watch();
    expect(socket.messages).toMatchObject([{ kind: 'queries', reset: true }]);
    expect(socket.ids.at(-1)).toBe(100);
    expect(socket.written[0]!.length).toBeLessThan(2_500_000);
  });
});

describe('heartbeat', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  function open(): LiveStreams {
    const gate = new SessionGate(house.deps, new Room(house.deps));
    const token = house.deps.sessions.create(visitor.zoneId, house.now, house.deps.random);
    const { id } = house.deps.sessions.find(token, house.now)!;
    const streams = new LiveStreams(house.deps, gate, new Onlookers(house.deps.settings.limits));
    streams.open(socket as unknown as LiveSocket, { id, zone: house.deps.zones.find(visitor.zoneId)! }, '127.0.0.1', 0);
    return streams;
  }

  it('asks every 25 seconds, and ends the stream of one that does not answer', () => {
    open();
    vi.advanceTimersByTime(25_000);
    socket.emit('pong');
    vi.advanceTimersByTime(25_000);
    expect([socket.pings, socket.closedWith]).toEqual([2, null]);
    vi.advanceTimersByTime(25_000);
    expect(socket.closedWith).toBe(1006);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('takes a slow network for a sign of life as long as it takes octets', () => {
    open();
    socket.bufferedAmount = 300_000;
    vi.advanceTimersByTime(25_000);
    socket.bufferedAmount = 200_000;
    vi.advanceTimersByTime(25_000);
    expect(socket.closedWith).toBeNull();
    vi.advanceTimersByTime(25_000);
    expect(socket.closedWith).toBe(1006);
  });

  it('keeps the session of an open page alive, and ends the stream of a session that is gone', () => {
    open();
    for (let day = 0; day < 40; day++) {
      house.now += 24 * 60 * 60 * 1000;
      vi.advanceTimersByTime(25_000);
      socket.emit('pong');
    }
    expect(socket.closedWith).toBeNull();
    house.now += 31 * 24 * 60 * 60 * 1000;
    vi.advanceTimersByTime(25_000);
    expect(socket.closedWith).toBe(4401);
  });

  it('looks after a lagging viewer five times a second', () => {
    open();
    socket.bufferedAmount = MAX_BUFFERED + 1;
    house.arrive(visitor, 2);
    socket.bufferedAmount = 0;
    vi.advanceTimersByTime(200);
    expect(socket.ids).toEqual([1, 2]);
  });
});
