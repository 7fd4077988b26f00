import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { StoredKey } from '../../server/store/keys.ts';
import type { StoredZone } from '../../server/store/zones.ts';
import { TSIG_ERROR } from '../../server/wire/codes.ts';
import { FLEET_KEY, makeUpdate, Office, type Reply } from '../support/desk.ts';
import { Name } from '../../server/wire/name.ts';
import { name } from '../support/dns.ts';

let office: Office;
let zone: StoredZone;
let key: StoredKey;

beforeEach(() => {
  office = new Office();
  zone = office.makeZone(
    'www 60 A 192.0.2.1',
    'www 60 A 192.0.2.2',
    'www 60 TXT "x"',
    'a.b 60 TXT "deep"',
    'alias 60 CNAME www',
    '* 60 TXT "wild"',
  );
  key = office.makeKey(zone);
});
afterEach(() => office.close());

/** Signs an update, sends it and gives what came back, whose signature has been checked. */
function update(
  prerequisites: readonly string[],
  updates: readonly string[],
  by = key,
  octets = makeUpdate(zone, prerequisites, updates),
): Reply {
  // Two updates of one second and one id would be one.
  octets[0] = id++ & 0xff;
  return office.send(office.sign(octets, by.tsig!), by.tsig);
}
let id = 0;

describe('RFC 2136 §3.2, prerequisites', () => {
  it.each([
    ['an RRset exists, whatever it holds', 'ANY www 0 A', 'NOERROR'],
    ['an RRset exists, and does not', 'ANY www 0 MX', 'NXRRSET'],
    ['a name is in use', 'ANY www 0 ANY', 'NOERROR'],
    ['a name is in use, and is not', 'ANY nothing 0 ANY', 'NXDOMAIN'],
    ['a name that only has names below it is not in use', 'ANY b 0 ANY', 'NXDOMAIN'],
    ['no wildcard speaks for a name', 'ANY made-up 0 TXT', 'NXRRSET'],
    ['an RRset does not exist', 'NONE www 0 MX', 'NOERROR'],
    ['an RRset does not exist, and does', 'NONE www 0 A', 'YXRRSET'],
    ['a name is not in use', 'NONE b 0 ANY', 'NOERROR'],
    ['a name is not in use, and is', 'NONE alias 0 ANY', 'YXDOMAIN'],
    ['an RRset has just this data, and has more', 'IN www 0 A 192.0.2.1', 'NXRRSET'],
    ['an RRset has just this data, names compared without case', 'IN alias 0 CNAME WWW', 'NOERROR'],
    ['a TTL that is not 0', 'ANY www 1 A', 'FORMERR'],
    ['data where the class allows none', 'NONE www 0 A 192.0.2.1', 'FORMERR'],
    ['a class that means nothing here', 'CH www 0 TXT "x"', 'FORMERR'],
    ['a name outside', 'ANY example.org. 0 A', 'NOTZONE'],
  ])('%s: %s → %s', (_, prerequisite, rcode) => {
    const serial = office.serial(zone);
    expect(update([prerequisite], ['IN new 60 A 192.0.2.9']).rcode).toBe(rcode);
    expect(office.serial(zone)).toBe(rcode === 'NOERROR' ? serial + 1 : serial);
    expect(office.contents(zone).includes('new 60 A 192.0.2.9')).toBe(rcode === 'NOERROR');
  });

  it('an RRset is compared as a set, in any order', () => {
    expect(update(['IN www 0 A 192.0.2.2', 'IN www 0 A 192.0.2.1'], []).rcode).toBe('NOERROR');
    expect(update(['IN www 0 A 192.0.2.2', 'IN www 0 A 192.0.2.3'], []).rcode).toBe('NXRRSET');
  });
});

describe('RFC 2136 §3.4, what is done', () => {
  it('records are added, and one that is there gets the new TTL with its RRset', () => {
    update([], ['IN new 60 A 192.0.2.9', 'IN www 300 A 192.0.2.1']);
    expect(office.contents(zone)).toEqual(
      expect.arrayContaining(['new 60 A 192.0.2.9', 'www 300 A 192.0.2.1', 'www 300 A 192.0.2.2']),
    );
  });

  it('one record, one RRset and one name are taken away', () => {
    update([], ['NONE www 0 A 192.0.2.2']);
    expect(office.contents(zone).filter((line) => line.startsWith('www'))).toEqual(['www 60 A 192.0.2.1', 'www 60 TXT "x"']);
    update([], ['ANY www 0 A']);
    expect(office.contents(zone).filter((line) => line.startsWith('www'))).toEqual(['www 60 TXT "x"']);
    update([], ['ANY www 0 ANY']);
    expect(office.contents(zone).filter((line) => line.startsWith('www'))).toEqual([]);
  });

  it('in their order, as one edit with one serial', () => {
    const serial = office.serial(zone);
    update([], ['ANY www 0 ANY', 'IN www 30 CNAME a.b', 'IN x 30 A 192.0.2.5', 'NONE x 0 A 192.0.2.5']);
    expect(office.contents(zone)).toEqual([
      '* 60 TXT "wild"',
      `a.b 60 TXT "deep"`,
      expect.stringMatching('alias'),
      expect.stringMatching(/^www 30 CNAME/),
    ]);
    expect(office.serial(zone)).toBe(serial + 1);
    expect(office.zones.edits.read(zone.id)[0]).toMatchObject({ kind: 'update', key: 'laptop', serial: serial + 1 });
  });

  it('an alias takes the place of another, and nothing comes to stand beside one', () => {
    update([], ['IN alias 60 CNAME a.b', 'IN alias 60 A 192.0.2.1', 'IN www 60 CNAME a.b', 'IN @ 60 CNAME www']);
    expect(office.contents(zone).filter((line) => /CNAME|^alias/.test(line))).toEqual([
      `alias 60 CNAME a.b.${zone.origin.toText()}`,
    ]);
  });

  it('what makes a zone a zone stays, RFC 2136 §3.4.2.3 and §3.4.2.4', () => {
    update([], ['ANY @ 0 ANY', 'ANY @ 0 SOA', 'ANY @ 0 NS', 'NONE @ 0 NS ns1.digpit.test.']);
    expect(office.zones.read(zone.id).filter(({ owner }) => owner.equals(zone.origin)).length).toBe(2);
    update([], ['IN @ 300 NS ns2.digpit.test.', 'NONE @ 0 NS ns1.digpit.test.']);
    const ns = office.zones.read(zone.id).filter(({ type }) => type === 2);
    expect(ns.map(({ rdata }) => Name.fromOctets(rdata).toText())).toEqual(['ns2.digpit.test.']);
  });

  it('an SOA that is newer is taken with its serial, an older one is passed over', () => {
    const soa = (serial: number) => `IN @ 300 SOA ns1.digpit.test. hostmaster.digpit.test. ${serial} 1 2 3 4`;
    update([], [soa(5000)]);
    expect(office.serial(zone)).toBe(5000);
    update([], [soa(4999)]);
    expect(office.serial(zone)).toBe(5000);
  });

  it('nothing that changes nothing has a serial, RFC 2136 §3.6', () => {
    const serial = office.serial(zone);
    expect(update([], ['IN www 60 A 192.0.2.1', 'ANY nothing 0 ANY', 'NONE www 0 A 192.0.2.77']).rcode).toBe('NOERROR');
    expect(office.serial(zone)).toBe(serial);
  });

  it.each([
    ['a name outside', ['IN example.org. 60 A 192.0.2.1'], 'NOTZONE'],
    ['a type that no zone has', ['IN www 60 ANY'], 'FORMERR'],
    ['data that is none of its type', ['IN www 60 A'], 'FORMERR'],
    ['data with a class that allows none', ['ANY www 0 A 192.0.2.1'], 'FORMERR'],
    ['a deletion with a TTL', ['NONE www 60 A 192.0.2.1'], 'FORMERR'],
    ['an unknown class', ['HS www 60 A 192.0.2.1'], 'FORMERR'],
  ])('%s undoes all the rest: %s → %s', (_, updates, rcode) => {
    const before = office.contents(zone);
    expect(update([], ['IN new 60 A 192.0.2.9', ...updates]).rcode).toBe(rcode);
    expect(office.contents(zone)).toEqual(before);
  });

  it('a zone has no room for more records than on the page', () => {
    const many = Array.from({ length: 60 }, (_, n) => `IN n${n} 60 A 192.0.2.${n}`);
    expect(update([], many).rcode).toBe('REFUSED');
    expect(office.contents(zone).length).toBe(6);
  });

  it.each([
    ['no zone at all', (octets: Uint8Array) => (octets[5] = 0)],
    ['more zones than one', (octets: Uint8Array) => (octets[5] = 2)],
    ['fewer records than it says', (octets: Uint8Array) => (octets[9] = 9)],
  ])('%s is no update', (_, spoil) => {
    const octets = makeUpdate(zone, [], ['IN new 60 A 192.0.2.9']);
    spoil(octets);
    expect(office.send({ octets, mac: new Uint8Array(0) }, null).rcode).toBe('FORMERR');
    expect(office.contents(zone).length).toBe(6);
  });
});

describe('RFC 3007, who may', () => {
  it('nobody without a signature, and the owner sees who tried', () => {
    const reply = office.send({ octets: makeUpdate(zone, [], ['ANY www 0 ANY']), mac: new Uint8Array(0) }, null);
    expect([reply.rcode, reply.tsig]).toEqual(['REFUSED', null]);
    expect(office.logged).toEqual([[zone.id, 5]]);
  });

  it('no key of another zone', () => {
    const other = office.makeKey(office.makeZone());
    expect(update([], ['ANY www 0 ANY'], other).rcode).toBe('REFUSED');
    expect(office.keys.list(other.zoneId)[0]!.refused).toMatchObject({ why: 'zone', from: '192.0.2.7' });
  });

  it('not the key of the fleet', () => {
    expect(update([], ['ANY www 0 ANY'], { ...key, tsig: FLEET_KEY }).rcode).toBe('REFUSED');
  });

  it('nobody for a name that is no zone of its own', () => {
    const deeper = { ...zone, origin: name('www', zone.origin) };
    expect(update([], [], key, makeUpdate(deeper, [], ['IN www 60 A 192.0.2.1'])).rcode).toBe('NOTAUTH');
  });

  it.each([
    ['another name', { names: ['_acme-challenge.*'] }, ['IN _acme-challenge 60 TXT "x"'], 'REFUSED'],
    ['a name of its own', { names: ['_acme-challenge.*'] }, ['IN _acme-challenge.www 60 TXT "x"'], 'NOERROR'],
    ['another type', { types: ['TXT'] }, ['IN new 60 A 192.0.2.1'], 'REFUSED'],
    ['a type of its own', { types: ['TXT'] }, ['IN new 60 TXT "x"'], 'NOERROR'],
    ['all of a name that has other types too', { types: ['TXT'] }, ['ANY www 0 ANY'], 'REFUSED'],
    ['anything from elsewhere', { networks: ['198.51.100.0/24'] }, ['IN new 60 TXT "x"'], 'REFUSED'],
    ['anything when it is for transfers', { rights: ['transfer'] as const }, ['IN new 60 TXT "x"'], 'REFUSED'],
    ['anything once it has ended', { expiresAt: 1 }, ['IN new 60 TXT "x"'], 'REFUSED'],
  ])('a limited key and %s', (_, limits, updates, rcode) => {
    const before = office.contents(zone);
    const limited = office.makeKey(zone, { label: 'limited', ...limits });
    expect(update([], updates, limited).rcode).toBe(rcode);
    expect(office.contents(zone).length).toBe(rcode === 'NOERROR' ? before.length + 1 : before.length);
    // Its owner sees that, and why.
    const { refused } = office.keys.list(zone.id).find(({ label }) => label === 'limited')!;
    expect(refused !== null).toBe(rcode === 'REFUSED');
  });

  it('a key that was not used for too long ends, and using it keeps it', () => {
    const idle = office.makeKey(zone, { label: 'idle', idleMs: 60_000 });
    for (let n = 0; n < 3; n++) {
      office.now += 50_000;
      expect(update([], [`IN n${n} 60 A 192.0.2.1`], idle).rcode).toBe('NOERROR');
    }
    office.now += 60_000;
    expect(update([], ['IN late 60 A 192.0.2.1'], idle).rcode).toBe('REFUSED');
  });

  it('a zone that is changed too often has to wait', () => {
    const busy = new Office({ maxCalls: 2 });
    const other = busy.makeZone();
    const owned = busy.makeKey(other);
    const codes = [1, 2, 3].map((n) => {
      const message = makeUpdate(other, [], [`IN n${n} 60 A 192.0.2.1`]);
      return busy.send(busy.sign(message, owned.tsig!), owned.tsig).rcode;
    });
    expect(codes).toEqual(['NOERROR', 'NOERROR', 'REFUSED']);
    busy.close();
  });

  it('a key that was revoked is unknown', () => {
    office.keys.delete(zone.id, key.id);
    const reply = update([], ['ANY www 0 ANY']);
    expect([reply.rcode, reply.tsig!.error]).toEqual(['NOTAUTH', TSIG_ERROR.BADKEY]);
  });
});
