import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ask, lines } from '../../../tests/support/dns.ts';
import { House, type Visitor } from '../../../tests/support/http.ts';
import { Name } from '../../wire/name.ts';
import type { ErrorJson, RecordInput, RecordJson, RecordsJson } from '../protocol.ts';

let house: House;
let visitor: Visitor;

beforeEach(async () => {
  house = new House();
  visitor = await house.visitor();
});

afterEach(() => house.close());

const A = { name: 'www', type: 'A', ttl: 60, address: '192.0.2.1' };

async function list(of = visitor): Promise<RecordsJson> {
  return (await of.request('GET', '/api/records')).json();
}

async function add(input: object): Promise<RecordJson> {
  const reply = await visitor.request('POST', '/api/records', input);
  expect([reply.statusCode, reply.body]).toEqual([201, expect.stringContaining('"id"')]);
  return reply.json();
}

async function refusal(method: 'POST' | 'PUT' | 'DELETE', path: string, input?: object): Promise<[number, ErrorJson['error']]> {
  const before = await list();
  const reply = await visitor.request(method, `/api/records${path}`, input);
  expect(await list()).toEqual(before);
  return [reply.statusCode, reply.json<ErrorJson>().error];
}

const answer = (qname: string, qtype: string) => lines(ask(house.zoneSet, `${qname}${visitor.zone}`, qtype).answer);
const find = async (type: string) => (await list()).records.find((record) => record.type === type)!;

describe('GET /api/records', () => {
  it('shows the SOA and NS of a new zone, field by field', async () => {
    const { zone, serial, records } = await list();
    expect([zone, serial]).toEqual(['otter1.digpit.test.', 1]);
    expect(records).toEqual([
      { id: expect.any(Number), name: '@', type: 'NS', ttl: 300, target: 'ns1.digpit.test.', content: 'ns1.digpit.test.' },
      {
        id: expect.any(Number),
        name: '@',
        type: 'SOA',
        ttl: 300,
        mname: 'ns1.digpit.test.',
        rname: 'hostmaster.digpit.test.',
        serial: 1,
        refresh: 3600,
        retry: 600,
        expire: 604800,
        minimum: 60,
        content: 'ns1.digpit.test. hostmaster.digpit.test. 1 3600 600 604800 60',
      },
    ]);
  });

  it('sorts by name from the right, the apex first, then by type', async () => {
    for (const name of ['b', 'a.c', 'c', 'A', '*', 'aa', 'a'])
      await add({ ...A, name, type: 'TXT', content: `"${name}"`, address: undefined });
    await add(A);
    await add({ name: 'a', type: 'AAAA', ttl: 60, address: '2001:db8::1' });
    const { records } = await list();
    const order = ['@ NS', '@ SOA', '* TXT', 'a AAAA', 'A TXT', 'a TXT', 'aa TXT', 'b TXT', 'c TXT', 'a.c TXT', 'www A'];
    expect(records.map(({ name, type }) => `${name} ${type}`)).toEqual(order);
  });
});

describe('POST /api/records', () => {
  it('adds a record that is answered at once, under the next serial', async () => {
    expect(await add(A)).toEqual({ id: expect.any(Number), ...A, content: '192.0.2.1' });
    expect(answer('www.', 'A')).toEqual(['www.otter1.digpit.test. 60 A 192.0.2.1']);
    expect((await list()).serial).toBe(2);
    expect(answer('', 'SOA')[0]).toContain(' 2 3600 600 ');
  });

  it.each<[object, Partial<RecordJson>]>([
    [{ type: 'AAAA', address: '2001:DB8:0::1' }, { content: '2001:db8::1' }],
    [
      { type: 'mx', preference: '10', exchange: 'Mail.Example.com' },
      { type: 'MX', preference: 10, exchange: 'Mail.Example.com.' },
    ],
    [{ type: 'TXT', text: 'say "hi"' }, { content: '"say \\"hi\\""' }],
    [
      { type: 'MX', content: '10 mail.example.com.' },
      { preference: 10, exchange: 'mail.example.com.' },
    ],
    [
      { type: 'TYPE65280', rdata: '\\# 2 abcd' },
      { rdata: '\\# 2 abcd', content: '\\# 2 abcd' },
    ],
    [
      { type: 'TYPE1', content: '\\# 4 c0000201' },
      { type: 'A', address: '192.0.2.1' },
    ],
    [
      { type: 'A', address: ' 192.0.2.1 ', ttl: ' 60 ' },
      { address: '192.0.2.1', ttl: 60 },
    ],
    [{ type: 'A', address: '192.0.2.1', name: 'bücher' }, { name: 'xn--bcher-kva' }],
    [{ type: 'A', address: '192.0.2.1', name: 'x.otter1.digpit.test' }, { name: 'x' }],
  ])('understands %j', async (input, expected) => {
    expect(await add({ name: 'x', ttl: 60, ...input })).toMatchObject(expected);
  });

  it.each<[object, string, string]>([
    [{ ...A, address: '2001:db8::1' }, 'address', 'IPv6 addresses go into AAAA'],
    [{ ...A, ttl: -1 }, 'ttl', 'whole number'],
    [{ ...A, ttl: 2 ** 31 }, 'ttl', 'RFC 2181 §8'],
    [{ ...A, name: 'x'.repeat(64) }, 'name', '63'],
    [{ ...A, name: 'www.example.com.' }, 'name', 'otter1.digpit.test.'],
    [{ ...A, type: 'OPT' }, 'type', 'OPT'],
    [{ ...A, type: 'BANANA' }, 'type', 'BANANA'],
    [{ name: '@', type: 'SOA', ttl: 60, content: 'a. b. 1 2 3 4 5' }, 'type', 'exactly one'],
    [{ ...A, address: ['192.0.2.1'] }, 'address', 'must be text or a number'],
    [{ ...A, name: { toString: 'x' } }, 'name', 'must be text or a number'],
    [{ ...A, colour: 'red' }, 'colour', '“colour” is no member'],
    [{ ...A, id: 5 }, 'id', '“id” is no member'],
    [{ ...A, target: 'example.com.' }, 'target', '“target” is no member'],
    [{ ...A, content: '192.0.2.1' }, 'address', 'not both'],
    [{ name: 'www', type: 'A', ttl: 60, content: 5 }, 'content', 'content must be text.'],
  ])('refuses %j in a sentence at the field', async (input, field, words) => {
    const [status, error] = await refusal('POST', '', input);
    expect([status, error.field]).toEqual([422, field]);
    expect(error.message).toContain(words);
    expect(error.faults).toEqual([expect.objectContaining({ field, code: error.code, message: error.message })]);
  });

  it('lists all faults when there are several', async () => {
    const [status, error] = await refusal('POST', '', {
      name: '',
      type: 'MX',
      ttl: 'soon',
      preference: 70000,
      exchange: 'mail',
    });
    expect([status, error.code]).toEqual([422, 'invalid_record']);
    expect(error.faults!.map(({ field }) => field)).toEqual(['name', 'ttl', 'preference', 'exchange']);
    expect(error.faults!.at(-1)!.choices).toEqual(['mail.otter1.digpit.test.', 'mail.']);
  });

  it('refuses what does not go with the other records', async () => {
    await add(A);
    expect((await refusal('POST', '', A))[1]).toMatchObject({ code: 'duplicate', field: 'content' });
    const apex = { name: '@', type: 'CNAME', ttl: 60, target: 'example.com.' };
    expect((await refusal('POST', '', apex))[1].faults![0]).toMatchObject({ code: 'cname_at_apex', field: 'name' });
    const alias = { name: 'WWW', type: 'CNAME', ttl: 60, target: 'example.com.' };
    expect((await refusal('POST', '', alias))[1]).toMatchObject({ code: 'cname_and_other_data', field: 'type' });
  });

  it('gives its TTL to the RRset that it joins', async () => {
    await add(A);
    await add({ ...A, ttl: 3600, address: '192.0.2.2' });
    expect((await list()).records.filter(({ type }) => type === 'A').map(({ ttl }) => ttl)).toEqual([3600, 3600]);
    expect(answer('www.', 'A').every((line) => line.includes(' 3600 '))).toBe(true);
  });

  it('refuses one record too many', async () => {
    const small = new House({ limits: { recordsPerZone: 3 } });
    const owner = await small.visitor();
    expect((await owner.request('POST', '/api/records', A)).statusCode).toBe(201);
    const reply = await owner.request('POST', '/api/records', { ...A, name: 'more' });
    expect([reply.statusCode, reply.json<ErrorJson>().error]).toMatchObject([429, { code: 'too_many_records' }]);
    expect(reply.json<ErrorJson>().error.message).toContain('3 records');
    await small.close();
  });
});

describe('PUT /api/records/:id', () => {
  it('changes name, type and data under the same id', async () => {
    const { id } = await add(A);
    const input: RecordInput = { name: 'mail', type: 'MX', ttl: 90, preference: 5, exchange: 'mx.example.com.' };
    const reply = await visitor.request('PUT', `/api/records/${id}`, input);
    expect([reply.statusCode, reply.json()]).toEqual([200, { id, ...input, content: '5 mx.example.com.' }]);
    expect(answer('www.', 'A')).toEqual([]);
    expect(answer('mail.', 'MX')).toEqual(['mail.otter1.digpit.test. 90 MX 5 mx.example.com.']);
  });

  it('does not take the record itself for its own duplicate or neighbour', async () => {
    const { id } = await add(A);
    for (const input of [A, { ...A, ttl: 61 }, { name: 'www', type: 'CNAME', ttl: 60, target: 'example.com.' }]) {
      expect((await visitor.request('PUT', `/api/records/${id}`, input)).statusCode).toBe(200);
    }
  });

  it('refuses what adding would refuse', async () => {
    const { id } = await add(A);
    await add({ ...A, address: '192.0.2.2' });
    expect(await refusal('PUT', `/${id}`, { ...A, address: '192.0.2.2' })).toMatchObject([422, { code: 'duplicate' }]);
    expect(await refusal('PUT', `/${id}`, { ...A, address: 'x' })).toMatchObject([422, { field: 'address' }]);
    expect(
      await refusal('PUT', `/${id}`, { ...A, name: '@', type: 'SOA', content: 'a. b. 1 2 3 4 5', address: undefined }),
    ).toMatchObject([422, { code: 'second_soa' }]);
  });

  it('takes the serial that a person writes when it is an increase, and counts on when not', async () => {
    const { id, content } = await find('SOA');
    const put = (serial: number) =>
      visitor.request('PUT', `/api/records/${id}`, {
        name: '@',
        type: 'SOA',
        ttl: 300,
        content: content.replace(' 1 ', ` ${serial} `),
      });
    expect((await put(2030010101)).json<RecordJson>()['serial']).toBe(2030010101);
    expect((await put(7)).json<RecordJson>()['serial']).toBe(2030010102);
  });

  it('keeps the SOA where and what it is, and the last NS of the apex too', async () => {
    const soa = await find('SOA');
    const { content, ttl } = soa;
    expect(await refusal('PUT', `/${soa.id}`, { ...A, name: '@' })).toMatchObject([422, { code: 'last_soa' }]);
    expect((await refusal('PUT', `/${soa.id}`, { name: 'sub', type: 'SOA', ttl, content }))[0]).toBe(422);
    const ns = await find('NS');
    expect(await refusal('PUT', `/${ns.id}`, { ...A, name: '@' })).toMatchObject([422, { code: 'last_ns' }]);
    expect(await refusal('PUT', `/${ns.id}`, { name: 'sub', type: 'NS', ttl, target: 'ns.example.com.' })).toMatchObject([
      422,
      { code: 'last_ns' },
    ]);
    const reply = await visitor.request('PUT', `/api/records/${ns.id}`, {
      name: '@',
      type: 'NS',
      ttl,
      target: 'ns.example.com.',
    });
    expect(reply.statusCode).toBe(200);
  });

  it.each(['0', '999', '-1', '1.5', 'x', '1%2f2', '99999999999999999999'])('knows no record %s', async (id) => {
    expect(await refusal('PUT', `/${id}`, A)).toMatchObject([404, { code: 'no_such_record' }]);
  });
});

describe('DELETE /api/records/:id', () => {
  it('takes a record away', async () => {
    const { id } = await add(A);
    const reply = await visitor.request('DELETE', `/api/records/${id}`);
    expect([reply.statusCode, reply.body]).toEqual([204, '']);
    expect(ask(house.zoneSet, `www.${visitor.zone}`, 'A').rcode).toBe('NXDOMAIN');
    expect(await refusal('DELETE', `/${id}`)).toMatchObject([404, { code: 'no_such_record' }]);
  });

  it('leaves the SOA, and one NS at the apex', async () => {
    expect(await refusal('DELETE', `/${(await find('SOA')).id}`)).toMatchObject([422, { code: 'last_soa' }]);
    const { id } = await find('NS');
    expect(await refusal('DELETE', `/${id}`)).toMatchObject([422, { code: 'last_ns' }]);
    await add({ name: '@', type: 'NS', ttl: 60, target: 'ns.example.com.' });
    expect((await visitor.request('DELETE', `/api/records/${id}`)).statusCode).toBe(204);
  });
});

describe('DELETE /api/records', () => {
  it('leaves a fresh SOA and NS, and the serial counts on', async () => {
    await add(A);
    const ns = await find('NS');
    await visitor.request('PUT', `/api/records/${ns.id}`, { name: '@', type: 'NS', ttl: 60, target: 'broken.example.' });
    expect((await visitor.request('DELETE', '/api/records')).statusCode).toBe(204);
    const { serial, records } = await list();
    expect(serial).toBe(4);
    expect(records.map(({ type, ttl, content }) => [type, ttl, content])).toEqual([
      ['NS', 300, 'ns1.digpit.test.'],
      ['SOA', 300, 'ns1.digpit.test. hostmaster.digpit.test. 4 3600 600 604800 60'],
    ]);
    expect(ask(house.zoneSet, `www.${visitor.zone}`, 'A').rcode).toBe('NXDOMAIN');
  });
});

describe('all of them', () => {
  it('need a session', async () => {
    for (const [method, url] of [
      ['GET', '/api/records'],
      ['POST', '/api/records'],
      ['PUT', '/api/records/1'],
      ['DELETE', '/api/records/1'],
      ['DELETE', '/api/records'],
    ] as const) {
      const payload = method === 'GET' || method === 'DELETE' ? {} : { payload: A };
      const reply = await house.app.inject({ method, url, ...payload });
      expect([method, reply.statusCode, reply.json<ErrorJson>().error.code]).toEqual([method, 401, 'no_session']);
    }
  });

  it('work on the own zone only: the id of another is as good as none', async () => {
    const { id } = await add(A);
    const before = await list();
    const stranger = await house.visitor();
    for (const reply of [
      await stranger.request('PUT', `/api/records/${id}`, { ...A, address: '192.0.2.66' }),
      await stranger.request('DELETE', `/api/records/${id}`),
    ]) {
      expect([reply.statusCode, reply.json<ErrorJson>().error.code]).toEqual([404, 'no_such_record']);
    }
    const intruder = { ...A, name: `evil.${visitor.zone}` };
    expect((await stranger.request('POST', '/api/records', intruder)).statusCode).toBe(422);
    await stranger.request('DELETE', '/api/records');
    expect(await list()).toEqual(before);
    expect((await list(stranger)).records.map(({ type }) => type)).toEqual(['NS', 'SOA']);
    expect(answer('www.', 'A')).toEqual(['www.otter1.digpit.test. 60 A 192.0.2.1']);
  });

  it('answer from the store: what is read back builds the zone that answers', async () => {
    await add(A);
    await add({ name: '*', type: 'TXT', ttl: 60, text: 'any' });
    const [loaded] = [...house.deps.zones.loadAll()];
    expect(loaded!.records.map(({ owner }) => owner.toRelativeText(Name.fromText(visitor.zone) as Name))).toEqual([
      '@',
      '@',
      'www',
      '*',
    ]);
    expect(answer('what.ever.', 'TXT')).toHaveLength(1);
  });
});
