import { spawnSync } from 'node:child_process';
import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { makeDataDir, removeDir, startServer, until, Visitor, type RunningServer } from '../support/server.ts';

const fixtures = new URL('../support/tls/', import.meta.url).pathname;
const dir = makeDataDir();
const [cert, key] = [join(dir, 'cert.pem'), join(dir, 'key.pem')];
let server: RunningServer;
let port: string;

function use(name: string): void {
  copyFileSync(`${fixtures}${name}.pem`, cert);
  copyFileSync(`${fixtures}${name}.key`, key);
}

beforeAll(async () => {
  use('one');
  server = await startServer({ DIGPIT_TLS_CERT: cert, DIGPIT_TLS_KEY: key, DIGPIT_TLS_PORT: '0' });
  port = /Over TLS: .* port (\d+)/.exec(server.told)![1]!;
});
afterAll(async () => {
  await server.stop();
  removeDir(server.dataDir);
  removeDir(dir);
});

/** What kdig says when it trusts that certificate and no other. */
const kdig = (name: string, ...args: string[]) =>
  spawnSync(
    'kdig',
    ['@127.0.0.1', '-p', port, '+time=5', `+tls-ca=${fixtures}${name}.pem`, `+tls-hostname=${name}.digpit.test`, ...args],
    { encoding: 'utf8' },
  ).stdout;

it('kdig trusts the certificate, asks over TLS, and the log says so; a new certificate counts after SIGHUP', async () => {
  const visitor = new Visitor(server.page);
  const { zone } = await visitor.begin();
  const first = kdig('one', zone, 'SOA', '+padding');
  expect(first).toContain('status: NOERROR');
  expect(first).toMatch(/TLS session \(TLS1\.3\)/);
  const logged = await until(async () => {
    const { body } = await visitor.call<{ queries: { transport: string; qname: string }[] }>(
      'GET',
      '/api/queries?transport=tls',
    );
    return body.queries[0];
  });
  expect(logged).toMatchObject({ transport: 'tls', qname: zone });
  expect((await visitor.call<{ dns: { tlsPort: number } }>('GET', '/api/session')).body.dns.tlsPort).toBe(Number(port));
  expect(kdig('two', zone, 'SOA')).not.toContain('NOERROR');
  use('two');
  server.process.kill('SIGHUP');
  await until(() => (kdig('two', zone, 'SOA').includes('NOERROR') ? true : undefined), 10_000);
  const { body } = await visitor.call<{ name: string; secret: string; algorithm: string }>('POST', '/api/keys', {
    kind: 'tsig',
    label: 'xfr',
  });
  expect(kdig('two', '-y', `${body.algorithm}:${body.name}:${body.secret}`, zone, 'AXFR')).toContain('(2 messages, 3 records)');
});
