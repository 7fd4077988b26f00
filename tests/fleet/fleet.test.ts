import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { askServer } from '../support/dns-client.ts';
import { freePort, type Peer } from '../peers/servers.ts';
import { startServer, type RunningServer } from '../support/server.ts';
import { makeBind, makeKnot, makeNsd, makePowerDns, type Primary, type Secondary } from './secondaries.ts';

/** Digpit as the hidden primary of real secondaries, on ports of their own. ZONES says how many subdomains there are. */
const ZONES = Number(process.env['ZONES'] ?? 50);
const root = mkdtempSync(join(tmpdir(), 'digpit-fleet-'));
const key = { name: 'fleet.test', secret: Buffer.from('the secret of the whole fleet..').toString('base64') };
let primary: Primary;
let server: RunningServer;
let secondaries: Secondary[];
const peers = new Map<string, Peer>();
const zones: { origin: string; cookie: string }[] = [];
let settings: Record<string, string>;

beforeAll(async () => {
  primary = { port: await freePort(), catalog: 'catalog.digpit.test', key };
  secondaries = await Promise.all([makeKnot, makeBind, makePowerDns, makeNsd].map((make) => make(root, primary)));
  for (const secondary of secondaries) peers.set(secondary.name, secondary.start());
  settings = {
    DIGPIT_DNS_PORT: `${primary.port}`,
    DIGPIT_TRUST_PROXY: 'yes',
    DIGPIT_OPERATOR_TOKEN: 'the-token-of-the-operator',
    DIGPIT_TRANSFER_KEY: `hmac-sha256:${key.name}:${key.secret}`,
    DIGPIT_SECONDARIES: secondaries.map(({ port }) => `127.0.0.1@${port}`).join(','),
    DIGPIT_MEMORY_MB: '256',
  };
  server = await startServer(settings, join(root, 'data'));
});
afterAll(async () => {
  await server?.stop();
  await Promise.all([...peers.values()].map((peer) => peer.stop()));
  rmSync(root, { recursive: true, force: true });
});

let caller = 0;
/** Everybody comes from an address of their own. */
async function call(method: string, path: string, body: unknown, headers: Record<string, string> = {}): Promise<Response> {
  caller++;
  const from = `198.18.${caller >> 8}.${caller & 255}`;
  const text = body === undefined ? {} : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } };
  const response = await fetch(`${server.page}${path}`, {
    method,
    ...text,
    headers: { ...text.headers, 'x-forwarded-for': from, ...headers },
  });
  if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`);
  return response;
}

async function makeZone(): Promise<void> {
  const begun = await call('POST', '/api/session', {});
  const cookie = begun.headers.getSetCookie()[0]!.split(';')[0]!;
  const { zone: origin } = (await begun.json()) as { zone: string };
  zones.push({ origin, cookie });
  await edit({ origin, cookie }, '192.0.2.1');
}

async function edit({ cookie }: { origin: string; cookie: string }, address: string): Promise<void> {
  await call('POST', '/api/zone', { mode: 'replace', text: `@ 60 NS ns1.digpit.test.\nwww 60 A ${address}\n` }, { cookie });
}

/** The zones that the catalog lists, as anybody with the key can ask. */
function listed(): string[] {
  const options = ['@127.0.0.1', '-p', `${primary.port}`, '-y', `hmac-sha256:${key.name}:${key.secret}`];
  const { stdout } = spawnSync('dig', [...options, primary.catalog, 'AXFR', '+noall', '+answer'], { encoding: 'utf8' });
  return [...stdout.matchAll(/\sPTR\s+(\S+)/g)].map(([, zone]) => zone!);
}

/** What a server says of a name: address or RCODE. */
async function say(port: number, qname: string): Promise<string> {
  try {
    const { rcode, answer } = await askServer(port, qname, 'A');
    return answer[0]?.content ?? rcode;
  } catch {
    return 'silence';
  }
}

/** Waits until every server says the same of every zone. */
async function all(expected: string, of = zones, who = secondaries): Promise<void> {
  const end = Date.now() + Number(process.env['FLEET_PATIENCE'] ?? 120_000);
  const left = new Set(who.flatMap((secondary) => of.map((zone) => ({ secondary, zone }))));
  while (left.size > 0) {
    const list = listed();
    for (const { follow } of who) follow?.(list);
    // All secondaries at a time, and each about one zone after the other.
    await Promise.all(
      who.map(async (secondary) => {
        for (const one of left)
          if (one.secondary === secondary && (await say(secondary.port, `www.${one.zone.origin}`)) === expected)
            left.delete(one);
      }),
    );
    if (left.size === 0) return;
    if (Date.now() > end) {
      const names = [...left].map(({ secondary, zone }) => `${secondary.name} ${zone.origin}`);
      throw new Error(
        `not ${expected} at: ${names.slice(0, 10).join(', ')} and so on, ${left.size} in all; ${[...peers.values()].map((peer) => `${peer.name}: ${peer.ended() ?? 'runs'}`).join('; ')}`,
      );
    }
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}

const seconds = (start: number) => `${((performance.now() - start) / 1000).toFixed(1)} s`;
const tell = (text: string) => process.stdout.write(`${text}\n`);

it('new subdomains reach every secondary, with no word to any of them', async () => {
  for (let n = 0; n < ZONES; n++) await makeZone();
  const start = performance.now();
  await all('192.0.2.1');
  tell(`${ZONES} new zones everywhere ${seconds(start)} after the last was made`);
});

it('so do edits', async () => {
  for (const zone of zones) await edit(zone, '192.0.2.2');
  const start = performance.now();
  await all('192.0.2.2');
  tell(`${ZONES} edits everywhere ${seconds(start)} after the last was made`);
});

it('a secondary that was killed catches up when it is back', async () => {
  const [knot] = secondaries;
  await peers.get('Knot')!.stop();
  for (const zone of zones) await edit(zone, '192.0.2.3');
  await all('192.0.2.3', zones, secondaries.slice(1));
  peers.set('Knot', knot!.start());
  const start = performance.now();
  await all('192.0.2.3');
  tell(`${ZONES} edits at Knot ${seconds(start)} after its return`);
});

it('what is deleted is gone everywhere', async () => {
  const gone = zones.splice(0, Math.ceil(ZONES / 10));
  const authorization = `Bearer ${settings['DIGPIT_OPERATOR_TOKEN']}`;
  for (const { origin } of gone) {
    const label = origin.split('.')[0]!;
    await call('DELETE', `/api/operator/accounts/${label}`, undefined, { authorization });
  }
  const start = performance.now();
  // The base zone is theirs too, and says that there is no such name.
  await all('NXDOMAIN', gone);
  tell(`${gone.length} deleted zones gone everywhere ${seconds(start)} after the last was deleted`);
});

it('/metrics says what was taken and told', async () => {
  const lines = (await (await fetch(`${server.page}/metrics`)).text()).split('\n');
  const count = (name: string) => Number(lines.find((line) => line.startsWith(`${name} `))?.split(' ')[1]);
  const taken = count('digpit_transfers_total{kind="axfr",result="done"}');
  const sent = count('digpit_notify_total{outcome="sent"}');
  const acknowledged = count('digpit_notify_total{outcome="acknowledged"}');
  tell(`${taken} whole zones taken; ${sent} words of changes sent, ${acknowledged} acknowledged`);
  // At least once to each of them.
  expect(taken).toBeGreaterThanOrEqual(ZONES * secondaries.length);
  expect(acknowledged).toBeGreaterThanOrEqual(ZONES * secondaries.length);
  expect(sent).toBeGreaterThanOrEqual(acknowledged);
});

it('without the primary they answer on', async () => {
  await server.stop();
  for (const { port } of secondaries)
    for (const { origin } of zones.slice(0, 5)) expect(await say(port, `www.${origin}`)).toBe('192.0.2.3');
});
