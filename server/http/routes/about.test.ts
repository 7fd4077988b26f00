import { afterEach, expect, it } from 'vitest';
import { House } from '../../../tests/support/http.ts';
import type { AboutJson } from '../protocol.ts';

let house: House;
afterEach(() => house.close());

it('says to anybody what is kept, as it was set', async () => {
  house = new House({
    settings: { log: { maxBytes: 1 << 20, maxAgeSeconds: 3600 }, zoneMaxAge: 86_400_000, resolvers: ['https://dns.test/q'] },
    limits: { recordsPerZone: 7 },
  });
  const reply = await house.app.inject('/api/about');
  expect(reply.statusCode).toBe(200);
  const about = reply.json<AboutJson>();
  expect(about.log).toEqual({ maxBytes: 1 << 20, maxAgeSeconds: 3600 });
  expect(about.zoneMaxAgeSeconds).toBe(86_400);
  expect(about.resolvers).toEqual(['dns.test']);
  expect(about.limits.recordsPerZone).toBe(7);
  expect(Object.keys(about).sort()).toEqual(['limits', 'log', 'reportTo', 'resolvers', 'version', 'zoneMaxAgeSeconds']);
});

it('a subdomain that is kept for ever has no age', async () => {
  house = new House({ settings: { zoneMaxAge: 0 } });
  expect((await house.app.inject('/api/about')).json<AboutJson>().zoneMaxAgeSeconds).toBeNull();
});
