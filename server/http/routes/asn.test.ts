import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { House } from '../../../tests/support/http.ts';
import type { ErrorJson } from '../protocol.ts';

let house: House;

beforeEach(() => {
  house = new House();
});

afterEach(() => house.close());

describe('GET /api/asn/:address', () => {
  it('names the network of an address, without a session', async () => {
    const reply = await house.app.inject('/api/asn/192.0.2.77');
    expect([reply.statusCode, reply.json()]).toEqual([200, { asn: 64500, name: 'EXAMPLE-NET', country: 'ZZ' }]);
  });

  it.each(['203.0.113.1', '2001:db8::1', '::'])('does not know %s', async (address) => {
    const reply = await house.app.inject(`/api/asn/${address}`);
    expect([reply.statusCode, reply.json<ErrorJson>().error.code]).toEqual([404, 'no_network']);
  });

  it.each(['localhost', '192.0.2', '192.0.2.300', '192.0.2.1%2f24', 'fe80::1%25eth0', 'x'.repeat(90)])(
    'refuses %s',
    async (address) => {
      const reply = await house.app.inject(`/api/asn/${address}`);
      expect([reply.statusCode, reply.json<ErrorJson>().error]).toMatchObject([400, { code: 'bad_address', field: 'address' }]);
    },
  );
});
