import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { TRANSPORT } from '../../server/answer/transport.ts';
import type { StoredKey } from '../../server/store/keys.ts';
import type { StoredZone } from '../../server/store/zones.ts';
import { algorithmOf } from '../../server/tsig/algorithms.ts';
import { FUDGE } from '../../server/tsig/signature.ts';
import { TSIG_ERROR } from '../../server/wire/codes.ts';
import { makeUpdate, Office } from '../support/desk.ts';
import { makeQuery, name } from '../support/dns.ts';

let office: Office;
let zone: StoredZone;
let key: StoredKey;

beforeEach(() => {
  office = new Office();
  zone = office.makeZone('www 60 A 192.0.2.1', `big 60 TXT "${'x'.repeat(250)}" "${'y'.repeat(250)}"`);
  key = office.makeKey(zone);
});
afterEach(() => office.close());

const add = (id = 1) => makeUpdate(zone, [], ['IN new 60 A 192.0.2.9'], id);

describe('RFC 8945, faults', () => {
  it('§5.2.1: a key that nobody has gets BADKEY, unsigned', () => {
    const stranger = { ...key.tsig!, name: name('stranger.test.') };
    const reply = office.send(office.sign(add(), stranger), null);
    expect([reply.rcode, reply.tsig!.error, reply.tsig!.mac.length]).toEqual(['NOTAUTH', TSIG_ERROR.BADKEY, 0]);
    expect(reply.tsig!.keyName.toText()).toBe('stranger.test.');
  });

  it('§5.2.1: so does another algorithm than that of the key', () => {
    const other = { ...key.tsig!, algorithm: algorithmOf('hmac-sha512')! };
    expect(office.send(office.sign(add(), other), null).tsig!.error).toBe(TSIG_ERROR.BADKEY);
  });

  it('§5.2.2: a wrong MAC gets BADSIG, unsigned; the owner sees it, and nothing has changed', () => {
    const forger = { ...key.tsig!, secret: Buffer.from('guessed') };
    const reply = office.send(office.sign(add(), forger), null);
    expect([reply.rcode, reply.tsig!.error, reply.tsig!.mac.length]).toEqual(['NOTAUTH', TSIG_ERROR.BADSIG, 0]);
    expect(office.keys.list(zone.id)[0]!.refused).toEqual({ at: office.now, from: '192.0.2.7', why: 'signature' });
    expect(office.logged).toEqual([[zone.id, 9]]);
    expect(office.contents(zone).length).toBe(2);
  });

  it('§5.2.3: a clock that is wrong gets BADTIME, signed, under its own time and with ours', () => {
    const late = office.seconds - FUDGE - 1;
    const reply = office.send(office.sign(add(), key.tsig!, late), key.tsig);
    expect([reply.rcode, reply.tsig!.error, reply.tsig!.time]).toEqual(['NOTAUTH', TSIG_ERROR.BADTIME, late]);
    expect(Number(`0x${Buffer.from(reply.tsig!.other).toString('hex')}`)).toBe(office.seconds);
    expect(office.contents(zone).length).toBe(2);
  });

  it('a message that ends too early, or has something behind its signature, gets FORMERR', () => {
    const { octets, mac } = office.sign(add(), key.tsig!);
    for (const broken of [octets.slice(0, -1), Uint8Array.from([...octets, 0]), octets.slice(0, 40)]) {
      expect(office.send({ octets: broken, mac }, null).rcode).toBe('FORMERR');
    }
  });

  it('MD5 is an algorithm that nobody knows, unless the operator says otherwise', () => {
    const old = office.makeKey(zone, { label: 'old', algorithm: 'hmac-md5' });
    expect(office.send(office.sign(add(), old.tsig!), null).tsig!.error).toBe(TSIG_ERROR.BADKEY);
    const lenient = new Office({ allowsMd5: true });
    const itsZone = lenient.makeZone();
    const itsKey = lenient.makeKey(itsZone, { algorithm: 'hmac-md5' });
    expect(lenient.send(lenient.sign(makeUpdate(itsZone, [], []), itsKey.tsig!), itsKey.tsig).rcode).toBe('NOERROR');
    lenient.close();
  });
});

describe('RFC 8945 §10, replays', () => {
  const elsewhere = { from: '203.0.113.1' };

  it('a message that comes again from elsewhere is refused, and changes nothing', () => {
    const message = office.sign(add(), key.tsig!);
    office.send(message, key.tsig);
    office.send(office.sign(makeUpdate(zone, [], ['ANY new 0 ANY'], 2), key.tsig!), key.tsig);
    const serial = office.serial(zone);
    const reply = office.send(message, key.tsig, elsewhere);
    expect([reply.rcode, reply.tsig!.error, office.serial(zone)]).toEqual(['NOTAUTH', TSIG_ERROR.BADTIME, serial]);
    expect(office.keys.list(zone.id)[0]!.refused).toMatchObject({ why: 'replay', from: '203.0.113.1' });
  });

  it('who lost the answer may send the message again, gets the same answer, and has changed the zone once', () => {
    const message = office.sign(add(), key.tsig!);
    const first = office.send(message, key.tsig);
    const serial = office.serial(zone);
    expect(office.send(message, key.tsig).octets).toEqual(first.octets);
    expect(office.serial(zone)).toBe(serial);
  });

  it('when its time has passed it is too old in any case', () => {
    const message = office.sign(add(), key.tsig!);
    office.send(message, key.tsig);
    office.now += (FUDGE + 1) * 1000;
    expect(office.send(message, key.tsig).tsig!.error).toBe(TSIG_ERROR.BADTIME);
  });
});

describe('RFC 8945, questions', () => {
  it('get the answer that everybody gets, signed', () => {
    const { octets, mac } = office.sign(makeQuery(`www.${zone.origin.toText()}`, 'A', { edns: { udpSize: 1232 } }), key.tsig!);
    // As sockets give it.
    const reply = office.send({ octets: Buffer.from(octets), mac }, key.tsig);
    expect(reply.messages[0]!.answer.map(({ content }) => content)).toEqual(['192.0.2.1']);
    expect(reply.messages[0]!.flags).toContain('AA');
  });

  it('are told to come over TCP when answer and signature do not fit, with or without EDNS', () => {
    const qname = `big.${zone.origin.toText()}`;
    for (const [edns, fits] of [
      [undefined, false],
      [{ udpSize: 600 }, false],
      [{ udpSize: 1232 }, true],
    ] as const) {
      const query = makeQuery(qname, 'TXT', edns === undefined ? {} : { edns });
      const [message] = office.send(office.sign(query, key.tsig!), key.tsig).messages;
      expect([message!.flags.includes('TC'), message!.answer.length]).toEqual(fits ? [false, 1] : [true, 0]);
      expect(message!.edns === undefined).toBe(edns === undefined);
    }
    const tcp = office.send(office.sign(makeQuery(qname, 'TXT'), key.tsig!), key.tsig, { transport: TRANSPORT.TCP });
    expect(tcp.messages[0]!.answer.length).toBe(1);
  });

  it('of other kinds are not implemented, and that is signed too', () => {
    const notify = makeQuery(zone.origin.toText(), 'SOA', { flags: 0x2000 });
    expect(office.send(office.sign(notify, key.tsig!), key.tsig).rcode).toBe('NOTIMP');
  });
});
