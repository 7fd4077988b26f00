import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { House, type Visitor } from '../../../tests/support/http.ts';

let house: House;
let visitor: Visitor;

beforeEach(async () => {
  house = new House();
  visitor = await house.visitor();
});
afterEach(() => house.close());

const file = (ending: string) => visitor.request('GET', `/api/queries.${ending}`);

describe('the log as CSV', () => {
  it('has a line for each query, newest first', async () => {
    house.arrive(visitor, 1200);
    const reply = await file('csv');
    expect(reply.headers['content-type']).toContain('text/csv');
    expect(reply.headers['content-disposition']).toBe(`attachment; filename="${visitor.zone}csv"`);
    const lines = reply.body.trimEnd().split('\r\n');
    expect(lines[0]).toMatch(/^id,time,name,type,class,transport,source,port,asn,/);
    expect(lines.slice(1).map((line) => Number.parseInt(line))).toEqual(Array.from({ length: 1200 }, (_, i) => 1200 - i));
  });

  it.each([
    ['=HYPERLINK', `'=HYPERLINK.`],
    ['+1', `'+1.`],
    ['-1', `'-1.`],
    ['@SUM', String.raw`\@SUM.`],
    ['a,b', '"a,b.'],
    [String.raw`\"x`, String.raw`"\""x.`],
  ])('makes no formula of a name such as %s', async (label, cell) => {
    house.arrive(visitor, 1, { qname: `${label}.${visitor.zone}` });
    expect((await file('csv')).body.split('\r\n')[1]!.split('Z,')[1]).toContain(cell);
  });
});

describe('the log as JSON', () => {
  it('has pairs of messages as RFC 8427 §4 wants them', async () => {
    house.arrive(visitor, 1, { qname: visitor.zone, qtype: 'SOA', edns: { udpSize: 1232 } });
    const [pair] = (await file('json')).json<Record<string, Record<string, unknown>>[]>();
    expect(pair!['queryMessage']).toMatchObject({
      ID: 0x1234,
      QR: 0,
      RD: 1,
      QDCOUNT: 1,
      QNAME: visitor.zone,
      QTYPE: 6,
      QTYPEname: 'SOA',
      QCLASS: 1,
      QCLASSname: 'IN',
      dateSeconds: house.now / 1000,
    });
    expect(pair!['responseMessage']).toMatchObject({
      QR: 1,
      AA: 1,
      answerRRs: [{ NAME: visitor.zone, TYPE: 6, TTL: 300, rdataSOA: expect.stringContaining('hostmaster') }],
      additionalRRs: [{ TYPEname: 'OPT' }],
    });
    const { RDLENGTH, RDATAHEX } = (pair!['responseMessage']!['answerRRs'] as { RDLENGTH: number; RDATAHEX: string }[])[0]!;
    expect(RDATAHEX).toMatch(new RegExp(`^[0-9A-F]{${RDLENGTH * 2}}$`));
  });

  it('is JSON when there is nothing, and however much there is', async () => {
    expect((await file('json')).json()).toEqual([]);
    house.arrive(visitor, 1001);
    expect((await file('json')).json()).toHaveLength(1001);
  });
});

describe('the log as pcapng', () => {
  interface Block {
    readonly type: number;
    readonly body: Buffer;
  }

  /** Blocks of the file, each with its length at both ends. */
  function blocksOf(octets: Buffer): Block[] {
    const blocks: Block[] = [];
    for (let at = 0; at < octets.length;) {
      const length = octets.readUInt32LE(at + 4);
      expect(length % 4).toBe(0);
      expect(octets.readUInt32LE(at + length - 4)).toBe(length);
      blocks.push({ type: octets.readUInt32LE(at), body: octets.subarray(at + 8, at + length - 4) });
      at += length;
    }
    return blocks;
  }

  const packetsOf = (octets: Buffer) =>
    blocksOf(octets)
      .filter(({ type }) => type === 6)
      .map(({ body }) => body.subarray(20, 20 + body.readUInt32LE(12)));

  it('has two packets for each query, oldest first, with the octets as they were', async () => {
    house.arrive(visitor, 1300);
    const octets = (await file('pcapng')).rawPayload;
    expect(
      blocksOf(octets)
        .map(({ type }) => type)
        .slice(0, 3),
    ).toEqual([0x0a0d0d0a, 1, 6]);
    const packets = packetsOf(octets);
    expect(packets).toHaveLength(2600);
    const queries = house.log.queries.flatMap(({ query, response }) => [query, response]);
    for (const [i, packet] of packets.entries()) expect(packet.subarray(28).equals(queries[i]!)).toBe(true);
  });

  it('cuts an answer over TCP to what fits into packets, one behind the other', async () => {
    await house.arriveLarge(visitor, 2);
    const packets = packetsOf((await file('pcapng')).rawPayload);
    const answers = packets.filter((packet) => packet.readUInt16BE(20) === 53);
    expect(answers).toHaveLength(4);
    expect(Buffer.concat(answers.map((packet) => packet.subarray(40))).length).toBe(
      house.log.queries.reduce((sum, { response }) => sum + 2 + response.length, 0),
    );
    const sequence = answers.map((packet) => packet.readUInt32BE(24));
    expect(sequence.slice(1)).toEqual(answers.slice(0, -1).map((packet, i) => sequence[i]! + packet.length - 40));
  });
});

describe('files', () => {
  it('hold what the filter lets through', async () => {
    house.arrive(visitor, 3);
    house.arrive(visitor, 2, { qtype: 'AAAA' });
    const reply = await visitor.request('GET', '/api/queries.csv?type=!A');
    expect(reply.body.trimEnd().split('\r\n')).toHaveLength(3);
    expect((await visitor.request('GET', '/api/queries.csv?type=x')).statusCode).toBe(400);
  });

  it('are two at a time for one subdomain, and as many again when they are done', async () => {
    house.arrive(visitor, 1200);
    const replies = await Promise.all(['csv', 'json', 'pcapng', 'csv'].map(file));
    expect(replies.map(({ statusCode }) => statusCode).sort()).toEqual([200, 200, 429, 429]);
    const refused = replies.find(({ statusCode }) => statusCode === 429)!;
    expect(refused.headers['retry-after']).toBe('5');
    expect(refused.json()).toMatchObject({ error: { code: 'too_many_exports' } });
    expect((await file('csv')).statusCode).toBe(200);
  });

  it.each(['csv', 'json', 'pcapng'])('%s is for the owner only', async (ending) => {
    expect((await house.app.inject(`/api/queries.${ending}`)).statusCode).toBe(401);
  });
});
