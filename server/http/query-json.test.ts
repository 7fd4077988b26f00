import { describe, expect, it } from 'vitest';
import { exchange, makeQuery, makeZone, zoneSet, type Ask } from '../../tests/support/dns.ts';
import { exampleTable } from '../../tests/support/querylog.ts';
import { LIMITED, REASON, SYNTHESIZED } from '../answer/reason.ts';
import { TRANSPORT } from '../answer/transport.ts';
import type { KnownNetworks } from '../asn/asn.ts';
import type { LoggedQuery } from '../querylog/event.ts';
import { queryToDetailJson, queryToJson } from './query-json.ts';

const ZONES = zoneSet(makeZone('otter1.digpit.test.', 'www 60 A 192.0.2.1\nwww 60 A 192.0.2.2'));

function logged(qname: string, options: Ask = {}, rest: Partial<LoggedQuery> = {}): LoggedQuery {
  const query = makeQuery(qname, 'A', options);
  const source = { address: Uint8Array.of(192, 0, 2, 53), port: 4242, asn: 64500, country: 'DE', transport: TRANSPORT.UDP };
  const why = { reason: 1, encloser: 4, took: 12 };
  return {
    id: 9,
    zone: 1,
    time: 1234.75,
    ...source,
    ...why,
    query,
    response: exchange(ZONES, query, options.transport)!,
    server: '',
    isQueryUnseen: false,
    ...rest,
  };
}

/** EDNS Client Subnet, RFC 7871 §6, as an option with its code and length. */
const subnet = (...octets: number[]) => Uint8Array.of(0, 8, 0, octets.length, ...octets);

describe('queryToJson', () => {
  it('says who asked what, and what was answered', () => {
    const query = logged('www.otter1.digpit.test.');
    expect(queryToJson(query, exampleTable)).toEqual({
      id: 9,
      time: 1234,
      qname: 'www.otter1.digpit.test.',
      qtype: 'A',
      qclass: 'IN',
      transport: 'udp',
      source: { address: '192.0.2.53', port: 4242, asn: 64500, name: 'EXAMPLE-NET', country: 'DE' },
      rcode: 'NOERROR',
      authoritative: true,
      truncated: false,
      answers: [
        { name: 'www.otter1.digpit.test.', type: 'A', class: 'IN', ttl: 60, content: '192.0.2.1' },
        { name: 'www.otter1.digpit.test.', type: 'A', class: 'IN', ttl: 60, content: '192.0.2.2' },
      ],
      heldFor: 60,
      querySize: query.query.length,
      responseSize: query.response.length,
    });
  });

  it('shows names as they were asked, harmful ones as text', () => {
    expect(queryToJson(logged('<b>.WwW\\000.otter1.digpit.test.'), exampleTable)).toMatchObject({
      qname: '<b>.WwW\\000.otter1.digpit.test.',
      rcode: 'NXDOMAIN',
      answers: [],
    });
  });

  it('keeps the number and country of then, and drops a name that is not theirs any more', () => {
    const moved = logged('www.otter1.digpit.test.', {}, { asn: 64511, country: 'AT' });
    expect(queryToJson(moved, exampleTable).source).toMatchObject({ asn: 64511, name: 'AS64511', country: 'AT' });
    const gone = logged('www.otter1.digpit.test.', {}, { address: Uint8Array.of(203, 0, 113, 1) });
    expect(queryToJson(gone, exampleTable).source).toMatchObject({ asn: 64500, name: 'AS64500', country: 'DE' });
  });

  it('knows no network when there was none, even if there is one today', () => {
    const unknown = logged('www.otter1.digpit.test.', {}, { asn: 0, country: '' });
    expect(queryToJson(unknown, exampleTable).source).toMatchObject({ asn: null, name: null, country: null });
  });

  it('shows an IPv6 source, and an IPv4 one on an IPv6 socket as IPv4', () => {
    const address = (text: number[]) =>
      queryToJson(logged('www.otter1.digpit.test.', {}, { address: Uint8Array.from(text) }), exampleTable).source.address;
    expect(address([0x20, 1, 0xd, 0xb8, ...Array.from({ length: 11 }, () => 0), 1])).toBe('2001:db8::1');
    expect(address([...Array.from({ length: 10 }, () => 0), 0xff, 0xff, 192, 0, 2, 7])).toBe('192.0.2.7');
  });

  it('says for how long the answer is kept, and what the client can do', () => {
    const edns = { udpSize: 1232, dnssecOk: true, options: Uint8Array.of(0, 10, 0, 8, 1, 2, 3, 4, 5, 6, 7, 8) };
    // Nothing is kept longer than MINIMUM says, RFC 2308 §5.
    expect(queryToJson(logged('nope.otter1.digpit.test.', { edns }), exampleTable)).toMatchObject({
      heldFor: 900,
      edns: { udpSize: 1232, dnssecOk: true, cookie: true },
    });
    expect(queryToJson(logged('www.example.'), exampleTable)).not.toHaveProperty('heldFor');
  });

  it('shows the client subnet beside the source, with its network', () => {
    const with192 = logged('www.otter1.digpit.test.', { edns: { udpSize: 1232, options: subnet(0, 1, 24, 0, 192, 0, 2) } });
    const network = { asn: 64500, name: 'EXAMPLE-NET', country: 'ZZ' };
    expect(queryToJson(with192, exampleTable).clientSubnet).toEqual({ subnet: '192.0.2.0/24', ...network });
    const with10 = logged('www.otter1.digpit.test.', { edns: { udpSize: 1232, options: subnet(0, 1, 8, 0, 10) } });
    const none = { asn: null, name: null, country: null };
    expect(queryToJson(with10, exampleTable).clientSubnet).toEqual({ subnet: '10.0.0.0/8', ...none });
  });

  it('adds what people call the networks, by the number of then', () => {
    const asked: number[] = [];
    const known: KnownNetworks = {
      find: (address, _offset, _length, asn) => {
        asked.push(asn);
        return address[3] === 53 || asn === 64500 ? { brand: 'Example DNS', kind: 'public resolver' } : undefined;
      },
    };
    const table = { ...exampleTable, known };
    const query = logged(
      'www.otter1.digpit.test.',
      { edns: { udpSize: 1232, options: subnet(0, 1, 24, 0, 192, 0, 2) } },
      { asn: 64511 },
    );
    const { source, clientSubnet } = queryToJson(query, table);
    expect(source).toMatchObject({ asn: 64511, brand: 'Example DNS', kind: 'public resolver' });
    expect(clientSubnet).toMatchObject({ asn: 64500, brand: 'Example DNS', kind: 'public resolver' });
    expect(asked).toEqual([64511, 64500]);
    const other = queryToJson(
      logged('www.otter1.digpit.test.', {}, { asn: 64511, address: Uint8Array.of(192, 0, 2, 1) }),
      table,
    );
    expect(Object.keys(other.source)).toEqual(['address', 'port', 'asn', 'name', 'country']);
  });

  it('reads octets that are no messages without falling over', () => {
    const broken = logged('www.otter1.digpit.test.', {}, { query: Uint8Array.of(1, 2, 3), response: new Uint8Array(0) });
    expect(queryToJson(broken, exampleTable)).toMatchObject({ qname: '.', qtype: '', answers: [], querySize: 3 });
    expect(queryToDetailJson(broken, exampleTable).query).toMatchObject({ octets: '010203', fault: expect.any(String) });
  });
});

describe('queryToDetailJson', () => {
  it.each([
    [REASON.EXACT, 4, { reason: 'exact', encloser: 'www.otter1.digpit.test.', wildcard: false, limited: false }],
    [REASON.NXDOMAIN | LIMITED, 3, { reason: 'nxdomain', encloser: 'otter1.digpit.test.', limited: true }],
    [REASON.CNAME | SYNTHESIZED, 4, { reason: 'cname', encloser: '*.otter1.digpit.test.', wildcard: true }],
    [REASON.NONE, 0, { reason: 'none', encloser: '' }],
    [99, 200, { reason: 'none', encloser: '' }],
    [REASON.NODATA, 200, { encloser: 'www.otter1.digpit.test.' }],
  ])('says why the answer was what it was: %i', (reason, encloser, why) => {
    const query = logged('www.otter1.digpit.test.', {}, { reason, encloser, took: 42 });
    expect(queryToDetailJson(query, exampleTable).why).toMatchObject({ ...why, took: 42 });
  });

  it('adds both messages, section by section, with EDNS and their octets', () => {
    const query = logged('nope.otter1.digpit.test.', {
      id: 7,
      edns: { udpSize: 4096, dnssecOk: true, options: subnet(0, 1, 24, 0, 192, 0, 2) },
    });
    const detail = queryToDetailJson(query, exampleTable);
    expect(detail.query).toEqual({
      octets: Buffer.from(query.query).toString('hex'),
      id: 7,
      opcode: 'QUERY',
      rcode: 'NOERROR',
      flags: ['RD'],
      question: [{ name: 'nope.otter1.digpit.test.', type: 'A', class: 'IN' }],
      answer: [],
      authority: [],
      additional: [],
      edns: {
        udpSize: 4096,
        version: 0,
        dnssecOk: true,
        options: [{ code: 8, name: expect.any(String), value: '192.0.2.0/24' }],
      },
      fields: expect.arrayContaining([
        { section: 'question', index: 0, key: 'type', start: 37, end: 39, value: 'A' },
        { section: 'edns', index: 1, key: 'address', start: 60, end: 63, value: '192.0.2.0' },
      ]),
    });
    expect(detail.response.fields.find(({ key }) => key === 'minimum')!.value).toBe('900');
    expect(detail.response).toMatchObject({ rcode: 'NXDOMAIN', authority: [{ type: 'SOA' }], edns: { version: 0 } });
  });
});
