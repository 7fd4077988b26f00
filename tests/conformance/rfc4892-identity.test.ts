import { describe, expect, it } from 'vitest';
import { ask, makeZone, zoneSet } from '../support/dns.ts';

const zones = zoneSet(makeZone('example.', 'www 60 A 192.0.2.1'));
const settings = { serverId: 'amber-1', version: 'Digpit' };
const CHAOS = 3;
const chaos = (qname: string, on: boolean) => ask(zones, qname, 'TXT', { qclass: CHAOS, ...(on && { settings }) });

describe('RFC 4892, what a server says of itself in class CHAOS', () => {
  it('§3: id.server, and the names that BIND began with, whatever their case, when they were switched on', () => {
    expect(chaos('ID.server.', true).answer[0]).toMatchObject({ class: 'CH', ttl: 0, content: '"amber-1"' });
    expect(chaos('hostname.bind.', true).answer[0]!.content).toBe('"amber-1"');
    expect(chaos('version.bind.', true).answer[0]!.content).toBe('"Digpit"');
    expect(chaos('version.server.', true).answer[0]!.content).toBe('"Digpit"');
  });

  it('§4: nothing unless the operator wants it', () => {
    for (const qname of ['id.server.', 'version.bind.', 'version.server.', 'hostname.bind.'])
      expect(chaos(qname, false).rcode).toBe('REFUSED');
  });

  it('other names, types and classes are refused', () => {
    expect(chaos('other.bind.', true).rcode).toBe('REFUSED');
    expect(ask(zones, 'id.server.', 'A', { qclass: CHAOS, settings }).rcode).toBe('REFUSED');
    expect(ask(zones, 'id.server.', 'TXT', { settings }).rcode).toBe('REFUSED');
    expect(ask(zones, 'id.server.', 'TXT', { qclass: 4, settings }).rcode).toBe('REFUSED');
  });
});
