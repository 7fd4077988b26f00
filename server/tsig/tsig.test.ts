import { describe, expect, it } from 'vitest';
import { TSIG_ERROR } from '../wire/codes.ts';
import { Writer } from '../wire/writer.ts';
import { AXFR, KNSUPDATE, NSUPDATE, SECRET } from '../../tests/support/tsig-vectors.ts';
import { makeQuery, name } from '../../tests/support/dns.ts';
import { algorithmOf, ALGORITHMS, MD5, type Algorithm } from './algorithms.ts';
import { findTsig, type TsigRecord } from './record.ts';
import { appendUnsigned, FUDGE, putTime, Signer, signatureSize, unsigned, verify, type TsigKey } from './signature.ts';

const octets = (hex: string) => Uint8Array.from(Buffer.from(hex, 'hex'));
const keyOf = (algorithm: Algorithm): TsigKey => ({ name: name('laptop.otter1.digpit.test.'), algorithm, secret: SECRET });
const sha256 = keyOf(algorithmOf('hmac-sha256')!);

function tsigOf(message: Uint8Array): TsigRecord {
  const tsig = findTsig(message);
  if (tsig === null || tsig === 'malformed') throw new Error(`${tsig}`);
  return tsig;
}

/** A message with a signature whose MAC is cut to `length`. */
function cut(message: Uint8Array, length: number): Uint8Array {
  const tsig = tsigOf(message);
  const writer = new Writer(new Uint8Array(message.length));
  const macAt = message.length - 6 - tsig.mac.length;
  writer.range(message, 0, macAt - 2);
  writer.u16(length);
  writer.range(message, macAt, macAt + length);
  writer.range(message, message.length - 6, message.length);
  const lengthAt = tsig.at + tsig.keyName.octets.length + 8;
  writer.patchU16(lengthAt, writer.position - lengthAt - 2);
  return writer.octets.slice(0, writer.position);
}

describe('signatures of others', () => {
  it.each(Object.entries(NSUPDATE))('nsupdate with %s', (text, hex) => {
    const message = octets(hex);
    const tsig = tsigOf(message);
    const key = keyOf(algorithmOf(text)!);
    expect(tsig.algorithm.equals(key.algorithm.name)).toBe(true);
    expect(verify(message, tsig, { key, now: tsig.time })).toBe(TSIG_ERROR.NONE);
    const resigned = new Signer({ ...key, name: tsig.keyName }).sign(unsigned(message, tsig), tsig.time);
    expect(Buffer.from(resigned).toString('hex')).toBe(hex);
  });

  it('knsupdate', () => {
    const message = octets(KNSUPDATE);
    expect(verify(message, tsigOf(message), { key: sha256, now: tsigOf(message).time })).toBe(TSIG_ERROR.NONE);
  });

  it('the messages of a transfer are signed as named signs them', () => {
    const question = octets(AXFR.question);
    const { mac, time } = tsigOf(question);
    expect(verify(question, tsigOf(question), { key: sha256, now: time })).toBe(TSIG_ERROR.NONE);
    const signer = new Signer(sha256, mac);
    for (const hex of AXFR.answers) {
      const message = octets(hex);
      expect(Buffer.from(signer.sign(unsigned(message, tsigOf(message)), time)).toString('hex')).toBe(hex);
    }
  });
});

describe('RFC 8945 §5.2, what is looked at', () => {
  const message = new Signer(sha256).sign(makeQuery('www.otter1.digpit.test.', 'A'), 1000);
  const judge = (signed: Uint8Array, now = 1000, key = sha256) => verify(signed, tsigOf(signed), { key, now });

  it('the MAC, over every octet of the message, whatever id a forwarder gave it', () => {
    expect(judge(message)).toBe(TSIG_ERROR.NONE);
    const other = message.slice();
    other[0] = 0xff;
    expect(judge(other)).toBe(TSIG_ERROR.NONE);
    for (let at = 2; at < message.length; at++) {
      const changed = message.slice();
      changed[at]! ^= 0x01;
      const tsig = findTsig(changed);
      if (tsig === null || tsig === 'malformed') continue;
      const named = tsig.keyName.equals(sha256.name) && tsig.algorithm.equals(sha256.algorithm.name);
      if (named) expect(verify(changed, tsig, { key: sha256, now: 1000 }), `octet ${at}`).not.toBe(TSIG_ERROR.NONE);
    }
  });

  it('another secret and another algorithm give BADSIG', () => {
    expect(judge(message, 1000, { ...sha256, secret: Buffer.from('another') })).toBe(TSIG_ERROR.BADSIG);
  });

  it('names are signed in lower case', () => {
    const shouted = new Signer({ ...sha256, name: name('LAPTOP.otter1.digpit.TEST.') }).sign(makeQuery('a.', 'A'), 1000);
    expect(judge(shouted)).toBe(TSIG_ERROR.NONE);
  });

  it('the time, once the MAC is right: as far off as both sides grant, and no further', () => {
    expect([judge(message, 1000 + FUDGE), judge(message, 1000 - FUDGE)]).toEqual([0, 0]);
    expect([judge(message, 1001 + FUDGE), judge(message, 999 - FUDGE)]).toEqual([TSIG_ERROR.BADTIME, TSIG_ERROR.BADTIME]);
    const forged = message.slice();
    forged[forged.length - 10]! ^= 1;
    expect(judge(forged, 1e6)).toBe(TSIG_ERROR.BADSIG);
  });

  it('§5.2.2.1: a MAC may be cut to half and to ten octets, and we trust sixteen or more', () => {
    expect([judge(cut(message, 16)), judge(cut(message, 15)), judge(cut(message, 32))]).toEqual([0, 'malformed', 0]);
    const sha1 = keyOf(algorithmOf('hmac-sha1')!);
    const short = new Signer(sha1).sign(makeQuery('a.', 'A'), 1000);
    expect(judge(cut(short, 10), 1000, sha1)).toBe(TSIG_ERROR.BADTRUNC);
    expect(judge(cut(short, 9), 1000, sha1)).toBe('malformed');
    expect(judge(cut(short, 10), 5000, sha1)).toBe(TSIG_ERROR.BADTIME);
  });

  it('a MAC of a whole MD5 is no cut one', () => {
    const md5 = keyOf(MD5);
    expect(judge(new Signer(md5).sign(makeQuery('a.', 'A'), 1000), 1000, md5)).toBe(TSIG_ERROR.NONE);
  });
});

describe('where a signature stands', () => {
  const query = makeQuery('a.', 'A');
  const signed = new Signer(sha256).sign(query, 1000);

  it('nowhere, in most messages', () => {
    expect(findTsig(query)).toBe(null);
  });

  it('at the very end, once, RFC 8945 §5.1', () => {
    const twice = new Signer(sha256).sign(signed, 1000);
    const behind = Uint8Array.from([...signed, 0]);
    const inAnswer = signed.slice();
    [inAnswer[7], inAnswer[11]] = [1, 0];
    expect([findTsig(twice), findTsig(behind), findTsig(inAnswer)]).toEqual(['malformed', 'malformed', 'malformed']);
  });

  it('in no message that ends too early, wherever that is', () => {
    for (let length = 0; length < signed.length; length++) expect(findTsig(signed.subarray(0, length))).toBe('malformed');
  });
});

describe('what we say', () => {
  it.each(ALGORITHMS.map((one) => [one.text, one] as const))('%s takes as much room as was said', (_, algorithm) => {
    const query = makeQuery('a.', 'A');
    const key = keyOf(algorithm);
    expect(new Signer(key).sign(query, 1).length).toBe(query.length + signatureSize(key));
    expect(new Signer(key).sign(query, 1, TSIG_ERROR.BADTIME, new Uint8Array(6)).length).toBe(
      query.length + signatureSize(key, 6),
    );
  });

  it('§5.3.2: an unknown key and a wrong MAC are answered without a MAC, under the names that were used', () => {
    const signed = new Signer(sha256).sign(makeQuery('a.', 'A'), 1000);
    const reply = tsigOf(appendUnsigned(makeQuery('a.', 'A'), tsigOf(signed), TSIG_ERROR.BADKEY));
    expect(reply).toMatchObject({ time: 1000, error: TSIG_ERROR.BADKEY, mac: new Uint8Array(0), other: new Uint8Array(0) });
    expect(reply.keyName.toText()).toBe('laptop.otter1.digpit.test.');
  });

  it('times have 48 bits', () => {
    const writer = new Writer(new Uint8Array(6));
    putTime(writer, 0x1234_5678_9abc);
    expect(Buffer.from(writer.octets).toString('hex')).toBe('123456789abc');
    expect(tsigOf(new Signer(sha256).sign(makeQuery('a.', 'A'), 2 ** 40)).time).toBe(2 ** 40);
  });
});
