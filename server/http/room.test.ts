import { afterEach, describe, expect, it } from 'vitest';
import { House } from '../../tests/support/http.ts';
import type { Limits } from './limits.ts';
import type { AboutJson, ErrorJson } from './protocol.ts';

let house: House;
const open = (limits: Partial<Limits>) => (house = new House({ limits }));
afterEach(() => house.close());

const told = (reply: { statusCode: number; json<T>(): T; headers: Record<string, unknown> }) => [
  reply.statusCode,
  reply.json<ErrorJson>().error.code,
  Number(reply.headers['retry-after']) > 0,
];
const begin = (remoteAddress = '192.0.2.1') =>
  house.app.inject({ method: 'POST', url: '/api/session', payload: {}, remoteAddress });

describe('quotas are refused with 429 and the time to come back', () => {
  it('names of a zone', async () => {
    open({ namesPerZone: 3 });
    const visitor = await house.visitor();
    const add = (name: string) => visitor.request('POST', '/api/records', { name, type: 'A', ttl: 60, address: '192.0.2.1' });
    expect([(await add('a')).statusCode, (await add('b')).statusCode]).toEqual([201, 201]);
    expect(told(await add('c'))).toEqual([429, 'too_many_names', true]);
    const text = 'd A 192.0.2.1\n';
    const preview = await visitor.request('POST', '/api/zone/preview', { mode: 'add', text });
    expect(preview.json<{ faults: unknown[] }>().faults).toMatchObject([{ code: 'too_many_names' }]);
  });

  it('octets of a zone, also by a change', async () => {
    open({ octetsPerZone: 1000 });
    const visitor = await house.visitor();
    const body = (length: number) => ({ name: 't', type: 'TXT', ttl: 60, text: 'x'.repeat(length) });
    const { id } = (await visitor.request('POST', '/api/records', body(700))).json<{ id: number }>();
    expect(told(await visitor.request('POST', '/api/records', { ...body(700), name: 'u' }))).toEqual([
      429,
      'too_many_octets',
      true,
    ]);
    expect(told(await visitor.request('PUT', `/api/records/${id}`, body(1200)))).toEqual([429, 'too_many_octets', true]);
    expect((await visitor.request('PUT', `/api/records/${id}`, body(800))).statusCode).toBe(200);
  });

  it('calls for one zone, and from one address', async () => {
    open({ callsPerZone: 5, callsPerMinute: 20 });
    const visitor = await house.visitor();
    for (let i = 0; i < 5; i++) expect((await visitor.request('GET', '/api/records')).statusCode).toBe(200);
    expect(told(await visitor.request('GET', '/api/records'))).toEqual([429, 'too_many_calls', true]);
    house.now += 60_000;
    expect((await visitor.request('GET', '/api/records')).statusCode).toBe(200);
    const about = () => house.app.inject({ url: '/api/about', remoteAddress: '192.0.2.7' });
    for (let i = 0; i < 20; i++) expect((await about()).statusCode).toBe(200);
    expect(told(await about())).toEqual([429, 'too_many_calls', true]);
    expect((await house.app.inject({ url: '/api/about', remoteAddress: '192.0.2.8' })).statusCode).toBe(200);
  });

  it('zones in all, a day, and from one address a day', async () => {
    open({ zones: 3 });
    for (let i = 0; i < 3; i++) expect((await begin(`192.0.2.${i}`)).statusCode).toBe(201);
    expect(told(await begin('192.0.2.9'))).toEqual([429, 'too_many_zones', true]);
    await house.close();
    open({ allZonesPerDay: 2 });
    for (let i = 0; i < 2; i++) expect((await begin(`192.0.2.${i}`)).statusCode).toBe(201);
    expect(told(await begin('192.0.2.9'))).toEqual([429, 'too_many_zones', true]);
    await house.close();
    open({ zonesPerDay: 2 });
    for (let i = 0; i < 2; i++) expect((await begin()).statusCode).toBe(201);
    expect(told(await begin())).toEqual([429, 'too_many_sessions', true]);
    expect((await begin('192.0.2.2')).statusCode).toBe(201);
  });

  it('what all zones take in memory; to take away is always possible', async () => {
    open({ zoneOctets: 20_000 });
    const visitor = await house.visitor();
    const add = (n: number) =>
      visitor.request('POST', '/api/records', { name: `n${n}`, type: 'TXT', ttl: 60, text: 'x'.repeat(2000) });
    let n = 0;
    while ((await add(n)).statusCode === 201) n++;
    expect(n).toBeGreaterThan(3);
    expect(told(await add(n))).toEqual([429, 'server_full', true]);
    expect(told(await begin())).toEqual([429, 'server_full', true]);
    expect((await visitor.request('DELETE', '/api/records')).statusCode).toBe(204);
    expect((await add(n)).statusCode).toBe(201);
    expect((await begin()).statusCode).toBe(201);
  });
});

it('all of them are told to anybody', async () => {
  open({ zones: 77 });
  const { limits } = (await house.app.inject('/api/about')).json<AboutJson>();
  expect(limits).toMatchObject({ zones: 77, recordsPerZone: 500, callsPerMinute: 12_000 });
  expect(Object.keys(limits).length).toBe(21);
});

describe('names that lead people astray', () => {
  const names = ['paypal', 'www.PayPal', 'paypal-login', 'my_paypa1', 'xn--pypal-4ve', 'secure.dhl', 'dhl-paket'];

  it.each(names)('%s is refused where a browser would go', async (lure) => {
    open({});
    const visitor = await house.visitor();
    const reply = await visitor.request('POST', '/api/records', { name: lure, type: 'A', ttl: 60, address: '192.0.2.1' });
    expect([reply.statusCode, reply.json<ErrorJson>().error]).toMatchObject([422, { code: 'lure', field: 'name' }]);
    const text = `${lure} A 192.0.2.1\n`;
    const zone = await visitor.request('POST', '/api/zone', { mode: 'add', text });
    expect([zone.statusCode, zone.json<ErrorJson>().error.faults]).toMatchObject([422, [{ code: 'lure' }]]);
  });

  it('all others are not, nor what no browser looks at', async () => {
    open({});
    const visitor = await house.visitor();
    for (const fine of ['www', 'pay', 'pal', 'adhle', '_dmarc', 'apple'])
      expect(
        (await visitor.request('POST', '/api/records', { name: fine, type: 'A', ttl: 60, address: '192.0.2.1' })).statusCode,
      ).toBe(201);
    const text = await visitor.request('POST', '/api/records', { name: 'paypal._domainkey', type: 'TXT', ttl: 60, text: 'x' });
    expect(text.statusCode).toBe(201);
  });
});
