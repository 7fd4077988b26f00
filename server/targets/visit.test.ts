import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { name } from '../../tests/support/dns.ts';
import { parseAddress } from '../wire/address.ts';
import { RCODE } from '../wire/codes.ts';
import { makePage, PAGE_HEADERS } from './page.ts';
import { Sites } from './sites.ts';
import { visit } from './visit.ts';

let sites: Sites;
const problems: string[] = [];

beforeAll(async () => {
  const settings = { hosts: ['127.0.0.1', '127.0.0.1'], port: 0, addresses: ['192.0.2.21', '2001:db8::22'] };
  sites = await Sites.open(settings, (problem) => problems.push(problem));
});
afterAll(() => sites.close());

const host = name('shop.otter1.digpit.test.');
const addresses = (...texts: string[]) => ({
  rcode: RCODE.NOERROR,
  answer: texts.map((text) => ({ type: text.includes(':') ? 28 : 1, rdata: parseAddress(text)! })),
});
const empty = (rcode: number) => ({ rcode, answer: [] });

describe('a visit', () => {
  it('comes to the site that stands at the address, and asks it for the name', async () => {
    expect(await visit(host, [addresses('192.0.2.21')], sites.list)).toEqual({
      outcome: 'site',
      tried: [{ address: '192.0.2.21', target: 'orange' }],
      site: { id: 'orange', status: 200, host: 'shop.otter1.digpit.test', title: 'orange' },
    });
  });

  it('tries IPv6 first, and goes on where nobody is', async () => {
    const { tried, site } = await visit(host, [addresses('192.0.2.99', '192.0.2.21'), addresses('2001:db8::22')], sites.list);
    expect([tried.map(({ target }) => target), site?.id, site?.status]).toEqual([['teal'], 'teal', 404]);
    const second = await visit(host, [addresses('192.0.2.99', '192.0.2.21')], sites.list);
    expect(second.tried.map(({ target }) => target)).toEqual([null, 'orange']);
  });

  it('connects to nothing but the sites, this machine included', async () => {
    let visited = 0;
    const secret = createServer((_, response) => response.end(String(++visited))).listen(0, '127.0.0.1');
    await once(secret, 'listening');
    const { port } = secret.address() as AddressInfo;
    for (const address of ['127.0.0.1', '::1', '::ffff:127.0.0.1', '0.0.0.0', '169.254.169.254', '10.0.0.1']) {
      const { outcome, tried } = await visit(name(`a.${port}.example.`), [addresses(address)], sites.list);
      expect([outcome, tried[0]!.target]).toEqual(['nobody', null]);
    }
    expect(visited).toBe(0);
    secret.close();
  });

  it.each([
    [[RCODE.NXDOMAIN, RCODE.NXDOMAIN], 'nxdomain'],
    [[RCODE.NOERROR, RCODE.NOERROR], 'nodata'],
    [[RCODE.NOERROR, RCODE.SERVFAIL], 'failed'],
    [[RCODE.REFUSED, RCODE.REFUSED], 'refused'],
  ])('of RCODEs %j and no address says %s', async (rcodes, outcome) => {
    expect(await visit(host, rcodes.map(empty), sites.list)).toEqual({ outcome, tried: [] });
  });

  it('says when a site does not answer', async () => {
    const gone = [{ ...sites.list[0]!, port: 1 }];
    expect((await visit(host, [addresses('192.0.2.21')], gone)).outcome).toBe('unreachable');
  });
});

describe('a site', () => {
  const get = async (id: number, headers: Record<string, string> = {}, method = 'GET') =>
    fetch(`http://127.0.0.1:${sites.list[id]!.port}/any/path?x=1`, { method, headers });

  it('answers any method at any path, without cookies, under a policy that lets nothing in', async () => {
    for (const method of ['GET', 'HEAD', 'POST', 'DELETE']) {
      const reply = await get(0, {}, method);
      expect([reply.status, reply.headers.get('set-cookie')]).toEqual([200, null]);
      expect(reply.headers.get('content-security-policy')).toMatch(/^default-src 'none'; style-src 'sha256-/);
    }
    expect(PAGE_HEADERS['X-Content-Type-Options']).toBe('nosniff');
  });

  it('shows what it was asked for as text, in the language of who asks', () => {
    expect(makePage('orange', '<script>"&\'', '').html).toContain('<b>&#60;script&#62;&#34;&#38;&#39;</b>');
    expect(makePage('orange', '', '').html).toContain('You asked for no host at all.');
    expect(makePage('teal', 'teal.example', 'de-AT,en').html).toContain('<html lang="de">');
  });

  it.each([
    ['orange', 'anything.example', 200],
    ['teal', 'teal.example:8081', 200],
    ['teal', 'TEAL2.example', 200],
    ['teal', 'tealight.example', 404],
    ['teal', 'shop.example', 404],
  ] as const)('%s says to Host %s %i', (id, asked, status) => {
    expect(makePage(id, asked, 'en').status).toBe(status);
  });

  it('that cannot have its address or port takes another, and says so', async () => {
    const taken = sites.list[0]!.port;
    const heard: string[] = [];
    const others = await Sites.open({ hosts: ['127.0.0.1', '203.0.113.1'], port: taken, addresses: [] }, (one) =>
      heard.push(one),
    );
    expect(others.list.map(({ address, host: at }) => `${address} at ${at}`)).toEqual([
      '127.0.0.1 at 127.0.0.1',
      '203.0.113.1 at 127.0.0.1',
    ]);
    expect(heard).toEqual([expect.stringContaining('EADDRINUSE'), expect.stringContaining('EADDRNOTAVAIL')]);
    await others.close();
    expect(problems).toEqual([]);
  });
});
