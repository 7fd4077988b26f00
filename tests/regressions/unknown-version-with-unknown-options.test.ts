import { expect, it } from 'vitest';
import { ask, makeZone, zoneSet } from '../support/dns.ts';

/** RFC 6891 §6.1.3 wants BADVERS for any other version; we read its options as those of version 0 and said FORMERR instead. */
it('an OPT of another version gets BADVERS whatever stands in it', () => {
  const options = Uint8Array.of(0, 10, 0, 99, 1);
  const answer = ask(zoneSet(makeZone('example.', '')), 'example.', 'SOA', { edns: { udpSize: 1232, version: 1, options } });
  expect([answer.rcode, answer.edns?.version]).toEqual(['BADVERS', 0]);
});
