import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { exchange, makeQuery, makeZone, zoneSet } from '../../tests/support/dns.ts';
import { exampleTable, recordQuery } from '../../tests/support/querylog.ts';
import { pad, type LoggedQuery } from '../querylog/event.ts';
import { Gatherer } from '../querylog/gatherer.ts';
import { Recorder } from '../querylog/recorder.ts';
import { Ring } from '../querylog/ring.ts';
import { copyFrames } from './copy.ts';
import { decodeDnstap } from './dnstap.ts';
import { FileSink } from './file-sink.ts';
import { CONTROL, controlFrame, DNSTAP, FrameReader, type Frame } from './frame-stream.ts';
import { dnstapEncoder, lineEncoder, pour, type Outlet } from './outlet.ts';
import { FeedCounts } from './sink.ts';
import { SocketSink } from './socket-sink.ts';

const NOW = 1_764_000_000_000;
const zones = zoneSet(makeZone('otter1.digpit.test.', 'www 60 A 192.0.2.9', 7));
const query = makeQuery('www.otter1.digpit.test.', 'A');
const logged: LoggedQuery = {
  id: 9,
  zone: 7,
  time: NOW + 0.5,
  transport: 0,
  address: Uint8Array.of(192, 0, 2, 53),
  port: 4242,
  asn: 64500,
  country: 'ZZ',
  reason: 1,
  encloser: 4,
  took: 250,
  query,
  response: exchange(zones, query)!,
  server: '',
  isQueryUnseen: false,
};
const ends = { begin: controlFrame(CONTROL.START), end: controlFrame(CONTROL.STOP) };

let dir: string;
let faults: unknown[];
const onFault = (fault: unknown) => void faults.push(fault);
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'digpit-outlet-'));
  faults = [];
});
afterEach(() => rmSync(dir, { recursive: true }));

async function until(look: () => boolean): Promise<void> {
  for (const end = performance.now() + 10_000; !look();) {
    if (performance.now() > end) throw new Error('waited in vain');
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

function framesOf(octets: Uint8Array): Frame[] {
  const reader = new FrameReader(1 << 20);
  reader.push(octets);
  const frames: Frame[] = [];
  for (let frame = reader.next(); frame !== null; frame = reader.next()) frames.push(frame);
  return frames;
}

describe('what a query becomes', () => {
  it('is a dnstap message of the server that answered, with both messages', () => {
    const encode = dnstapEncoder('ns1.example', 'Digpit 1.2.3');
    const [own] = framesOf(encode(logged));
    const said = decodeDnstap((own as { octets: Uint8Array }).octets)!;
    expect(Buffer.from(said.identity).toString()).toBe('ns1.example');
    expect(said).toMatchObject({ type: 2, protocol: 1, port: 4242, queryTime: NOW + 0.5, responseTime: NOW + 0.75 });
    expect([[...said.query], [...said.response]]).toEqual([[...logged.query], [...logged.response]]);
    const [other] = framesOf(encode({ ...logged, server: 'ns2.example', isQueryUnseen: true }));
    const reported = decodeDnstap((other as { octets: Uint8Array }).octets)!;
    expect([Buffer.from(reported.identity).toString(), reported.query.length]).toEqual(['ns2.example', 0]);
  });

  it('is a line of JSON in the words of the HTTP interface and of RFC 8427', () => {
    const encode = lineEncoder({ table: () => exampleTable, zoneOf: () => 'otter1.digpit.test.' });
    const line = Buffer.from(encode({ ...logged, server: 'ns2.example' })).toString();
    expect(line.indexOf('\n')).toBe(line.length - 1);
    expect(JSON.parse(line)).toMatchObject({
      id: 9,
      time: NOW,
      zone: 'otter1.digpit.test.',
      transport: 'udp',
      server: 'ns2.example',
      source: { address: '192.0.2.53', port: 4242, asn: 64500, name: 'EXAMPLE-NET', country: 'ZZ' },
      took: 250,
      queryMessage: { QNAME: 'www.otter1.digpit.test.', QTYPEname: 'A' },
      responseMessage: { RCODE: 0, answerRRs: [{ rdataA: '192.0.2.9' }] },
    });
  });
});

it('what was logged is copied, and what finds no room on the way is counted, once for each way', () => {
  const ring = new Ring(4096);
  const recorder = new Recorder(ring, () => {}, { now: () => NOW });
  for (const zone of [7, 8, 7]) recordQuery(recorder, zone, `n.z${zone}.test.`);
  const frames = ring.peek(Infinity);
  const batches = new Gatherer(exampleTable, 1 << 16).gather(frames, 1);
  const size = pad(frames.end - frames.start);
  const copies = new Ring(Math.floor((size * 2) / 3) & ~3);
  copyFrames(batches, copies);
  expect(copies.dropped).toBe(1);
  const seen: [string, number, number][] = [];
  const counts = new FeedCounts();
  const outlet = (feed: 'dnstap' | 'json', takes: boolean): Outlet => ({
    feed,
    encode: ({ zone, asn }) => {
      seen.push([feed, zone, asn]);
      return new Uint8Array(1);
    },
    sink: { write: () => takes, reopen: () => {}, close: () => Promise.resolve() },
  });
  const outlets = [outlet('dnstap', true), outlet('json', false)];
  while (pour(copies, outlets, counts));
  expect(seen).toEqual([
    ['dnstap', 7, 64500],
    ['json', 7, 64500],
    ['dnstap', 7, 64500],
    ['json', 7, 64500],
  ]);
  expect([counts.written('dnstap'), counts.dropped('dnstap'), counts.written('json'), counts.dropped('json')]).toEqual([
    2, 0, 0, 2,
  ]);
});

describe('a file', () => {
  it('with ends is whole, and what lay there is put aside', async () => {
    const path = join(dir, 'tap');
    const frame = dnstapEncoder('ns1', 'test')(logged);
    const sink = new FileSink(path, ends, onFault);
    expect(sink.write(frame)).toBe(true);
    sink.reopen();
    await sink.close();
    const [now, aside] = readdirSync(dir).sort();
    expect([now, aside?.startsWith('tap.20')]).toEqual(['tap', true]);
    expect(framesOf(readFileSync(join(dir, aside!))).map(({ kind }) => kind)).toEqual(['control', 'data', 'control']);
    expect(framesOf(readFileSync(path))).toMatchObject([{ type: CONTROL.START }, { type: CONTROL.STOP }]);
    expect(faults).toEqual([]);
  });

  it('of lines goes on where it ended', async () => {
    const path = join(dir, 'lines');
    for (const line of ['a\n', 'b\n']) {
      const sink = new FileSink(path, null, onFault);
      sink.write(Buffer.from(line));
      await sink.close();
    }
    expect(readFileSync(path, 'utf8')).toBe('a\nb\n');
  });

  it('that cannot be had is said once, and what should go there is refused', () => {
    const sink = new FileSink(join(dir, 'no', 'where'), null, onFault);
    for (let i = 0; i < 3; i++) sink.flush();
    expect(sink.write(Buffer.from('a\n'))).toBe(false);
    expect(faults).toMatchObject([{ code: 'ENOENT' }]);
  });

  it('that is a pipe nobody reads keeps nobody waiting, and gets on with whole lines later', async () => {
    const path = join(dir, 'pipe');
    execFileSync('mkfifo', [path]);
    const sink = new FileSink(path, null, onFault);
    expect(faults).toMatchObject([{ code: 'ENXIO' }]);
    // `sh` opens the pipe and reads only when it is told to.
    const { spawn } = await import('node:child_process');
    const reader = spawn('sh', ['-c', 'exec 3<"$0"; echo open; read _; cat <&3', path], { stdio: ['pipe', 'pipe', 'inherit'] });
    let text = '';
    reader.stdout.on('data', (piece: Buffer) => (text += piece.toString()));
    await until(() => {
      sink.flush();
      return sink.write(Buffer.from(`${'x'.repeat(999)}\n`)) || text !== '';
    });
    let taken = 1;
    while (sink.write(Buffer.from(`${'x'.repeat(999)}\n`))) taken++;
    expect(taken).toBeGreaterThan(1000);
    reader.stdin.end('\n');
    await until(() => {
      sink.flush();
      return text.length >= taken * 1000;
    });
    await sink.close();
    await once(reader, 'close');
    const lines = text.replace('open\n', '').trimEnd().split('\n');
    expect(lines.length).toBe(taken);
    expect(lines.every((line) => line.length === 999)).toBe(true);
  });
});

describe('somebody who takes dnstap', () => {
  let peers: Socket[];
  let said: Uint8Array[];
  const place = () => ({ path: join(dir, 'sock') });

  async function listen(greeting: string | Uint8Array) {
    [peers, said] = [[], []];
    const server = createServer((socket) => {
      peers.push(socket);
      socket.on('error', () => {});
      socket.once('data', () => socket.write(greeting));
      socket.on('data', (piece) => {
        said.push(piece);
        if (Buffer.concat(said).subarray(-12).equals(ends.end)) socket.end(controlFrame(CONTROL.FINISH));
      });
    });
    server.listen(place().path);
    await once(server, 'listening');
    return server;
  }

  it('is greeted, gets everything, and a farewell', async () => {
    const server = await listen(controlFrame(CONTROL.ACCEPT));
    const sink = new SocketSink(place(), onFault);
    const frame = dnstapEncoder('ns1', 'test')(logged);
    await until(() => sink.write(frame));
    await sink.close();
    const frames = framesOf(Buffer.concat(said));
    expect(frames.map((one) => (one.kind === 'control' ? one.type : one.kind))).toEqual([
      CONTROL.READY,
      CONTROL.START,
      'data',
      CONTROL.STOP,
    ]);
    expect(frames[1]).toMatchObject({ contentTypes: [DNSTAP] });
    expect(faults).toEqual([]);
    await new Promise((resolve) => server.close(resolve));
  });

  it('and is none, or reads nothing, costs no more than what is counted', async () => {
    const stranger = await listen('220 mail.example ESMTP\r\n');
    const one = new SocketSink(place(), onFault);
    await until(() => faults.length > 0);
    expect(one.write(new Uint8Array(10))).toBe(false);
    await one.close();
    await new Promise((resolve) => stranger.close(resolve));
    const idle = await listen(controlFrame(CONTROL.ACCEPT));
    const two = new SocketSink(place(), onFault);
    await until(() => two.write(new Uint8Array(1)));
    peers[0]!.pause();
    const piece = new Uint8Array(1 << 16);
    await until(() => !two.write(piece));
    peers[0]!.destroy();
    await two.close();
    await new Promise((resolve) => idle.close(resolve));
  });
});
