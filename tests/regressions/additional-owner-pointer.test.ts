import { expect, it } from 'vitest';
import { decodeMessage } from '../../server/wire/message.ts';
import { exchange, makeZone, zoneSet } from '../support/dns.ts';

/**
 * A query whose second additional record has an owner that points forwards, at itself. It was passed over as if owners of
 * additional records did not matter, so the query was answered, and the log could not read what it had stored.
 */
const OCTETS = `0000 0120 0001 0000 0000 0001 03777777 076578616d706c65 0474657374 00 0001 0001
  c022 0002 04c0 00000000 0017 0008 0007 0001 18 00 080808 000a 0008 0102030405060708`;

it('a pointer that leads nowhere makes a query malformed wherever it stands', () => {
  const octets = new Uint8Array(Buffer.from(OCTETS.replace(/\s/g, ''), 'hex'));
  expect(decodeMessage(octets).fault).toContain('compression pointer');
  const answer = exchange(zoneSet(makeZone('example.test.', 'www 60 A 192.0.2.1')), octets)!;
  expect(decodeMessage(answer).rcode).toBe('FORMERR');
});
