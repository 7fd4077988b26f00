import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Exchange } from '../../server/answer/exchange.ts';
import { TRANSPORT } from '../../server/answer/transport.ts';
import type { StoredKey } from '../../server/store/keys.ts';
import type { StoredZone } from '../../server/store/zones.ts';
import type { TsigKey } from '../../server/tsig/signature.ts';
import { Writer } from '../../server/wire/writer.ts';
import { Zone } from '../../server/zone/zone.ts';
import { FLEET_KEY, makeUpdate, Office, type Reply } from '../support/desk.ts';
import { ask, makeQuery, makeZone, name } from '../support/dns.ts';

let office: Office;
let zone: StoredZone;
let key: StoredKey;

beforeEach(() => {
  office = new Office({ maxRecords: 5000 });
  zone = office.makeZone('www 60 A 192.0.2.1', 'a.b 60 TXT "deep"', '* 60 MX 10 www');
  key = office.makeKey(zone);
});
afterEach(() => office.close());

function transfer(
  type: 'AXFR' | 'IXFR',
  {
    serial,
    by = key.tsig!,
    origin = zone.origin.toText(),
    ...how
  }: { serial?: number; by?: TsigKey; origin?: string; transport?: 0 | 1 | 2; from?: string } = {},
): Reply {
  const query = serial === undefined ? makeQuery(origin, type) : withSerial(makeQuery(origin, type), origin, serial);
  return office.send(office.sign(query, by), by, { transport: TRANSPORT.TCP, ...how });
}

/** A question with the SOA that the client has, RFC 1995 §3. */
function withSerial(query: Uint8Array, origin: string, serial: number): Uint8Array {
  const writer = new Writer(new Uint8Array(1000));
  writer.bytes(query);
  writer.bytes(name(origin).octets);
  writer.u16(6);
  writer.u16(1);
  writer.u32(0);
  writer.u16(22);
  writer.bytes(Uint8Array.of(0, 0));
  for (const number of [serial, 0, 0, 0, 0]) writer.u32(number);
  writer.patchU16(8, 1);
  return writer.octets.slice(0, writer.position);
}

const records = ({ messages }: Reply) => messages.flatMap(({ answer }) => answer);
const brief = (reply: Reply) =>
  records(reply).map(
    ({ name: owner, type, content }) => `${owner.split('.')[0]} ${type}${type === 'SOA' ? ` ${content.split(' ')[2]}` : ''}`,
  );
const update = (...lines: string[]) => office.send(office.sign(makeUpdate(zone, [], lines), key.tsig!), key.tsig);

describe('RFC 5936, whole zones', () => {
  it('§2.2: the SOA first and last, and between them every record once', () => {
    const reply = transfer('AXFR');
    expect(brief(reply)).toEqual(['otter1 SOA 2', 'otter1 NS', 'www A', 'a TXT', '* MX', 'otter1 SOA 2']);
    expect(reply.messages.every(({ flags, rcode }) => flags.includes('AA') && rcode === 'NOERROR')).toBe(true);
    expect(reply.messages.map(({ question }) => question.length)).toEqual([1, ...reply.messages.slice(1).map(() => 0)]);
  });

  it('§2.2: in many messages, each signed on top of the one before', () => {
    for (let k = 0; k < 4; k++) update(...Array.from({ length: 500 }, (_, n) => `IN n${k}-${n} 60 TXT "${'x'.repeat(40)}"`));
    const reply = transfer('AXFR');
    expect(records(reply).length).toBe(2000 + 6);
    expect(reply.messages.length).toBeGreaterThan(5);
    expect(Math.max(...reply.octets.map(({ length }) => length))).toBeLessThan(17_000);
  });

  it('a record of any size that a zone can have', () => {
    const long = Array.from({ length: 245 }, () => `"${'x'.repeat(255)}"`).join(' ');
    office.edits.apply(
      zone,
      { kind: 'add', key: null },
      {
        insert: [
          {
            owner: zone.origin,
            type: 16,
            ttl: 1,
            rdata: new Uint8Array(62_720).fill(255).map((_, i) => (i % 256 === 0 ? 255 : 120)),
          },
        ],
      },
    );
    expect(
      records(transfer('AXFR')).find(({ type, name: owner }) => type === 'TXT' && owner === zone.origin.toText())!.content,
    ).toBe(long);
  });

  it('are refused without a signature, and the owner sees who asked', () => {
    expect(ask(office.zoneSet, zone.origin.toText(), 'AXFR', { transport: 'tcp' }).rcode).toBe('REFUSED');
  });

  it.each([
    ['a key for something else', { rights: ['update'] as const }],
    ['a key from elsewhere', { networks: ['198.51.100.0/24'] }],
  ])('are refused to %s', (_, limits) => {
    const other = office.makeKey(zone, { label: 'other', ...limits });
    expect(transfer('AXFR', { by: other.tsig! }).rcode).toBe('REFUSED');
    expect(office.keys.list(zone.id)[1]!.refused).not.toBe(null);
  });

  it('are refused to the key of another zone', () => {
    const stranger = office.makeKey(office.makeZone());
    expect(transfer('AXFR', { by: stranger.tsig! }).rcode).toBe('REFUSED');
    expect(transfer('AXFR', { by: key.tsig!, origin: 'otter2.digpit.test.' }).rcode).toBe('REFUSED');
    // Each stands in the log of the zone that was asked for.
    expect(office.logged).toEqual([
      [zone.id, 5],
      [stranger.zoneId, 5],
    ]);
  });

  it('there are only those that are zones, and not over UDP, §4.2', () => {
    expect(transfer('AXFR', { origin: `www.${zone.origin.toText()}` }).rcode).toBe('NOTAUTH');
    expect(transfer('AXFR', { origin: 'example.org.' }).rcode).toBe('NOTAUTH');
    expect(transfer('AXFR', { transport: TRANSPORT.UDP }).rcode).toBe('FORMERR');
  });

  it('of everybody go to the secondaries of the operator', () => {
    expect(transfer('AXFR', { by: FLEET_KEY }).rcode).toBe('NOERROR');
  });

  it('are counted by what became of them', () => {
    transfer('AXFR');
    transfer('IXFR', { serial: 2 });
    transfer('AXFR', { origin: 'example.org.' });
    const { octets } = office.sign(makeQuery(zone.origin.toText(), 'AXFR'), key.tsig!);
    const exchange = new Exchange();
    exchange.transport = TRANSPORT.TCP;
    const answers = office.desk.handle(octets, exchange);
    answers.next();
    answers.return(undefined);
    expect(office.transfers.counts).toEqual({
      axfr: { done: 1, refused: 1, left: 1 },
      ixfr: { done: 1, refused: 0, left: 0 },
    });
  });
});

describe('RFC 1995, what is new', () => {
  it('§2: nothing: the SOA alone', () => {
    expect(brief(transfer('IXFR', { serial: 2 }))).toEqual(['otter1 SOA 2']);
    expect(brief(transfer('IXFR', { serial: 9 }))).toEqual(['otter1 SOA 2']);
  });

  it('§4: one difference from the serial of the client to ours, however many edits lie between', () => {
    update('IN new 60 A 192.0.2.9', 'ANY a.b 0 ANY');
    update('IN newer 60 A 192.0.2.9', 'ANY new 0 ANY');
    expect(brief(transfer('IXFR', { serial: 2 }))).toEqual([
      'otter1 SOA 4',
      'otter1 SOA 2',
      'a TXT',
      'otter1 SOA 4',
      'newer A',
      'otter1 SOA 4',
    ]);
    expect(brief(transfer('IXFR', { serial: 3 }))).toEqual([
      'otter1 SOA 4',
      'otter1 SOA 3',
      'new A',
      'otter1 SOA 4',
      'newer A',
      'otter1 SOA 4',
    ]);
  });

  it('an SOA that changed is told as it was', () => {
    update('IN @ 300 SOA ns9.digpit.test. hostmaster.digpit.test. 50 1 2 3 4');
    const [now, before] = records(transfer('IXFR', { serial: 2 }));
    expect([now!.content, before!.content.split(' ').slice(0, 3)]).toEqual([
      'ns9.digpit.test. hostmaster.digpit.test. 50 1 2 3 4',
      ['ns1.digpit.test.', 'hostmaster.digpit.test.', '2'],
    ]);
  });

  it('§4: the whole zone for a serial that the history does not know', () => {
    update('IN new 60 A 192.0.2.9');
    expect(brief(transfer('IXFR', { serial: 1 }))).toEqual(brief(transfer('AXFR')));
  });

  it('applied to what the client had it gives what we have, after any row of edits', () => {
    const had = records(transfer('AXFR')).slice(0, -1);
    const edits = [
      ['IN x 60 A 192.0.2.1', 'IN x 60 A 192.0.2.2'],
      ['NONE x 0 A 192.0.2.1'],
      ['IN x 90 A 192.0.2.3'],
      ['ANY www 0 ANY', 'IN www 60 CNAME x'],
      ['IN WWW 60 CNAME x'],
      ['ANY x 0 ANY'],
    ];
    for (const lines of edits) {
      update(...lines);
      const sequence = records(transfer('IXFR', { serial: 2 }));
      const middle = sequence.findIndex((record, i) => i > 1 && record.type === 'SOA');
      const gone = new Set(sequence.slice(1, middle).map((record) => JSON.stringify(record)));
      const kept = had.filter((record) => !gone.has(JSON.stringify(record)));
      expect(kept.length).toBe(had.length - gone.size);
      const result = [...kept, ...sequence.slice(middle, -1)].map((record) => JSON.stringify(record)).sort();
      // Names are compressed whatever their case, so that one may come back in the case of another.
      expect(result.map((line) => line.toLowerCase())).toEqual(
        records(transfer('AXFR'))
          .slice(0, -1)
          .map((record) => JSON.stringify(record).toLowerCase())
          .sort(),
      );
    }
  });

  it('§5: of a zone from a file, whatever its versions differ in, the net of those between', () => {
    const serve = (serial: number, ...lines: string[]) => {
      const text = [`@ 60 SOA ns1 h ${serial} 1 2 3 4`, '@ 60 NS ns1', 'stays 60 A 192.0.2.1', ...lines].join('\n');
      office.zoneSet.set(makeZone('file.test.', text, 0));
    };
    const since = (serial: number) => brief(transfer('IXFR', { serial, origin: 'file.test.', by: FLEET_KEY }));
    serve(5, 'goes 60 A 192.0.2.1');
    serve(7, 'comes 60 A 192.0.2.1', 'visits 60 A 192.0.2.1');
    serve(7, 'comes 60 A 192.0.2.1', 'visits 60 A 192.0.2.1');
    serve(9, 'comes 90 A 192.0.2.1');
    expect(since(5)).toEqual(['file SOA 9', 'file SOA 5', 'goes A', 'file SOA 9', 'comes A', 'file SOA 9']);
    expect(since(7)).toEqual(['file SOA 9', 'file SOA 7', 'comes A', 'visits A', 'file SOA 9', 'comes A', 'file SOA 9']);
    expect(since(9)).toEqual(['file SOA 9']);
    // One that nobody knows, and all of them once the serial fell.
    expect(since(6)).toEqual(['file SOA 9', 'file NS', 'stays A', 'comes A', 'file SOA 9']);
    serve(1);
    serve(10);
    expect(since(7)).toEqual(['file SOA 10', 'file NS', 'stays A', 'file SOA 10']);
    office.zoneSet.delete(name('file.test.'));
    serve(11);
    expect(since(10)).toEqual(['file SOA 11', 'file NS', 'stays A', 'file SOA 11']);
  });

  it('§5: not more than is worth keeping', () => {
    const serve = (serial: number, count: number) => {
      const lines = Array.from({ length: count }, (_, n) => `n${n} 60 A 192.0.2.1`).join('\n');
      office.zoneSet.set(makeZone('file.test.', `@ 60 SOA ns1 h ${serial} 1 2 3 4\n${lines}`, 0));
    };
    const count = (serial: number) => brief(transfer('IXFR', { serial, origin: 'file.test.', by: FLEET_KEY })).length;
    for (let serial = 1; serial <= 22; serial++) serve(serial, serial);
    expect([count(1), count(2)]).toEqual([25, 24]);
    serve(23, 20_100);
    expect(count(22)).toBe(20_103);
  });

  it('§2: over UDP the SOA, for the client to see whether to come over TCP', () => {
    update('IN new 60 A 192.0.2.9');
    expect(brief(transfer('IXFR', { serial: 2, transport: TRANSPORT.UDP }))).toEqual(['otter1 SOA 3']);
  });
});

describe('RFC 9432, the catalog', () => {
  const origin = 'catalog.digpit.test.';
  const list = (serial?: number) =>
    transfer(serial === undefined ? 'AXFR' : 'IXFR', { by: FLEET_KEY, origin, ...(serial !== undefined && { serial }) });
  const members = (reply: Reply) =>
    records(reply)
      .filter(({ type }) => type === 'PTR')
      .map(({ content }) => content)
      .sort();
  /** What gathers for a second is published. */
  const publish = () => {
    office.now += 1000;
    vi.advanceTimersByTime(1000);
  };

  beforeEach(() => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    office.close();
    office = new Office();
    zone = office.makeZone();
    key = office.makeKey(zone);
    publish();
  });
  afterEach(() => vi.useRealTimers());

  it('§4: lists every zone, under a version', () => {
    const reply = list();
    expect(members(reply)).toEqual([zone.origin.toText()]);
    expect(records(reply).map(({ name: owner, type, content }) => [owner, type, content])).toContainEqual([
      `version.${origin}`,
      'TXT',
      '"2"',
    ]);
    expect(records(reply).find(({ type }) => type === 'NS')!.content).toBe('invalid.');
  });

  it('has a serial that is the time, for every second in which zones came or went, and for no edit', () => {
    const { serial } = office.catalog.zone;
    expect(serial).toBe(office.seconds);
    update('IN new 60 A 192.0.2.9');
    publish();
    expect(office.catalog.zone.serial).toBe(serial);
    const second = office.makeZone();
    const third = office.makeZone();
    expect(office.catalog.zone.serial).toBe(serial);
    publish();
    office.zoneSet.delete(second.origin);
    publish();
    expect(office.catalog.zone.serial).toBe(office.seconds);
    expect(members(list())).toEqual([zone.origin.toText(), third.origin.toText()]);
    // The one that came and went is not told of.
    const sequence = list(serial);
    expect(brief(sequence).filter((line) => !line.includes('SOA'))).toEqual([`z${third.id} PTR`]);
  });

  it('§4.3: a name that is given again is another member', () => {
    const before = records(list()).find(({ type }) => type === 'PTR');
    office.zoneSet.delete(zone.origin);
    office.zoneSet.set(Zone.of(77, zone.origin, office.zones.read(zone.id)));
    publish();
    const after = records(list()).find(({ type }) => type === 'PTR');
    expect([before!.name, after!.name]).toEqual([`z${zone.id}.zones.${origin}`, `z77.zones.${origin}`]);
  });

  it('tells the secondaries of the operator its SOA, which they ask for first', () => {
    const question = office.sign(makeQuery(origin, 'SOA', { edns: { udpSize: 1232 } }), FLEET_KEY);
    const [message] = office.send(question, FLEET_KEY).messages;
    expect([message!.answer.length, message!.flags, message!.edns !== undefined]).toEqual([1, ['QR', 'AA'], true]);
  });

  it('is for nobody but the secondaries of the operator, and is not answered', () => {
    expect(transfer('AXFR', { origin }).rcode).toBe('REFUSED');
    expect(ask(office.zoneSet, origin, 'SOA').rcode).toBe('REFUSED');
  });
});
