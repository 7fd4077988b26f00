import { afterAll, describe, expect, it } from 'vitest';
import { decodeMessage } from '../../server/wire/message.ts';
import { lines, makeQuery, makeZone, type Ask } from '../support/dns.ts';
import { House } from '../support/http.ts';

const house = new House();
house.zoneSet.set(makeZone('example.', 'www 300 A 192.0.2.1\nwww 300 AAAA 2001:db8::1\nalias 30 CNAME www\nsub 70 NS ns.sub'));
house.zoneSet.set(makeZone('example.com.', 'www 3709 AAAA 2001:db8:abcd:12:1:2:3:4'));
afterAll(() => house.close());

const TYPE = 'application/dns-message';
const get = (query: Uint8Array | string) => {
  const dns = typeof query === 'string' ? query : Buffer.from(query).toString('base64url');
  return house.app.inject({ url: `/dns-query?dns=${dns}`, headers: { accept: TYPE } });
};
const post = (query: Uint8Array, type = TYPE) =>
  house.app.inject({ method: 'POST', url: '/dns-query', headers: { 'content-type': type }, payload: Buffer.from(query) });
const read = (reply: { rawPayload: Buffer }) => decodeMessage(reply.rawPayload);
const ask = (qname: string, qtype: string, options: Ask = {}) => get(makeQuery(qname, qtype, options));

describe('RFC 8484 §4.1, requests', () => {
  it('§4.1.1: the GET of the document is answered', async () => {
    const reply = await get('AAABAAABAAAAAAAAA3d3dwdleGFtcGxlA2NvbQAAAQAB');
    expect([reply.statusCode, reply.headers['content-type']]).toEqual([200, TYPE]);
    expect(read(reply).question).toEqual([{ name: 'www.example.com.', type: 'A', class: 'IN' }]);
  });

  it('§4.1.1: the POST of the document is answered in the same octets', async () => {
    const octets = Buffer.from('00000100000100000000000003777777076578616d706c6503636f6d0000010001', 'hex');
    const reply = await post(octets);
    expect([reply.statusCode, reply.headers['content-type']]).toEqual([200, TYPE]);
    expect(reply.rawPayload).toEqual((await get(octets)).rawPayload);
  });

  it('§4.1.1: the long name of the document, which needs - and _ of base64url', async () => {
    const reply = await get(
      'AAABAAABAAAAAAAAAWE-NjJjaGFyYWN0ZXJsYWJlbC1tYWtlcy1iYXNlNjR1cmwtZGlzdGluY3QtZnJvbS1zdGFuZGFyZC1iYXNlNjQHZXhhbXBsZQNjb20AAAEAAQ',
    );
    const label = '62characterlabel-makes-base64url-distinct-from-standard-base64';
    expect([read(reply).rcode, read(reply).question[0]!.name]).toEqual(['NXDOMAIN', `a.${label}.example.com.`]);
  });

  it('§4.2.2: the answer of the document', async () => {
    const query = Buffer.from('00000100000100000000000003777777076578616d706c6503636f6d00001c0001', 'hex');
    const reply = await post(query);
    expect(lines(read(reply).answer)).toEqual(['www.example.com. 3709 AAAA 2001:db8:abcd:12:1:2:3:4']);
    expect(reply.headers['cache-control']).toBe('max-age=3709');
    // But for RA, which a resolver sets, and AA, which we do, they are the octets of the document.
    expect(reply.rawPayload.toString('hex')).toBe(
      '00008500000100010000000003777777076578616d706c6503636f6d00001c0001c00c001c000100000e7d001020010db8abcd00120001000200030004',
    );
  });

  it('other forms of GET are refused with the parameter that is wrong', async () => {
    for (const url of ['/dns-query', '/dns-query?dns=', '/dns-query?dns=AAAB%2B', '/dns-query?dns=AAA=', '/dns-query?dns=A']) {
      const reply = await house.app.inject({ url });
      expect([url, reply.statusCode, reply.json().error.field]).toEqual([url, 400, 'dns']);
    }
  });

  it('§4.1: another media type gets 415, another method 405, a body longer than a message 413', async () => {
    const query = makeQuery('www.example.', 'A');
    expect((await post(query, 'application/json')).statusCode).toBe(415);
    expect((await house.app.inject({ method: 'POST', url: '/dns-query' })).statusCode).toBe(415);
    expect((await house.app.inject({ method: 'DELETE', url: '/dns-query' })).statusCode).toBe(405);
    expect((await post(new Uint8Array(65_536))).statusCode).toBe(413);
  });
});

describe('RFC 8484 §4.2, responses', () => {
  it('§4.2.1: whatever the RCODE, the status is 200', async () => {
    for (const [qname, rcode] of [
      ['nothing.example.', 'NXDOMAIN'],
      ['elsewhere.test.', 'REFUSED'],
    ] as const) {
      const reply = await ask(qname, 'A');
      expect([reply.statusCode, read(reply).rcode]).toEqual([200, rcode]);
    }
    const broken = await post(makeQuery('www.example.', 'A').slice(0, 20));
    expect([broken.statusCode, read(broken).rcode]).toEqual([200, 'FORMERR']);
  });

  it('what is no query at all gets 400', async () => {
    for (const octets of [new Uint8Array(11), makeQuery('www.example.', 'A', { flags: 0x8000 })]) {
      const reply = await post(octets);
      expect([reply.statusCode, reply.json().error.code]).toEqual([400, 'bad_dns_message']);
    }
  });

  it('§5.1: may be kept as long as the shortest of its records, a negative one as RFC 2308 says', async () => {
    const cacheControl = async (qname: string, qtype: string) => (await ask(qname, qtype)).headers['cache-control'];
    expect(await cacheControl('www.example.', 'A')).toBe('max-age=300');
    expect(await cacheControl('alias.example.', 'A')).toBe('max-age=30');
    expect(await cacheControl('alias.example.', 'MX')).toBe('max-age=30');
    expect(await cacheControl('x.sub.example.', 'A')).toBe('max-age=70');
    const { ttl } = read(await ask('nothing.example.', 'A')).authority[0]!;
    expect(await cacheControl('nothing.example.', 'A')).toBe(`max-age=${ttl}`);
    expect(await cacheControl('elsewhere.test.', 'A')).toBe('no-store');
  });

  it('may be read by pages of any site, also where it is refused', async () => {
    const query = makeQuery('www.example.', 'A');
    for (const reply of [await get(query), await post(query), await get('-'), await post(query, 'text/plain')])
      expect(reply.headers['access-control-allow-origin']).toBe('*');
    const preflight = await house.app.inject({
      method: 'OPTIONS',
      url: '/dns-query',
      headers: { origin: 'https://elsewhere.example', 'access-control-request-method': 'POST' },
    });
    expect([preflight.statusCode, preflight.headers['access-control-allow-headers']]).toEqual([204, 'Content-Type']);
  });

  it('§6: is whole, however small the client says its UDP is', async () => {
    const { zoneSet } = house;
    zoneSet.set(makeZone('big.', Array.from({ length: 100 }, (_, i) => `@ 60 TXT "${i}${'x'.repeat(200)}"`).join('\n')));
    const reply = await ask('big.', 'TXT', { edns: { udpSize: 512 } });
    expect([read(reply).flags.includes('TC'), read(reply).answer.length]).toEqual([false, 100]);
  });
});
