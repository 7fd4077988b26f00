import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeMessage } from '../wire/message.ts';
import { decodeDnstap, encodeDnstap, MESSAGE_TYPE, type DnstapMessage } from './dnstap.ts';

/** The data frame of a response, from a file of `named`. */
const FROM_BIND =
  '0a0c62696e642e6578616d706c65121d42494e4420392e31382e34392d317e646562313275332d44656269616e727b08061001180122047f0000012a047f0000' +
  '0130d79802388ac60160b0e7a0d8066d1ee64d17725419a4850000010001000000010278310177016104746573740000010001c00c000100010000003c0004c0' +
  '00020900002904d000000000001c000a0018d097381456db943e010000006b0833b01a3addfa100b60777801';

const octets = (maxLength: number) => fc.uint8Array({ minLength: 1, maxLength });
const plain = (message: DnstapMessage) =>
  Object.fromEntries(Object.entries(message).map(([key, value]) => [key, value instanceof Uint8Array ? [...value] : value]));

describe('a dnstap message', () => {
  it('comes back from its octets', () => {
    const message: fc.Arbitrary<DnstapMessage> = fc.record({
      identity: octets(70),
      type: fc.constantFrom(...Object.values(MESSAGE_TYPE)),
      protocol: fc.integer({ min: 1, max: 7 }),
      address: fc.constantFrom(Uint8Array.of(192, 0, 2, 1), new Uint8Array(16).fill(7)),
      port: fc.integer({ min: 1, max: 65_535 }),
      queryTime: fc.integer({ min: 1, max: 2 ** 41 }),
      responseTime: fc.integer({ min: 1, max: 2 ** 41 }),
      query: octets(600),
      response: octets(600),
    });
    fc.assert(
      fc.property(message, (said) => {
        expect(plain(decodeDnstap(encodeDnstap(said, Buffer.from('test')))!)).toEqual(plain(said));
      }),
    );
  });

  it('is read as BIND 9.18 wrote it, with fields that mean nothing to us', () => {
    const said = decodeDnstap(Buffer.from(FROM_BIND, 'hex'));
    expect(said).toMatchObject({ type: MESSAGE_TYPE.CLIENT_RESPONSE, protocol: 1, port: 35_927, queryTime: 0 });
    expect(new Date(said!.responseTime).toISOString()).toBe('2026-11-26T13:27:12.390Z');
    expect([...said!.address]).toEqual([127, 0, 0, 1]);
    expect(Buffer.from(said!.identity).toString()).toBe('bind.example');
    expect(decodeMessage(said!.response).answer).toMatchObject([{ name: 'x1.w.a.test.', type: 'A', content: '192.0.2.9' }]);
  });

  it('is nothing that anything can make us throw or read beyond', () => {
    const good = Buffer.from(
      encodeDnstap(
        {
          identity: Buffer.from('ns1'),
          type: 2,
          protocol: 1,
          address: Uint8Array.of(1, 2, 3, 4),
          port: 5,
          queryTime: 1e12,
          responseTime: 1e12,
          query: new Uint8Array(30),
          response: new Uint8Array(40),
        },
        Buffer.from('test'),
      ),
    );
    fc.assert(fc.property(fc.uint8Array({ maxLength: 200 }), (garbage) => void decodeDnstap(garbage)));
    for (let end = 0; end < good.length; end++) expect(decodeDnstap(good.subarray(0, end)), `${end} octets`).toBe(null);
  });
});
