import { spawn, type ChildProcess } from 'node:child_process';
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { askServer } from '../support/dns-client.ts';
import { runScript } from '../support/script.ts';
import { removeDir, startServer, until, type RunningServer } from '../support/server.ts';

/** Name servers of the world are asked at port 53, for which one has to be root. */
const isRoot = process.getuid?.() === 0;
/** Loopback addresses that hardly anybody has. */
const NET = `127.53.${1 + Math.floor(Math.random() * 250)}`;
const PARENT = `${NET}.1`;
const CHILD = `${NET}.2`;
const RIGHT = 'play 60 NS ns1.play\n';
const GLUE = `ns1.play 60 A ${CHILD}\n`;

const dir = mkdtempSync(join(tmpdir(), 'digpit-delegation-'));
const settings: Record<string, string> = {
  DIGPIT_BASE_DOMAIN: 'play.example.org',
  DIGPIT_DNS_HOST: CHILD,
  DIGPIT_DNS_PORT: '53',
  DIGPIT_DATA_DIR: join(dir, 'child'),
};
let parent: RunningServer;
let child: RunningServer | null = null;

async function startChild(): Promise<void> {
  child = await startServer(settings, settings['DIGPIT_DATA_DIR']);
  settings['DIGPIT_HTTP_PORT'] = new URL(child.page).port;
}

beforeAll(async () => {
  if (!isRoot) return;
  delegate('');
  parent = await startServer({ DIGPIT_DNS_HOST: PARENT, DIGPIT_DNS_PORT: '53', DIGPIT_ZONES_DIR: dir }, join(dir, 'parent'));
  await startChild();
});
afterAll(async () => {
  await child?.stop();
  if (isRoot) await parent.stop();
  removeDir(dir);
});

/** What the zone above has besides itself. */
function delegate(lines: string): void {
  const zone = `@ 60 SOA ns h 1 2 3 4 5\n@ 60 NS ns\nns 60 A ${PARENT}\n${lines}`;
  writeFileSync(join(dir, 'example.org.zone'), zone);
}

/** A resolver with nothing in its cache but a root, and a way to it over HTTPS; it goes on from the zone above as it does in the world. */
async function withResolver<T>(act: (url: string) => Promise<T>): Promise<T> {
  const socket = createSocket('udp4').bind(0, '127.0.0.1');
  await once(socket, 'listening');
  const { port } = socket.address();
  socket.close();
  const lines = [
    `server:\n interface: 127.0.0.1@${port}\n do-daemonize: no\n use-syslog: no\n username: ""\n chroot: ""\n pidfile: ""`,
    ' do-not-query-localhost: no\n module-config: iterator\n outbound-msg-retry: 1\n local-zone: "." typetransparent\n local-data: ". 60 NS a.root."',
    `stub-zone:\n name: example.org.\n stub-addr: ${PARENT}\nremote-control:\n control-enable: no\n`,
  ];
  writeFileSync(join(dir, 'unbound.conf'), lines.join('\n'));
  const unbound: ChildProcess = spawn('unbound', ['-c', join(dir, 'unbound.conf')], { stdio: 'ignore' });
  const front = createServer((request, response) => {
    const pieces: Buffer[] = [];
    request.on('data', (piece: Buffer) => pieces.push(piece));
    request.on('end', () => {
      const asking = createSocket('udp4');
      asking.once('message', (answer) => {
        response.writeHead(200, { 'content-type': 'application/dns-message' }).end(answer);
        asking.close();
      });
      asking.once('error', () => response.destroy());
      asking.send(Buffer.concat(pieces), port, '127.0.0.1');
    });
  });
  front.listen(0, '127.0.0.1');
  await once(front, 'listening');
  // It takes a while to begin, and nobody asks it twice.
  await until(async () => (await askServer(port, '.', 'NS').catch(() => null)) ?? undefined, 30_000);
  try {
    return await act(`http://127.0.0.1:${(front.address() as AddressInfo).port}/dns-query`);
  } finally {
    front.close();
    unbound.kill();
  }
}

/** What the doctor says when the zone above has these lines. */
async function examine(lines: string): Promise<string> {
  delegate(lines);
  parent.process.kill('SIGHUP');
  // It reads its files at once, and then answers.
  await new Promise((resolve) => setTimeout(resolve, 500));
  return withResolver(async (url) => (await runScript('doctor/main', [], { ...settings, DIGPIT_RESOLVERS: url })).said);
}

describe.runIf(isRoot)('the doctor, asked about the delegation', () => {
  it('finds it well where it is', async () => {
    const said = await examine(RIGHT + GLUE);
    expect(said).toMatch(/ok {2}delegation, as 127/);
    expect(said).toContain(`ok  ns1.play.example.org. at ${CHILD}`);
  });

  it('says which record is missing in which zone', async () => {
    const said = await examine('');
    expect(said).toContain(
      'example.org. does not delegate play.example.org.: put play.example.org. NS ns1.play.example.org. into it',
    );
  });

  it('says who is named instead', async () => {
    const said = await examine(`play 60 NS ns.elsewhere\nns.elsewhere 60 A ${CHILD}\n`);
    expect(said).toContain(
      'play.example.org. NS ns.elsewhere.example.org., and this server says ns1.play.example.org.: make them the same',
    );
  });

  it('says that glue is missing', async () => {
    const said = await examine(RIGHT);
    expect(said).toContain(
      `has no glue, so that nobody finds ns1.play.example.org.: put ns1.play.example.org. A ${CHILD} into`,
    );
  });

  it('says that glue leads elsewhere', async () => {
    const said = await examine(`${RIGHT}ns1.play 60 A ${NET}.9\n`);
    expect(said).toContain(`the glue in example.org. has ns1.play.example.org. at ${NET}.9: this server says ${CHILD}`);
  });

  it('says that all is well above, and port 53 closed here', async () => {
    await child!.stop();
    const said = await examine(RIGHT + GLUE);
    expect(said).toContain('example.org. delegates as it should, and 127.0.0.1');
    expect(said).toContain('let in port 53, UDP and TCP');
    expect(said).toContain(`no answer: DNS over UDP on ${CHILD} port 53`);
    await startChild();
  });

  it('says that nobody could be asked where there is no network', async () => {
    const { said } = await runScript('doctor/main', [], { ...settings, DIGPIT_RESOLVERS: 'http://127.0.0.1:1/dns-query' });
    expect(said).toContain('   -  delegation and clock: no public resolver can be reached');
  });
});
