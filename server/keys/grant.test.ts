import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { name } from '../../tests/support/dns.ts';
import { parseAddress } from '../wire/address.ts';
import { judge, judgeRecord, type Grant } from './grant.ts';
import { contains, parseNetwork } from './network.ts';
import { isPattern, matchesPattern } from './pattern.ts';

const origin = name('otter1.digpit.test.');
const ANYTHING: Grant = { rights: ['read'], names: [], types: [], networks: [], expiresAt: null, idleMs: null };
const use = { right: 'read', address: parseAddress('192.0.2.7')!, now: 1000, usedAt: 900 } as const;

describe('patterns of names', () => {
  it.each([
    ['@', '@', true],
    ['@', 'www', false],
    ['www', 'WWW', true],
    ['www', 'a.www', false],
    ['*', 'www', true],
    ['*', 'a.b.c', true],
    ['*', '@', false],
    ['*.dev', 'x.dev', true],
    ['*.dev', 'y.x.dev', true],
    ['*.dev', 'dev', false],
    ['_acme-challenge.*', '_acme-challenge.www', true],
    ['_acme-challenge.*', '_acme-challenge.a.b', true],
    ['_acme-challenge.*', '_acme-challenge', false],
    ['*.a', 'x.a.a', true],
    ['*.a.*.b', 'x.a.a.y.a.z.b', true],
    ['\\*.dev', '*.dev', true],
    ['\\*.dev', 'x.dev', false],
    ['*.dev', '*.dev', true],
    ['a\\.b', 'a\\.b', true],
    ['a\\.b', 'a.b', false],
  ])('%s and %s: %s', (pattern, owner, is) => {
    expect(matchesPattern(pattern, name(owner, origin), origin)).toBe(is);
  });

  it('mean names of the zone only', () => {
    expect(matchesPattern('*', name('www.other.test.'), origin)).toBe(false);
  });

  it('agree with the regular expression that says the same', () => {
    const label = fc.constantFrom('a', 'b');
    const patterns = fc.array(fc.oneof(label, fc.constant('*')), { minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(patterns, fc.array(label, { minLength: 1, maxLength: 8 }), (pattern, labels) => {
        const twin = new RegExp(`^${pattern.map((one) => (one === '*' ? '\\w(\\.\\w)*' : one)).join('\\.')}$`);
        const owner = name(labels.join('.'), origin);
        expect(matchesPattern(pattern.join('.'), owner, origin)).toBe(twin.test(labels.join('.')));
      }),
    );
  });

  it('cost little, however many stars they have', () => {
    const pattern = Array.from({ length: 40 }, () => '*.a').join('.');
    const owner = name(Array.from({ length: 100 }, () => 'a').join('.'), origin);
    const start = performance.now();
    for (let n = 0; n < 100; n++) matchesPattern(`${pattern}.b`, owner, origin);
    expect(performance.now() - start).toBeLessThan(5000);
  });

  it('are relative names', () => {
    expect(['@', '*', '_acme-challenge.*', '\\*.dev'].filter((text) => !isPattern(text))).toEqual([]);
    expect(['', '.', 'www.', 'a..b', 'x'.repeat(64), 'ü'].filter(isPattern)).toEqual([]);
  });
});

describe('networks', () => {
  it.each([
    ['192.0.2.0/24', '192.0.2.255', true],
    ['192.0.2.0/24', '192.0.3.0', false],
    ['192.0.2.128/25', '192.0.2.127', false],
    ['192.0.2.7', '192.0.2.7', true],
    ['0.0.0.0/0', '203.0.113.1', true],
    ['0.0.0.0/0', '2001:db8::1', false],
    ['2001:db8::/33', '2001:db8:7fff::1', true],
    ['2001:db8::/33', '2001:db8:8000::1', false],
    ['192.0.2.0/24', '::ffff:192.0.2.1', true],
  ])('%s and %s: %s', (network, address, is) => {
    expect(contains(parseNetwork(network)!, parseAddress(address)!)).toBe(is);
  });

  it('are nothing else', () => {
    for (const text of ['', '192.0.2.0/33', '192.0.2.0/', '192.0.2/24', '192.0.2.0/24/1', '::/129', 'x/8']) {
      expect(parseNetwork(text), text).toBe(null);
    }
  });
});

describe('what a key may', () => {
  it.each([
    ['anything that it is for', {}, null],
    ['nothing else', { rights: ['write'] }, 'right'],
    ['nothing from elsewhere', { networks: ['198.51.100.0/24', '2001:db8::/32'] }, 'network'],
    ['something from its own networks', { networks: ['198.51.100.0/24', '192.0.2.0/29'] }, null],
    ['nothing once it has ended', { expiresAt: 1000 }, 'expired'],
    ['nothing when it was not used for long', { idleMs: 100 }, 'idle'],
    ['something when it was used just now', { idleMs: 101, expiresAt: 1001 }, null],
  ] as const)('%s', (_, limits, refused) => {
    expect(judge({ ...ANYTHING, ...limits }, use)).toBe(refused);
  });

  it('touches records of its names and its types only', () => {
    const grant: Grant = { ...ANYTHING, names: ['@', '_acme-challenge.*'], types: ['TXT', 'TYPE65280'] };
    const owner = name('_acme-challenge.www', origin);
    expect([judgeRecord(grant, owner, 16, origin), judgeRecord(grant, owner, 65280, origin)]).toEqual([null, null]);
    expect(judgeRecord(grant, owner, 1, origin)).toBe('type');
    expect(judgeRecord(grant, name('www', origin), 16, origin)).toBe('name');
  });
});
