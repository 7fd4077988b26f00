import { expect, it } from 'vitest';
import { ask, lines, makeZone, zoneSet } from '../support/dns.ts';

/**
 * NSEC is one of the types that stand beside a CNAME (RFC 4035 §2.5), so a question for it is about the alias and is not led on.
 * We followed the CNAME; Knot, NSD and BIND answer that there is no such data.
 */
it('a question for NSEC at an alias is not followed', () => {
  const zones = zoneSet(makeZone('example.', 'www 60 CNAME target\n*.w 60 CNAME target\ntarget 60 A 192.0.2.1'));
  for (const qname of ['www.example.', 'x.w.example.']) {
    const answer = ask(zones, qname, 'NSEC');
    expect([answer.rcode, lines(answer.answer), answer.authority[0]?.name]).toEqual(['NOERROR', [], 'example.']);
  }
});
