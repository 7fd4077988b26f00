import { describe, expect, it } from 'vitest';
import { ask, makeZone, zoneSet } from '../../tests/support/dns.ts';

const zones = zoneSet(makeZone('example.', 'www 60 A 192.0.2.1\nwww 60 A 192.0.2.2'));

describe('the order of an RRset', () => {
  it('is that of the zone, or rotates when the operator wants that', () => {
    const order = (rotate: boolean) =>
      ask(zones, 'www.example.', 'A', { settings: { rotate } }).answer.map(({ content }) => content);
    expect(order(false)).toEqual(['192.0.2.1', '192.0.2.2']);
    expect(order(true)).toEqual(['192.0.2.2', '192.0.2.1']);
  });
});
