import { createServer, type AddressInfo } from 'node:net';
import { mkdirSync, readFileSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { lines } from '../support/dns.ts';
import { askServer } from '../support/dns-client.ts';
import { makeDataDir, removeDir, startRefused, startServer, until, Visitor, type RunningServer } from '../support/server.ts';

const running: RunningServer[] = [];
const dirs: string[] = [];

async function start(settings: Record<string, string> = {}, dataDir?: string): Promise<RunningServer> {
  const server = await startServer(settings, dataDir);
  running.push(server);
  dirs.push(server.dataDir);
  return server;
}
function makeDir(): string {
  const dir = makeDataDir();
  dirs.push(dir);
  return dir;
}

afterEach(async () => {
  await Promise.all(running.splice(0).map((server) => server.stop()));
  for (const dir of dirs.splice(0)) removeDir(dir);
});

describe('a start that cannot be', () => {
  it('names every wrong setting and ends with 1', async () => {
    const { code, said } = await startRefused({ DIGPIT_DNS_PORT: 'x', DIGPIT_HTTP_HOST: 'y', DIGPIT_RRL_PER_SECOND: '-1' });
    expect(code).toBe(1);
    for (const name of ['DIGPIT_DNS_PORT=x', 'DIGPIT_HTTP_HOST=y', 'DIGPIT_RRL_PER_SECOND=-1']) expect(said).toContain(name);
  });

  it('says which port is taken, for DNS and for the page', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => other.once('listening', resolve));
    const port = String((other.address() as AddressInfo).port);
    for (const settings of [
      { DIGPIT_DNS_PORT: port, DIGPIT_HTTP_PORT: '0' },
      { DIGPIT_DNS_PORT: '0', DIGPIT_HTTP_PORT: port },
    ]) {
      const { code, said } = await startRefused({ DIGPIT_DATA_DIR: makeDir(), ...settings });
      expect(code).toBe(1);
      expect(said).toContain(`port ${port} is taken by another program`);
    }
    other.close();
  });

  it('leaves a folder alone in which another Digpit is at work', async () => {
    const server = await start();
    const second = { DIGPIT_DATA_DIR: server.dataDir, DIGPIT_DNS_PORT: '0', DIGPIT_HTTP_PORT: '0' };
    const { code, said } = await startRefused(second);
    expect([code, said]).toEqual([1, expect.stringContaining('one folder is for one Digpit')]);
    expect((await askServer(server.dnsPort, 'digpit.test.', 'SOA')).rcode).toBe('NOERROR');
  });

  it('does not serve a database that was made for another base domain, nor one that is damaged', async () => {
    const server = await start();
    expect(await server.stop()).toBe(0);
    const settings = { DIGPIT_DATA_DIR: server.dataDir, DIGPIT_DNS_PORT: '0', DIGPIT_HTTP_PORT: '0' };
    const moved = await startRefused({ ...settings, DIGPIT_BASE_DOMAIN: 'other.test' });
    expect([moved.code, moved.said]).toEqual([1, expect.stringContaining('made for the base domain digpit.test.')]);
    writeFileSync(
      join(server.dataDir, 'digpit.sqlite'),
      'this is no database at all, but long enough to be looked at'.repeat(50),
    );
    const damaged = await startRefused(settings);
    expect([damaged.code, damaged.said]).toEqual([1, expect.stringContaining('the database is damaged')]);
  });
});

describe('health', () => {
  it('answers alive and ready, and says the counts', async () => {
    const server = await start();
    const get = async (path: string) => {
      const response = await fetch(`${server.page}${path}`);
      return [response.status, await response.text()] as const;
    };
    expect((await get('/healthz'))[0]).toBe(200);
    expect(await get('/readyz')).toEqual([200, expect.stringContaining('"ok"')]);
    await askServer(server.dnsPort, 'digpit.test.', 'SOA');
    expect((await get('/metrics'))[1]).toMatch(/^digpit_dns_requests_total\{proto="udp"\} [1-9]/m);
  });
});

describe('DIGPIT_ZONES_DIR', () => {
  const SOA = '@ 60 SOA ns h 1 2 3 4 5\n@ 60 NS ns\n';

  it('serves the files that are sound, says where the others are not, and reads them again on SIGHUP', async () => {
    const zonesDir = makeDir();
    writeFileSync(join(zonesDir, 'good.example.zone'), `${SOA}www 60 A 192.0.2.1\n`);
    writeFileSync(join(zonesDir, 'bad.example.zone'), `${SOA}www 60 A 192.0.2.300\n`);
    const server = await start({ DIGPIT_ZONES_DIR: zonesDir });
    const www = async (zone: string) => askServer(server.dnsPort, `www.${zone}.example.`, 'A');
    expect(lines((await www('good')).answer)).toEqual(['www.good.example. 60 A 192.0.2.1']);
    expect((await www('bad')).rcode).toBe('REFUSED');
    expect(server.said()).toContain('bad.example.zone:3:10: ');

    writeFileSync(join(zonesDir, 'good.example.zone'), `${SOA}www 60 A nonsense\n`);
    writeFileSync(join(zonesDir, 'bad.example.zone'), `${SOA}www 60 A 192.0.2.3\n`);
    server.process.kill('SIGHUP');
    await until(async () => ((await www('bad')).rcode === 'NOERROR' ? true : undefined));
    // A file that went bad does not take its zone away.
    expect(lines((await www('good')).answer)).toEqual(['www.good.example. 60 A 192.0.2.1']);
  });
});

describe('DIGPIT_ASN_DIR', () => {
  it('is built into the range table aside, and the name appears beside the address', async () => {
    const asnDir = makeDir();
    mkdirSync(asnDir, { recursive: true });
    writeFileSync(join(asnDir, 'ip2asn-v4.tsv'), '127.0.0.0\t127.255.255.255\t64500\tDE\tLOOPBACK-NET\n');
    writeFileSync(join(asnDir, 'ip2asn-v6.tsv'), '::1\t::1\t64501\tDE\tLOOPBACK-SIX\n');
    utimesSync(join(asnDir, 'ip2asn-v4.tsv'), new Date(), new Date());
    const server = await start({ DIGPIT_ASN_DIR: asnDir });
    const known = await until(async () => {
      const response = await fetch(`${server.page}/api/asn/127.0.0.1`);
      return response.ok ? ((await response.json()) as object) : undefined;
    }, 10_000);
    expect(known).toEqual({ asn: 64500, name: 'LOOPBACK-NET', country: 'DE' });
    const visitor = new Visitor(server.page);
    const { zone } = await visitor.begin();
    await askServer(server.dnsPort, zone, 'NS');
    const row = await until(
      async () => (await visitor.call<{ queries: { source: object }[] }>('GET', '/api/queries')).body.queries[0],
    );
    expect(row.source).toMatchObject({ address: '127.0.0.1', asn: 64500, name: 'LOOPBACK-NET', country: 'DE' });
  });
});

describe.runIf(process.platform === 'linux')('the memory of the process', () => {
  it('is limited by DIGPIT_MEMORY_MB, and what only the start needed is given back', async () => {
    const { process: child, dnsPort } = await start({ DIGPIT_MEMORY_MB: '128' });
    const told = (file: string) => readFileSync(`/proc/${child.pid}/${file}`, 'utf8');
    expect(told('cmdline').split('\0')).toContain('--max-old-space-size=64');
    const ofFiles = () => Number(/RssFile:\s+(\d+) kB/.exec(told('status'))![1]);
    const atStart = ofFiles();
    await until(() => (ofFiles() < atStart / 2 ? true : undefined));
    expect((await askServer(dnsPort, 'digpit.test.', 'SOA')).rcode).toBe('NOERROR');
  });
});
