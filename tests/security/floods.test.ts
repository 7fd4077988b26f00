import { readFileSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { askServer } from '../support/dns-client.ts';
import { removeDir, startServer, until, Visitor, type RunningServer } from '../support/server.ts';

/** What the process may take whatever is done to it. */
const MOST_MB = 130;
/** Accounts that the live views are asked for with. */
const ACCOUNTS = 60;

let server: RunningServer;
let visitor: Visitor;
let zone: string;
let httpPort: number;
const sockets = new Set<Socket>();

beforeAll(async () => {
  server = await startServer({ DIGPIT_TRUST_PROXY: 'yes' });
  visitor = new Visitor(server.page);
  ({ zone } = await visitor.begin());
  httpPort = Number(new URL(server.page).port);
});
afterAll(async () => {
  hangUp();
  await server.stop();
  removeDir(server.dataDir);
});

function dial(port: number): Socket {
  const socket = connect(port, '127.0.0.1').on('error', () => {});
  sockets.add(socket);
  return socket.on('close', () => sockets.delete(socket));
}

function hangUp(): void {
  for (const socket of sockets) socket.destroy();
}

/** Resolves with all that came once the other side closes. */
function closed(socket: Socket): Promise<string> {
  let text = '';
  socket.on('data', (piece: Buffer) => (text += piece.toString('latin1')));
  return new Promise((resolve) => void socket.once('close', () => resolve(text)));
}

const megabytes = () => Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${server.process.pid}/status`, 'utf8'))![1]) / 1024;

/** Everybody else is served as if nothing were. */
async function expectService(): Promise<void> {
  expect((await askServer(server.dnsPort, zone, 'SOA')).rcode).toBe('NOERROR');
  expect((await askServer(server.dnsPort, zone, 'SOA', { transport: 'tcp' })).rcode).toBe('NOERROR');
  expect((await visitor.call('GET', '/api/records')).status).toBe(200);
  expect(megabytes()).toBeLessThan(MOST_MB);
}

describe('who takes their time', () => {
  it('with the head of a request is closed, and so is who sends a body octet by octet', async () => {
    const heads = Array.from({ length: 200 }, () => dial(httpPort));
    for (const socket of heads) socket.write('GET / HTTP/1.1\r\nHost: x\r\n');
    const body = dial(httpPort);
    body.write('POST /api/session HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 1000\r\n\r\n{');
    const drip = setInterval(() => {
      for (const socket of heads) socket.write('X-A: b\r\n');
      body.write(' ');
    }, 1000);
    const ended = Promise.all([...heads, body].map(closed));
    await expectService();
    const texts = await ended;
    clearInterval(drip);
    expect(texts.filter((text) => text !== '' && !text.startsWith('HTTP/1.1 408'))).toEqual([]);
  });

  it('with a query over TCP is closed', async () => {
    const slow = Array.from({ length: 200 }, () => dial(server.dnsPort));
    const drip = setInterval(() => slow.forEach((socket) => socket.write(Uint8Array.of(1))), 1000);
    const ended = Promise.all(slow.map(closed));
    await expectService();
    await ended;
    clearInterval(drip);
  });
});

describe('who sends too much', () => {
  const HEAD = 'Host: x\r\nContent-Type: application/json\r\nConnection: close\r\n';

  it('is refused before it is read', async () => {
    const announce = (length: number, path: string) => {
      const socket = dial(httpPort);
      socket.write(`POST ${path} HTTP/1.1\r\n${HEAD}Cookie: ${visitor.cookie}\r\nContent-Length: ${length}\r\n\r\n`);
      return closed(socket);
    };
    expect(await announce(65_537, '/api/records')).toMatch(/^HTTP\/1\.1 413/);
    expect(await announce(10 ** 12, '/api/zone')).toMatch(/^HTTP\/1\.1 413/);
    const chunked = dial(httpPort);
    const told = closed(chunked);
    chunked.write(`POST /api/session HTTP/1.1\r\n${HEAD}Transfer-Encoding: chunked\r\n\r\n`);
    for (let i = 0; i < 20; i++) chunked.write(`10000\r\n${'{'.repeat(65_536)}\r\n`);
    expect(await told).toMatch(/^HTTP\/1\.1 413|^$/);
    const header = dial(httpPort);
    const refused = closed(header);
    header.write(`GET / HTTP/1.1\r\nHost: x\r\nX: ${'y'.repeat(100_000)}\r\n\r\n`);
    expect(await refused).toMatch(/^HTTP\/1\.1 431|^$/);
    await expectService();
  });

  it('nested thirty thousand deep is answered, and so is a record that is none', async () => {
    const post = (body: string) =>
      fetch(`${server.page}/api/records`, {
        method: 'POST',
        headers: { cookie: visitor.cookie, 'content-type': 'application/json' },
        body,
      });
    expect((await post('['.repeat(30_000) + ']'.repeat(30_000))).status).toBe(400);
    expect((await post('{"__proto__":{"name":"x"},"type":"A"}')).status).toBe(400);
    expect((await post('{"constructor":{"prototype":{}},"name":"x","type":"A","ttl":60}')).status).toBe(400);
    await expectService();
  });
});

describe('who opens connection after connection', () => {
  it('two thousand to the port of DNS: those that say nothing give way', async () => {
    for (let i = 0; i < 2000; i++) dial(server.dnsPort);
    for (let i = 0; i < 5; i++) await expectService();
    hangUp();
  });

  it('three thousand to the port of the page: those that ask for nothing give way there too', async () => {
    for (let i = 0; i < 3000; i++) dial(httpPort);
    for (let i = 0; i < 5; i++) await expectService();
    hangUp();
  });

  it('ten thousand live views: as many as there is room for, all others are told when to come again', async () => {
    const cookies = await Promise.all(Array.from({ length: ACCOUNTS }, (_, i) => beginFrom(addressOf(i))));
    const heads: string[] = [];
    const view = async (i: number) => {
      const socket = dial(httpPort);
      const head = new Promise<string>((resolve) => {
        socket.once('data', (piece: Buffer) => resolve(piece.toString('latin1')));
        socket.once('close', () => resolve(''));
      });
      socket.write(upgradeOf(cookies[i % ACCOUNTS]!, addressOf(i % ACCOUNTS)));
      const text = await head;
      heads.push(text);
      if (!text.startsWith('HTTP/1.1 101')) socket.destroy();
    };
    for (let i = 0; i < 10_000; i += 200) await Promise.all(Array.from({ length: 200 }, (_, k) => view(i + k)));
    expect(heads.filter((head) => head.startsWith('HTTP/1.1 101')).length).toBe(1000);
    expect(heads.filter((head) => /^HTTP\/1\.1 429[^]*\r\nretry-after: \d/i.test(head)).length).toBe(9000);
    await expectService();
    hangUp();
    await until(async () => {
      const metrics = await (await fetch(`${server.page}/metrics`)).text();
      return /^digpit_viewers 0$/m.test(metrics) ? true : undefined;
    }, 60_000);
    await expectService();
  });
});

describe('who makes account after account', () => {
  it('from a hundred thousand addresses: is refused long before, and told when to come again', async () => {
    let made = 0;
    let refusal: Response | undefined;
    const makeMany = async () => {
      for (; refusal === undefined && made < 100_000; made++) {
        const reply = await begin(`10.${(made >> 16) + 100}.${(made >> 8) & 255}.${made & 255}`);
        await reply.arrayBuffer();
        if (reply.status !== 201) refusal = reply;
      }
    };
    await Promise.all(Array.from({ length: 8 }, makeMany));
    expect(made).toBeLessThan(3000);
    expect([refusal!.status, Number(refusal!.headers.get('retry-after')) > 0]).toEqual([429, true]);
    await expectService();
  });
});

const addressOf = (i: number) => `10.0.${i}.1`;

/** Begins as somebody new. */
function begin(address: string): Promise<Response> {
  const headers = { 'content-type': 'application/json', 'x-forwarded-for': address };
  return fetch(`${server.page}/api/session`, { method: 'POST', headers, body: '{}' });
}

/** The same. Returns the cookie. */
async function beginFrom(address: string): Promise<string> {
  return (await begin(address)).headers.getSetCookie()[0]!.split(';')[0]!;
}

function upgradeOf(cookie: string, address: string): string {
  const lines = [
    'GET /api/live?after=0 HTTP/1.1',
    `Host: 127.0.0.1:${httpPort}`,
    `Origin: ${server.page}`,
    `X-Forwarded-For: ${address}`,
    `Cookie: ${cookie}`,
    'Connection: Upgrade',
    'Upgrade: websocket',
    'Sec-WebSocket-Version: 13',
    'Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==',
  ];
  return `${lines.join('\r\n')}\r\n\r\n`;
}
