import { describe, expect, it } from 'vitest';
import { ask, lines, makeZone, zoneSet } from '../support/dns.ts';

describe('RFC 9471, glue in referrals', () => {
  it('§2.1: in-domain glue of both families', () => {
    const zones = zoneSet(makeZone('example.', 'sub 60 NS ns.sub\nns.sub 60 A 192.0.2.1\nns.sub 60 AAAA 2001:db8::1'));
    expect(lines(ask(zones, 'x.sub.example.', 'A').additional)).toEqual([
      'ns.sub.example. 60 A 192.0.2.1',
      'ns.sub.example. 60 AAAA 2001:db8::1',
    ]);
  });

  it('§2.2: sibling glue, behind the in-domain glue', () => {
    const zones = zoneSet(
      makeZone('example.', 'a 60 NS ns.b\na 60 NS ns.a\nns.a 60 A 192.0.2.1\nb 60 NS ns.b\nns.b 60 A 192.0.2.2'),
    );
    expect(lines(ask(zones, 'x.a.example.', 'A').additional)).toEqual([
      'ns.a.example. 60 A 192.0.2.1',
      'ns.b.example. 60 A 192.0.2.2',
    ]);
  });

  it('§3.1: TC when in-domain glue does not fit', () => {
    const many = Array.from({ length: 40 }, (_, i) => `sub 60 NS n${i}.sub\nn${i}.sub 60 A 192.0.2.${i}`).join('\n');
    const zones = zoneSet(makeZone('example.', many));
    expect(ask(zones, 'x.sub.example.', 'A').flags).toContain('TC');
    const whole = ask(zones, 'x.sub.example.', 'A', { transport: 'tcp' });
    expect([whole.flags.includes('TC'), whole.additional.length]).toEqual([false, 40]);
  });

  it('§3.2: no TC when only sibling glue does not fit', () => {
    const many = Array.from({ length: 20 }, (_, i) => `a 60 NS n${i}.b\nn${i}.b 60 A 192.0.2.${i}`).join('\n');
    const zones = zoneSet(makeZone('example.', `${many}\nb 60 NS n0.b`));
    const answer = ask(zones, 'x.a.example.', 'A');
    expect(answer.authority).toHaveLength(20);
    expect(answer.flags).not.toContain('TC');
    expect(answer.additional.length).toBeGreaterThan(0);
    expect(answer.additional.length).toBeLessThan(20);
  });
});
