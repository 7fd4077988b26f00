import { createHmac } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { askServer } from '../support/dns-client.ts';
import { removeDir, startServer, until, Visitor, type RunningServer } from '../support/server.ts';

let server: RunningServer;
let victim: Visitor;
let zone: string;
let attacker: Visitor;
let attackerZone: string;
let recordId: number;
let queryId: number;

beforeAll(async () => {
  server = await startServer();
  victim = new Visitor(server.page);
  ({ zone } = await victim.begin());
  attacker = new Visitor(server.page);
  ({ zone: attackerZone } = await attacker.begin());
  const record = { name: 'secret', type: 'TXT', ttl: 60, text: 'of the victim' };
  recordId = (await victim.call<{ id: number }>('POST', '/api/records', record)).body.id;
  await askServer(server.dnsPort, `secret.${zone}`, 'TXT');
  queryId = await until(async () => {
    const { body } = await victim.call<{ queries: { id: number }[] }>('GET', '/api/queries');
    return body.queries[0]?.id;
  });
});
afterAll(async () => {
  await server.stop();
  removeDir(server.dataDir);
});

/** A request as it is written, whatever no client would write. Returns the status and all that came. */
function raw(lines: readonly string[]): Promise<{ status: number; text: string }> {
  const { port, hostname, host } = new URL(server.page);
  return new Promise((resolve) => {
    const socket = connect(Number(port), hostname);
    let text = '';
    const done = () => {
      clearTimeout(timer);
      socket.destroy();
      resolve({ status: Number(/^HTTP\/1\.1 (\d+)/.exec(text)?.[1] ?? 0), text });
    };
    // A socket that was taken stays open: what there is to see came by then.
    const timer = setTimeout(done, 2500);
    socket.on('data', (piece: Buffer) => (text += piece.toString('latin1')));
    socket.on('end', done).on('error', done);
    socket.write(`${[lines[0], `Host: ${host}`, ...lines.slice(1)].join('\r\n')}\r\n\r\n`);
  });
}

const upgrade = (cookie: string, origin: string) =>
  raw([
    'GET /api/live?after=0 HTTP/1.1',
    ...(origin === '' ? [] : [`Origin: ${origin}`]),
    ...(cookie === '' ? [] : [`Cookie: ${cookie}`]),
    'Connection: Upgrade',
    'Upgrade: websocket',
    'Sec-WebSocket-Version: 13',
    'Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==',
  ]);

describe('somebody with an account of their own reaches for what is of another', () => {
  const body = { name: 'secret', type: 'TXT', ttl: 60, text: 'taken over' };

  it('records', async () => {
    const own = await attacker.call('GET', '/api/records');
    expect(JSON.stringify(own.body)).not.toContain('of the victim');
    expect((await attacker.call('PUT', `/api/records/${recordId}`, body)).status).toBe(404);
    expect((await attacker.call('DELETE', `/api/records/${recordId}`)).status).toBe(404);
    expect((await attacker.call('POST', '/api/records', { ...body, name: `secret.${zone}` })).status).toBe(422);
    const text = `secret.${zone} TXT taken`;
    expect((await attacker.call('POST', '/api/zone', { mode: 'add', text })).status).toBe(422);
    expect((await attacker.call('DELETE', '/api/records')).status).toBe(204);
    expect((await askServer(server.dnsPort, `secret.${zone}`, 'TXT')).answer).toHaveLength(1);
  });

  it('the log, in all its forms', async () => {
    for (const path of ['', '.csv', '.json', '.pcapng']) {
      const reply = await fetch(`${server.page}/api/queries${path}`, { headers: { cookie: attacker.cookie } });
      expect([reply.status, (await reply.text()).includes('secret')]).toEqual([200, false]);
    }
    for (const path of [`/api/queries/${queryId}`, `/api/queries/${queryId}/pair`])
      expect((await attacker.call('GET', path)).status).toBe(404);
    expect((await attacker.call('POST', `/api/queries/${queryId}/share`)).status).toBe(404);
    expect((await attacker.call('DELETE', '/api/queries')).status).toBe(204);
    expect((await victim.call('GET', `/api/queries/${queryId}`)).status).toBe(200);
  });

  it('the history', async () => {
    const { body: history } = await victim.call<{ edits: { id: number }[] }>('GET', '/api/history');
    const { id } = history.edits[0]!;
    expect((await attacker.call('GET', `/api/history/${id}`)).status).toBe(404);
    expect((await attacker.call('POST', `/api/history/${id}/restore`)).status).toBe(404);
  });

  it('the live stream: it shows their own only', async () => {
    const stream = upgrade(attacker.cookie, server.page);
    await askServer(server.dnsPort, `secret.${zone}`, 'TXT');
    const { status, text } = await stream;
    expect([status, text.includes('secret')]).toEqual([101, false]);
  });

  it('keys: they see none of them, and revoke none', async () => {
    const wanted = { kind: 'token', label: 'ci', rights: ['read', 'write', 'log'] };
    const made = await victim.call<{ id: number; secret: string }>('POST', '/api/keys', wanted);
    expect(made.status).toBe(201);
    const { id, secret } = made.body;
    expect((await attacker.call('GET', '/api/keys')).body).toEqual({ keys: [] });
    expect((await attacker.call('DELETE', `/api/keys/${id}`)).status).toBe(404);
    const headers = { authorization: `Bearer ${secret}` };
    expect((await fetch(`${server.page}/api/records`, { headers })).status).toBe(200);
    expect(JSON.stringify((await victim.call('GET', '/api/keys')).body)).not.toContain(secret);
  });

  it('with a token of their own, over every way that takes one', async () => {
    const wanted = { kind: 'token', label: 'mine', rights: ['read', 'write', 'log'] };
    const { secret } = (await attacker.call<{ secret: string }>('POST', '/api/keys', wanted)).body;
    const headers = { authorization: `Bearer ${secret}`, 'x-api-key': secret, 'content-type': 'application/json' };
    const by = (method: string, path: string, body?: unknown) =>
      fetch(`${server.page}${path}`, { method, headers, ...(body !== undefined && { body: JSON.stringify(body) }) });
    const rrset = { name: `secret.${zone}`, type: 'TXT', ttl: 60, changetype: 'REPLACE', records: [{ content: '"taken"' }] };
    for (const [method, body] of [['GET'], ['PATCH', { rrsets: [rrset] }], ['DELETE']] as const)
      expect([method, (await by(method, `/api/v1/servers/localhost/zones/${zone}`, body)).status]).toEqual([method, 404]);
    for (const path of ['/api/rrsets', '/api/records', '/api/v1/servers/localhost/zones']) {
      const reply = await by('GET', path);
      expect([path, reply.status, (await reply.text()).includes('of the victim')]).toEqual([path, 200, false]);
    }
    // Neither can they make a key with it, nor become the operator.
    expect((await by('POST', '/api/keys', wanted)).status).toBe(401);
    expect((await by('GET', '/api/operator/accounts')).status).toBe(404);
    expect((await askServer(server.dnsPort, `secret.${zone}`, 'TXT')).answer).toHaveLength(1);
  });

  it('what is followed and waited for is their own, whatever they name', async () => {
    const tail = new AbortController();
    const options = { headers: { cookie: attacker.cookie }, signal: tail.signal };
    const waiting = fetch(`${server.page}/api/wait?name=secret.${zone}&timeout=2`, options);
    const stream = await fetch(`${server.page}/api/tail?after=0`, options);
    let text = '';
    const reading = (async () => {
      for await (const piece of stream.body!) text += Buffer.from(piece).toString();
    })().catch(() => {});
    for (let i = 0; i < 3; i++) await askServer(server.dnsPort, `secret.${zone}`, 'TXT');
    expect((await waiting).status).toBe(204);
    await askServer(server.dnsPort, `own.${attackerZone}`, 'TXT');
    await until(() => (text.includes('own') ? true : undefined));
    tail.abort();
    await reading;
    expect(text).not.toContain('secret');
  });

  it('an account of acme-dns made with one token is nothing with another', async () => {
    const wanted = { kind: 'token', label: 'acme', rights: ['write'] };
    const [own, other] = await Promise.all(
      [victim, attacker].map(async (who) => (await who.call<{ secret: string }>('POST', '/api/keys', wanted)).body.secret),
    );
    const register = await fetch(`${server.page}/acme-dns/${own}/register`, { method: 'POST' });
    const { username, subdomain } = (await register.json()) as { username: string; subdomain: string };
    const headers = { 'x-api-user': username, 'x-api-key': other!, 'content-type': 'application/json' };
    const body = JSON.stringify({ subdomain, txt: 'A'.repeat(43) });
    for (const token of [own, other]) {
      expect((await fetch(`${server.page}/acme-dns/${token}/update`, { method: 'POST', headers, body })).status).toBe(401);
    }
  });

  it("the operator's side, which is not there without a token", async () => {
    expect((await attacker.call('GET', '/api/operator/accounts')).status).toBe(404);
  });
});

describe('a cookie that nobody was given', () => {
  const token = 'A'.repeat(43);
  it.each([
    ['none', ''],
    ['made up', `digpit_session=${token}.${'B'.repeat(43)}`],
    ['signed with nothing', `digpit_session=${token}.${createHmac('sha256', '').update(token).digest('base64url')}`],
    ['empty, beside another', 'session=1; digpit_session='],
    ['very long', `digpit_session=${'A'.repeat(6000)}`],
  ])('%s: opens nothing', async (_what, cookie) => {
    for (const path of ['/api/records', '/api/queries', '/api/history']) {
      expect((await fetch(`${server.page}${path}`, { headers: { cookie } })).status).toBe(401);
    }
    expect((await upgrade(cookie, server.page)).status).toBe(401);
  });

  it('of another token below a true signature: opens nothing', async () => {
    const [own, signature] = decodeURIComponent(victim.cookie.split('=')[1]!).split('.');
    const other = `${own!.startsWith('A') ? 'B' : 'A'}${own!.slice(1)}`;
    const cookie = `digpit_session=${encodeURIComponent(`${other}.${signature}`)}`;
    expect((await fetch(`${server.page}/api/records`, { headers: { cookie } })).status).toBe(401);
  });
});

describe('a page of another site', () => {
  const post = (headers: Record<string, string>, type = 'application/json') =>
    fetch(`${server.page}/api/records`, {
      method: 'POST',
      headers: { cookie: victim.cookie, 'content-type': type, ...headers },
      body: JSON.stringify({ name: 'forged', type: 'TXT', ttl: 60, text: 'x' }),
    });

  it.each([
    ['Origin', { origin: 'https://evil.example' }],
    ['Origin null, as from a file or a frame', { origin: 'null' }],
    ['a neighbour below the same domain', { origin: 'http://x.127.0.0.1' }],
  ])('cannot change anything: %s', async (_what, headers) => {
    expect((await post(headers)).status).toBe(403);
  });

  it('cannot send what a form can', async () => {
    for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x'])
      expect((await post({}, type)).status).toBe(415);
  });

  it('cannot listen to the live stream', async () => {
    for (const origin of ['https://evil.example', 'null', `${server.page}.evil.example`, '']) {
      expect((await upgrade(victim.cookie, origin)).status).toBe(403);
    }
  });

  it('may read nothing: the API allows no other origin', async () => {
    const headers = { cookie: victim.cookie, origin: 'https://evil.example' };
    const reply = await fetch(`${server.page}/api/records`, { headers });
    expect(reply.headers.get('access-control-allow-origin')).toBeNull();
    expect(reply.headers.get('cross-origin-resource-policy')).toBe('same-origin');
  });
});

describe('paths that climb', () => {
  const secret = () => readFileSync(join(server.dataDir, 'cookie-secret'), 'utf8').trim();

  it.each([
    '/../package.json',
    '/..%2fpackage.json',
    '/%2e%2e/%2e%2e/package.json',
    '/assets/..%5c..%5cpackage.json',
    '/assets/../../../../etc/passwd',
    '/....//....//etc/passwd',
    '/%00/etc/passwd',
    '//etc/passwd',
    '/.env',
    '/q/..%2f..%2fpackage.json',
    '/api/records/..%2f..%2fqueries',
    '/api/operator/..%2frecords',
  ])('%s leads nowhere', async (path) => {
    const { status, text } = await raw([`GET ${path} HTTP/1.1`, 'Connection: close']);
    expect(text).not.toMatch(/root:.*:0:0:|"dependencies"/);
    expect(text).not.toContain(secret());
    expect(status === 200 ? text.includes('<!doctype html>') : status >= 400 && status < 500).toBe(true);
  });
});
