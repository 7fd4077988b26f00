import { describe, expect, it } from 'vitest';
import { SourceQuota } from './source-quota.ts';

const HOUR = 60 * 60 * 1000;

describe('SourceQuota', () => {
  it('lets so many through at once, then says how long to wait', () => {
    const quota = new SourceQuota(3);
    expect([0, 0, 0, 0].map((now) => quota.take('192.0.2.1', now))).toEqual([0, 0, 0, 1200]);
    expect(quota.take('192.0.2.1', HOUR / 3 - 1)).toBe(1);
    expect(quota.take('192.0.2.1', HOUR / 3)).toBe(0);
    expect(quota.take('192.0.2.1', HOUR / 3)).toBe(1200);
  });

  it('saves up no more than an hour', () => {
    const quota = new SourceQuota(2);
    quota.take('192.0.2.1', 0);
    expect([1, 2, 3].map((n) => quota.take('192.0.2.1', 100 * HOUR + n) > 0)).toEqual([false, false, true]);
  });

  it.each([
    ['two IPv4 addresses', '192.0.2.1', '192.0.2.2', false],
    ['two addresses of one /64', '2001:db8::1', '2001:db8::ffff:1', true],
    ['two /64s', '2001:db8:0:1::1', '2001:db8:0:2::1', false],
    ['two IPv4 addresses on an IPv6 socket', '::ffff:192.0.2.1', '::ffff:192.0.2.2', false],
  ])('counts %s', (_, a, b, together) => {
    const quota = new SourceQuota(1);
    quota.take(a, 0);
    expect(quota.take(b, 0) > 0).toBe(together);
  });

  it('does not grow without end', () => {
    const quota = new SourceQuota(1);
    quota.take('192.0.2.1', 0);
    for (let i = 0; i < 10_000; i++) quota.take(`10.0.${i >> 8}.${i & 255}`, 0);
    expect(quota.take('192.0.2.1', 0)).toBe(0);
    expect(quota.take('10.0.39.15', 0)).toBeGreaterThan(0);
  });
});
