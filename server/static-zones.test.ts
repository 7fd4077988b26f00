import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ask, lines, makeZone, name, zoneSet } from '../tests/support/dns.ts';
import { makeLogger } from './logger.ts';
import { makeBaseZone, readZoneFiles, StaticZones } from './static-zones.ts';

const base = (nameservers: string[], nsAddresses: string[]) =>
  zoneSet(
    makeBaseZone({
      baseDomain: name('d.test.'),
      nameservers: nameservers.map((text) => name(text)),
      nsAddresses,
      hostmaster: name('h.d.test.'),
      serial: 1,
    }),
  );

describe('the base zone', () => {
  const addresses = (set: ReturnType<typeof base>, qname: string) =>
    [...ask(set, qname, 'A').answer, ...ask(set, qname, 'AAAA').answer].map(({ content }) => content);

  it('gives one name server all addresses', () => {
    expect(addresses(base(['ns1.d.test.'], ['192.0.2.1', '192.0.2.2', '2001:db8::1']), 'ns1.d.test.')).toEqual([
      '192.0.2.1',
      '192.0.2.2',
      '2001:db8::1',
    ]);
  });

  it('deals them out among several, each name having one and each address being used', () => {
    const two = base(['ns1.d.test.', 'ns2.d.test.'], ['192.0.2.1', '192.0.2.2', '2001:db8::1']);
    expect(addresses(two, 'ns1.d.test.')).toEqual(['192.0.2.1', '2001:db8::1']);
    expect(addresses(two, 'ns2.d.test.')).toEqual(['192.0.2.2', '2001:db8::1']);
  });

  it('has none for name servers elsewhere, and nothing but SOA and NS then', () => {
    const set = base(['ns.elsewhere.test.'], ['192.0.2.1']);
    expect(lines(ask(set, 'd.test.', 'NS').answer)).toEqual(['d.test. 300 NS ns.elsewhere.test.']);
    expect(ask(set, 'ns1.d.test.', 'A').rcode).toBe('NXDOMAIN');
  });
});

describe('a folder of zone files', () => {
  let dir: string;
  beforeEach(() => {
    dir = mkdtempSync(join(tmpdir(), 'digpit-zones-'));
  });
  afterEach(() => rmSync(dir, { recursive: true }));
  const SOA = '@ 60 SOA ns h 1 2 3 4 5\n@ 60 NS ns\n';

  it('is read file by file; what is wrong is told with file, line and column', () => {
    writeFileSync(join(dir, 'a.test.zone'), SOA);
    writeFileSync(join(dir, 'b.test.zone'), `${SOA}x 60 A y\n`);
    writeFileSync(join(dir, 'c..test.zone'), SOA);
    writeFileSync(join(dir, 'notes.txt'), 'not a zone');
    const { zones, refused, faults } = readZoneFiles(dir);
    expect(zones.map(({ origin }) => origin.toText())).toEqual(['a.test.']);
    expect(refused.map((origin) => origin.toText())).toEqual(['b.test.']);
    expect(faults[0]).toContain(`${join(dir, 'b.test.zone')}:3:8: `);
    expect(faults[1]).toContain('c..test.zone: the name of the file');
    expect(readZoneFiles(join(dir, 'nowhere')).faults[0]).toContain('DIGPIT_ZONES_DIR cannot be read');
  });

  it('refuses a file that is not UTF-8 where it is not, and passes over the mark that some editors put in front of one that is', () => {
    writeFileSync(join(dir, 'latin.test.zone'), Buffer.from(`${SOA}x 60 TXT "caf\xe9"\n`, 'latin1'));
    writeFileSync(join(dir, 'mark.test.zone'), `\ufeff${SOA}`);
    const { zones, faults } = readZoneFiles(dir);
    expect(zones.map(({ origin }) => origin.toText())).toContain('mark.test.');
    expect(faults.filter((fault) => fault.includes('latin'))).toEqual([
      `${join(dir, 'latin.test.zone')}:3:14: an octet that is not UTF-8; save the file as UTF-8, or write the octet as \\DDD`,
    ]);
    for (const file of ['latin.test.zone', 'mark.test.zone']) rmSync(join(dir, file));
  });

  it('never takes the place of a visitor’s zone, may replace the base zone, and gives it back when the file goes', () => {
    const visitor = makeZone('otter1.d.test.', 'www 60 A 192.0.2.1', 7);
    const zones = zoneSet(visitor);
    const baseZone = makeZone('d.test.', 'old 60 A 192.0.2.1', 0);
    writeFileSync(join(dir, 'otter1.d.test.zone'), SOA);
    writeFileSync(join(dir, 'd.test.zone'), `${SOA}new 60 A 192.0.2.2\n`);
    const statics = new StaticZones(zones, baseZone, dir, makeLogger('silent'));
    expect(zones.closest(visitor.origin)).toBe(visitor);
    expect(ask(zones, 'new.d.test.', 'A').answer).toHaveLength(1);
    rmSync(join(dir, 'd.test.zone'));
    rmSync(join(dir, 'otter1.d.test.zone'));
    statics.reload();
    expect(zones.closest(visitor.origin)).toBe(visitor);
    expect(ask(zones, 'old.d.test.', 'A').answer).toHaveLength(1);
  });
});
