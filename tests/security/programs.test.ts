import { readFileSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { askServer } from '../support/dns-client.ts';
import { removeDir, startServer, until, Visitor, type RunningServer } from '../support/server.ts';

/** What the process may take whatever is done to it. */
const MOST_MB = 130;
const OPERATOR = 'o'.repeat(32);
/** What may look on in all, and at one zone. */
const VIEWERS = 1000;
const VIEWERS_PER_ZONE = 20;

let server: RunningServer;
let visitor: Visitor;
let zone: string;
let token: string;
const sockets = new Set<Socket>();

beforeAll(async () => {
  server = await startServer({ DIGPIT_TRUST_PROXY: 'yes', DIGPIT_OPERATOR_TOKEN: OPERATOR });
  visitor = new Visitor(server.page);
  ({ zone } = await visitor.begin());
  const wanted = { kind: 'token', label: 'ci', rights: ['read', 'write', 'log'] };
  token = (await visitor.call<{ secret: string }>('POST', '/api/keys', wanted)).body.secret;
});
afterAll(async () => {
  for (const socket of sockets) socket.destroy();
  await server.stop();
  removeDir(server.dataDir);
});

/** Everybody else is served as if nothing were. */
async function expectService(): Promise<void> {
  expect((await askServer(server.dnsPort, zone, 'SOA')).rcode).toBe('NOERROR');
  expect((await fetch(`${server.page}/api/records`, { headers: bearer(token) })).status).toBe(200);
  const resident = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${server.process.pid}/status`, 'utf8'))![1];
  expect(Number(resident) / 1024).toBeLessThan(MOST_MB);
  expect(server.said()).not.toContain('"level":50');
}

const bearer = (secret: string) => ({ authorization: `Bearer ${secret}` });

/** Sends a request as it is written and keeps the connection. Resolves with the head of the reply, or nothing when there is none yet. */
function begin(lines: readonly string[], body = ''): { socket: Socket; head: Promise<string> } {
  const { port, host } = new URL(server.page);
  const socket = connect(Number(port), '127.0.0.1').on('error', () => {});
  sockets.add(socket);
  const head = new Promise<string>((resolve) => {
    let text = '';
    socket.on('data', (piece: Buffer) => {
      text += piece.toString('latin1');
      const end = text.indexOf('\r\n\r\n');
      if (end !== -1) resolve(text.slice(0, end));
    });
    socket.once('close', () => {
      sockets.delete(socket);
      resolve(text);
    });
  });
  socket.write(`${[lines[0], `Host: ${host}`, ...lines.slice(1)].join('\r\n')}\r\n\r\n${body}`);
  return { socket, head };
}

const metric = async (name: string) => {
  const text = await (await fetch(`${server.page}/metrics`)).text();
  return Number(new RegExp(`^${name} (\\d+)$`, 'm').exec(text)?.[1]);
};

it('tails and replies that wait, twice too many: as many as there is room for, all others are told when to come again', async () => {
  const people = await Promise.all(Array.from({ length: VIEWERS / VIEWERS_PER_ZONE + 10 }, (_, i) => beginFrom(addressOf(i))));
  let refused = 0;
  const look = async (i: number) => {
    const k = i % people.length;
    const path = i % 2 === 0 ? '/api/tail' : '/api/wait?timeout=300';
    const { socket, head } = begin([`GET ${path} HTTP/1.1`, `X-Forwarded-For: ${addressOf(k)}`, `Cookie: ${people[k]!}`]);
    if (!/^HTTP\/1\.1 429[^]*\r\nretry-after: \d/i.test(await head)) return;
    refused++;
    socket.destroy();
  };
  for (let i = 0; i < 2 * VIEWERS; i++) void look(i);
  await until(() => (refused === VIEWERS ? true : undefined), 60_000);
  expect(await metric('digpit_viewers')).toBe(VIEWERS);
  await expectService();
  for (const socket of sockets) socket.destroy();
  await until(async () => ((await metric('digpit_viewers')) === 0 ? true : undefined), 60_000);
});

describe('bodies', () => {
  it.each([
    ['PATCH', (): string => `/api/v1/servers/localhost/zones/${zone}`, 262_145],
    ['POST', (): string => '/api/v1/servers/localhost/zones', 65_537],
    ['PUT', (): string => '/api/rrsets', 10 ** 12],
    ['POST', (): string => `/acme-dns/${token}/register`, 65_537],
    ['POST', (): string => `/acme-dns/${token}/update`, 10 ** 12],
    ['POST', (): string => '/api/operator/accounts/otter1/suspend', 65_537],
    ['POST', (): string => '/dns-query', 65_537],
  ] as const)('%s %s: one too large is refused before it is read', async (method, path, length) => {
    const type = path() === '/dns-query' ? 'application/dns-message' : 'application/json';
    const { socket, head } = begin([
      `${method} ${path()} HTTP/1.1`,
      `Authorization: Bearer ${path().startsWith('/api/operator') ? OPERATOR : token}`,
      `Content-Type: ${type}`,
      `Content-Length: ${length}`,
    ]);
    expect(await head).toMatch(/^HTTP\/1\.1 413/);
    socket.destroy();
  });

  it('octet by octet end the connection, wherever they go', async () => {
    const slow = ['/api/keys', `/acme-dns/${token}/update`, '/api/operator/accounts/otter1/suspend', '/dns-query'].map(
      (path) => {
        const type = path === '/dns-query' ? 'application/dns-message' : 'application/json';
        const secret = path.startsWith('/api/operator') ? OPERATOR : token;
        const head = [
          `POST ${path} HTTP/1.1`,
          `Authorization: Bearer ${secret}`,
          `Content-Type: ${type}`,
          'Content-Length: 1000',
        ];
        return begin(head).socket;
      },
    );
    const drip = setInterval(() => slow.forEach((socket) => socket.write(' ')), 1000);
    await Promise.all(slow.map((socket) => new Promise<void>((resolve) => void socket.once('close', () => resolve()))));
    clearInterval(drip);
    await expectService();
  });

  it('nested as deep as they go are answered', async () => {
    const body = `${'['.repeat(30_000)}${']'.repeat(30_000)}`;
    const headers = { ...bearer(token), 'content-type': 'application/json' };
    for (const path of [`/acme-dns/${token}/register`, `/acme-dns/${token}/update`]) {
      const reply = await fetch(`${server.page}${path}`, { method: 'POST', headers, body });
      expect([path, reply.status < 500]).toEqual([path, true]);
    }
    const patch = { method: 'PATCH', headers, body: `{"rrsets":${body}}` };
    expect((await fetch(`${server.page}/api/v1/servers/localhost/zones/${zone}`, patch)).status).toBe(422);
    await expectService();
  });
});

describe('a token that nobody was given opens nothing', () => {
  const forged = [
    ['of the right form', () => bearer('A'.repeat(43))],
    ['another case', () => bearer(swapCase(token))],
    ['all but its end', () => bearer(token.slice(0, -1))],
    ['and more behind', () => bearer(`${token}A`)],
    ['as a password', () => ({ authorization: `Basic ${Buffer.from(`x:${token}`).toString('base64')}` })],
    ['as an empty key of PowerDNS', () => ({ 'x-api-key': '' })],
    ['as a cookie', () => ({ cookie: `digpit_session=${token}` })],
    ["the operator's", () => bearer(OPERATOR)],
    ['a cookie of theirs beside a wrong one', () => ({ ...bearer('A'.repeat(43)), cookie: visitor.cookie })],
  ] as const;
  it.each(forged)('%s', async (_what, headers) => {
    for (const path of [
      '/api/rrsets',
      '/api/tail',
      '/api/wait?timeout=1',
      '/api/v1/servers/localhost/zones',
      '/api/queries.csv',
    ])
      expect([path, (await fetch(`${server.page}${path}`, { headers: headers() as Record<string, string> })).status]).toEqual([
        path,
        401,
      ]);
  });

  it("on the operator's side, not by a cookie either, and not by trying", async () => {
    const ask = (headers: Record<string, string>) =>
      fetch(`${server.page}/api/operator/accounts`, { headers: { 'x-forwarded-for': '10.9.9.9', ...headers } });
    expect((await ask({ cookie: visitor.cookie })).status).toBe(401);
    expect((await ask(bearer(token))).status).toBe(401);
    expect((await ask({ cookie: `token=${OPERATOR}`, 'x-api-key': OPERATOR })).status).toBe(401);
    const tried = await Promise.all(Array.from({ length: 30 }, (_, i) => ask(bearer(`${OPERATOR.slice(0, 30)}${i}`))));
    expect(tried.filter(({ status }) => status === 429 || status === 401).length).toBe(30);
    expect(tried.at(-1)!.headers.get('retry-after')).toMatch(/^\d+$/);
    // Who has the token is let in, whatever was tried from the same address.
    expect((await ask(bearer(OPERATOR))).status).toBe(200);
  });
});

it('a page of another site cannot use the cookie on what is for programs', async () => {
  const rrset = { name: `forged.${zone}`, type: 'TXT', ttl: 60, changetype: 'REPLACE', records: [{ content: '"x"' }] };
  const calls = [
    ['PATCH', `/api/v1/servers/localhost/zones/${zone}`, { rrsets: [rrset] }],
    ['PUT', '/api/rrsets', []],
    ['POST', '/api/keys', { kind: 'token', label: 'theirs', rights: ['write'] }],
    ['POST', `/acme-dns/${token}/register`, {}],
  ] as const;
  for (const [method, path, body] of calls) {
    for (const origin of ['https://evil.example', 'null']) {
      const headers = { cookie: visitor.cookie, origin, 'content-type': 'application/json' };
      const reply = await fetch(`${server.page}${path}`, { method, headers, body: JSON.stringify(body) });
      expect([path, reply.status < 500 && reply.status >= 400]).toEqual([path, true]);
      expect([401, 403]).toContain(reply.status);
    }
  }
  // What it can make a browser ask for without leave, it cannot read.
  for (const path of ['/api/tail', '/api/wait?timeout=1', '/api/v1/servers/localhost/zones', '/api/operator/accounts']) {
    const cut = new AbortController();
    const headers = { cookie: visitor.cookie, origin: 'https://evil.example' };
    const reply = await fetch(`${server.page}${path}`, { headers, signal: cut.signal });
    expect([path, reply.headers.get('access-control-allow-origin')]).toEqual([path, null]);
    expect(reply.headers.get('cross-origin-resource-policy')).toBe('same-origin');
    cut.abort();
  }
  expect((await askServer(server.dnsPort, `forged.${zone}`, 'TXT')).answer).toHaveLength(0);
});

it('paths that climb lead nowhere on these either', async () => {
  const secret = readFileSync(join(server.dataDir, 'cookie-secret'), 'utf8').trim();
  const paths = [
    '/api/v1/servers/localhost/zones/..%2f..%2f..%2foperator%2faccounts',
    '/api/v1/servers/..%2f..%2f/zones',
    `/acme-dns/..%2fapi%2frecords/register`,
    `/acme-dns/${token}/..%2f..%2fapi%2frecords`,
    '/api/operator/accounts/..%2f..%2f..%2fetc%2fpasswd',
    '/api/tail/../operator/accounts',
    '/api/keys/..%2frecords',
    '/operator/..%2f..%2f..%2fetc%2fpasswd',
  ];
  for (const path of paths) {
    const { socket, head } = begin([`GET ${path} HTTP/1.1`, `Authorization: Bearer ${token}`]);
    const text = await head;
    expect([path, /^HTTP\/1\.1 4\d\d/.test(text)]).toEqual([path, true]);
    expect(text).not.toContain(secret);
    socket.destroy();
  }
  await expectService();
});

const addressOf = (i: number) => `10.1.${i}.1`;
const swapCase = (text: string) =>
  text.replace(/[a-z]/gi, (letter) => (letter === letter.toLowerCase() ? letter.toUpperCase() : letter.toLowerCase()));

/** Begins as somebody new. Returns the cookie. */
async function beginFrom(address: string): Promise<string> {
  const headers = { 'content-type': 'application/json', 'x-forwarded-for': address };
  const reply = await fetch(`${server.page}/api/session`, { method: 'POST', headers, body: '{}' });
  return reply.headers.getSetCookie()[0]!.split(';')[0]!;
}
