import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ask, lines, name } from '../../../tests/support/dns.ts';
import { House, type Visitor } from '../../../tests/support/http.ts';
import type { EditDetailJson, ErrorJson, HistoryJson, RecordsJson, ZoneEditInput, ZoneEditJson } from '../protocol.ts';

let house: House;
let visitor: Visitor;

beforeEach(async () => {
  house = new House({ limits: { recordsPerZone: 12 } });
  visitor = await house.visitor();
});

afterEach(() => house.close());

const send = async (path: string, input?: object) => visitor.request('POST', path, input);
const records = async () => (await visitor.request('GET', '/api/records')).json<RecordsJson>();
const file = async () => (await visitor.request('GET', '/api/zone/file')).body;
const show = async () => (await records()).records.filter(({ type }) => type !== 'SOA').map(line);
const line = ({ name, ttl, type, content }: { name: string; ttl: number; type: string; content: string }) =>
  `${name} ${ttl} ${type} ${content}`;
const answer = (qname: string, qtype: string) => lines(ask(house.zoneSet, `${qname}.${visitor.zone}`, qtype).answer);

async function apply(mode: ZoneEditInput['mode'], text: string, more: Partial<ZoneEditInput> = {}): Promise<ZoneEditJson> {
  const seen = (await send('/api/zone/preview', { mode, text, ...more })).json<ZoneEditJson>();
  const before = await records();
  expect(seen.serial).toBe(before.serial);
  const reply = await send('/api/zone', { mode, text, serial: before.serial, ...more });
  expect([reply.statusCode, reply.body]).toEqual([200, expect.any(String)]);
  const done = reply.json<ZoneEditJson>();
  // The preview says what then happens.
  expect({ ...done, serial: 0 }).toEqual({ ...seen, serial: 0 });
  return done;
}

async function refuse(mode: ZoneEditInput['mode'], text: string): Promise<string[]> {
  const before = await records();
  const preview = (await send('/api/zone/preview', { mode, text })).json<ZoneEditJson>();
  const reply = await send('/api/zone', { mode, text });
  expect(reply.statusCode).toBe(422);
  const { faults } = reply.json<ErrorJson>().error;
  expect(faults).toEqual(preview.faults);
  expect(await records()).toEqual(before);
  return faults!.map((fault) => `${fault.line}:${fault.column} ${fault.field} ${fault.code}`);
}

describe('adding lines', () => {
  it('adds all of them under one serial, answered at once', async () => {
    const done = await apply('add', 'www 300 A 192.0.2.1\n    A 192.0.2.2 ; another\n@ MX 10 mail\nmail AAAA 2001:db8::1\n');
    expect(done).toMatchObject({ serial: 2, removed: [], skipped: [], faults: [] });
    expect(await show()).toEqual([
      '@ 300 MX 10 mail.otter1.digpit.test.',
      '@ 300 NS ns1.digpit.test.',
      'mail 300 AAAA 2001:db8::1',
      'www 300 A 192.0.2.1',
      'www 300 A 192.0.2.2',
    ]);
    expect(answer('www', 'A')).toHaveLength(2);
  });

  it('passes over what is there, and lets a line give its TTL to the whole RRset', async () => {
    await apply('add', 'www 60 A 192.0.2.1\nwww 60 A 192.0.2.2');
    const done = await apply('add', 'www 60 A 192.0.2.1\nwww 900 A 192.0.2.2\n@ SOA a. b. 1 2 3 4 5');
    expect(done.skipped.map(({ line, reason }) => `${line} ${reason}`)).toEqual(['1 duplicate', '3 soa']);
    expect(done.removed.map(line)).toEqual(['www 60 A 192.0.2.1', 'www 60 A 192.0.2.2']);
    expect(done.added.map(line)).toEqual(['www 900 A 192.0.2.1', 'www 900 A 192.0.2.2']);
    expect((await records()).serial).toBe(3);
  });

  it('changes nothing, not even the serial, where nothing is new', async () => {
    const done = await apply('add', '@ 300 NS ns1.digpit.test.\n; nothing more');
    expect(done).toMatchObject({ serial: 1, added: [], removed: [] });
    expect((await visitor.request('GET', '/api/history')).json()).toEqual({ edits: [] });
  });

  it('tells every fault with its line and field, and then does nothing', async () => {
    const text = 'www A 192.0.2.300\nok A 192.0.2.1\nok CNAME elsewhere.test.\nx.test. A 192.0.2.1\n@ BANANA 1\n@ MX ten mail';
    expect(await refuse('add', text)).toEqual([
      '1:7 address bad_address',
      '3:1 type cname_and_other_data',
      '4:1 name outside_zone',
      '5:3 text syntax',
      '6:6 preference not_a_number',
    ]);
  });

  it('keeps to the number of records that a zone may have', async () => {
    const many = Array.from({ length: 11 }, (_, i) => `n${i} A 192.0.2.${i}`).join('\n');
    expect(await refuse('add', many)).toEqual(['1:1 text too_many_records']);
    expect(await refuse('replace', `@ NS ns.test.\n${many}`)).toEqual(['1:1 text too_many_records']);
    expect(await refuse('add', 'a A 192.0.2.1\n'.repeat(30))).toContain('25:1 text too_many_records');
  });
});

describe('the zone as text', () => {
  it('is what it says: sent back it changes nothing', async () => {
    await apply(
      'add',
      '*.a TXT "a \\"b\\" ; c" "\\255"\nx\\.y\\000z TYPE65280 \\# 2 abcd\nwww HTTPS 1 . alpn=h2,h3\n@ CAA 0 issue "ca.test"',
    );
    const text = await file();
    expect(text).toMatch(/^\$ORIGIN otter1\.digpit\.test\.\n@ +300 IN SOA /);
    expect(await apply('replace', text)).toMatchObject({ added: [], removed: [], serial: 2 });
  });

  it('replaces everything, and keeps the ids of what stays', async () => {
    await apply('add', 'a A 192.0.2.1\nb A 192.0.2.2\nc A 192.0.2.3');
    const before = (await records()).records;
    const text = (await file()).replace(/^b .*\n/m, '').replace(/^c +\d+/m, 'c 999');
    const done = await apply('replace', `${text}d A 192.0.2.4\n`);
    expect(done.removed.map(line)).toEqual(['b 60 A 192.0.2.2', 'c 60 A 192.0.2.3']);
    expect(done.added.map(line)).toEqual(['c 999 A 192.0.2.3', 'd 999 A 192.0.2.4']);
    const after = (await records()).records;
    for (const name of ['a', 'c', '@']) {
      expect(after.find((record) => record.name === name)!.id).toBe(before.find((record) => record.name === name)!.id);
    }
    expect(answer('b', 'A')).toEqual([]);
  });

  it('may leave the SOA out, but not the NS', async () => {
    await apply('replace', '@ NS ns2.test.\nx A 192.0.2.1');
    expect(await show()).toEqual(['@ 60 NS ns2.test.', 'x 60 A 192.0.2.1']);
    expect(await refuse('replace', 'x A 192.0.2.1')).toEqual(['1:1 type last_ns']);
    expect(await refuse('replace', '')).toEqual(['1:1 type last_ns']);
  });

  it('is not applied to a zone that has changed since', async () => {
    const { serial } = await records();
    await apply('add', 'a A 192.0.2.1');
    const reply = await send('/api/zone', { mode: 'replace', text: '@ NS ns2.test.', serial });
    expect([reply.statusCode, reply.json<ErrorJson>().error.code]).toEqual([409, 'zone_changed']);
    expect(answer('a', 'A')).toHaveLength(1);
  });
});

describe('importing', () => {
  const DUG = `$ dig example.com any
; <<>> DiG 9.18.28 <<>> example.com any
;; ANSWER SECTION:
example.com.\t\t3600\tIN\tSOA\tns.icann.org. noc.dns.icann.org. 1 7200 3600 1209600 3600
example.com.\t\t3600\tIN\tNS\ta.iana-servers.net.
example.com.\t\t3600\tIN\tMX\t10 mail.example.com.
example.com.\t\t3600\tIN\tRRSIG\tA 13 2 3600 20300101000000 20290101000000 1 example.com. AAAA
WWW.example.com.\t300\tIN\tCNAME\tapp.hosting.test.
app.hosting.test.\t60\tIN\tA\t203.0.113.9

;; Query time: 12 msec
`;

  it('takes an owner that ends in a dollar sign for one, and no prompt', async () => {
    const { added } = await apply('import', 'q\\$ 60 A 192.0.2.1\n', { from: 'example.com' });
    expect(added.map(line)).toEqual(['q\\$ 60 A 192.0.2.1']);
  });

  it('moves what dig printed to this zone, and says what it leaves', async () => {
    const done = await apply('import', DUG);
    expect(done.from).toBe('example.com.');
    expect(done.added.map(line)).toEqual(['@ 3600 MX 10 mail.otter1.digpit.test.', 'WWW 300 CNAME app.hosting.test.']);
    expect(done.skipped.map(({ line, reason }) => `${line} ${reason}`)).toEqual([
      '4 soa',
      '5 apex_ns',
      '7 signature',
      '9 outside',
    ]);
    expect(answer('www', 'CNAME')).toHaveLength(1);
  });

  it('moves a zone file of another origin, its relative names too', async () => {
    const done = await apply('import', '$TTL 1h\n@ SOA ns h 1 2 3 4 5\n  MX 5 mx\nmx A 192.0.2.1', { from: 'Example.org' });
    expect(done.added.map(line)).toEqual(['@ 3600 MX 5 mx.otter1.digpit.test.', 'mx 3600 A 192.0.2.1']);
  });

  it('refuses a name that is too long here, and an origin that is none', async () => {
    const label = 'x'.repeat(60);
    const text = `${label}.${label}.${label}.${label}.e. A 192.0.2.1\ne. NS ns.test.`;
    expect(await refuse('import', text)).toEqual(['1:1 name name_too_long']);
    const reply = await send('/api/zone/preview', { mode: 'import', text: '', from: 'a..b' });
    expect([reply.statusCode, reply.json<ErrorJson>().error.field]).toEqual([400, 'from']);
  });
});

describe('the history', () => {
  const history = async () => (await visitor.request('GET', '/api/history')).json<HistoryJson>().edits;

  it('knows every edit, on whatever road it came, with what it changed', async () => {
    const { id } = (await send('/api/records', { name: 'www', type: 'A', ttl: 60, address: '192.0.2.1' })).json<{
      id: number;
    }>();
    house.now += 1000;
    await visitor.request('PUT', `/api/records/${id}`, { name: 'www', type: 'A', ttl: 60, address: '192.0.2.2' });
    await visitor.request('DELETE', `/api/records/${id}`);
    await apply('add', 'a A 192.0.2.1\nb A 192.0.2.2');
    await visitor.request('DELETE', '/api/records');
    const edits = await history();
    expect(edits.map(({ kind, serial, removed, added }) => [kind, serial, removed, added])).toEqual([
      ['clear', 6, 2, 0],
      ['paste', 5, 0, 2],
      ['delete', 4, 1, 0],
      ['change', 3, 1, 1],
      ['add', 2, 0, 1],
    ]);
    expect(edits[3]!.about).toEqual(['www A']);
    expect(edits[3]!.time - edits[4]!.time).toBe(1000);
    const detail = (await visitor.request('GET', `/api/history/${edits[3]!.id}`)).json<EditDetailJson>();
    expect([detail.removed, detail.added].map((list) => list.map(line))).toEqual([
      ['www 60 A 192.0.2.1'],
      ['www 60 A 192.0.2.2'],
    ]);
  });

  it('leads back to before any edit, in one more edit that can be undone too', async () => {
    await apply('add', 'a A 192.0.2.1');
    const before = await show();
    await apply('replace', '@ NS ns2.test.\nb A 192.0.2.2');
    await send('/api/records', { name: 'c', type: 'TXT', ttl: 60, text: 'x' });
    const [, replaced] = await history();
    const reply = await send(`/api/history/${replaced!.id}/restore`);
    expect(reply.json<ZoneEditJson>().removed.map(line)).toEqual(['@ 60 NS ns2.test.', 'b 60 A 192.0.2.2', 'c 60 TXT "x"']);
    expect(await show()).toEqual(before);
    expect((await records()).serial).toBe(5);
    expect(answer('b', 'A')).toEqual([]);
    const [restored] = await history();
    expect(restored!.kind).toBe('restore');
    await send(`/api/history/${restored!.id}/restore`);
    expect(answer('b', 'A')).toHaveLength(1);
  });

  it('is of nobody else', async () => {
    await apply('add', 'a A 192.0.2.1');
    const [edit] = await history();
    const other = await house.visitor();
    expect((await other.request('GET', `/api/history/${edit!.id}`)).statusCode).toBe(404);
    for (const id of [edit!.id, 999, 'x']) {
      const reply = await other.request('POST', `/api/history/${id}/restore`);
      expect([reply.statusCode, reply.json<ErrorJson>().error.code]).toEqual([404, 'no_such_edit']);
    }
    expect(house.zoneSet.closest(name(visitor.zone))!.serial).toBe(2);
  });
});

it.each([
  ['GET', '/api/zone/file'],
  ['POST', '/api/zone'],
  ['POST', '/api/zone/preview'],
  ['GET', '/api/history'],
  ['GET', '/api/history/1'],
  ['POST', '/api/history/1/restore'],
] as const)('%s %s needs a session', async (method, url) => {
  expect((await house.app.inject({ method, url, ...(method === 'POST' && { payload: {} }) })).statusCode).toBe(401);
});

it.each([[{}], [{ mode: 'eat', text: '' }], [{ mode: 'add', text: 5 }], [{ mode: 'add', text: '', serial: 'x' }], [[]]])(
  '%j is no edit',
  async (input) => {
    expect((await send('/api/zone', input)).statusCode).toBe(400);
  },
);

it('a text may have 256 KiB', async () => {
  expect((await send('/api/zone/preview', { mode: 'add', text: ';'.repeat(250_000) })).statusCode).toBe(200);
  expect((await send('/api/zone/preview', { mode: 'add', text: ';'.repeat(300_000) })).statusCode).toBe(413);
});
