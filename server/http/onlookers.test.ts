import { beforeEach, expect, it } from 'vitest';
import { Refusal } from './errors.ts';
import { Onlookers } from './onlookers.ts';

let onlookers: Onlookers;
beforeEach(() => {
  onlookers = new Onlookers({ viewers: 5, viewersPerZone: 2, viewersPerAddress: 3 });
});

const isFull = (zoneId: number, address: string): boolean => {
  try {
    onlookers.checkRoom(zoneId, address);
    return false;
  } catch (error) {
    expect(error).toBeInstanceOf(Refusal);
    const { status, headers } = error as Refusal;
    expect([status, headers['retry-after']]).toEqual([429, '25']);
    return true;
  }
};

it('has room for so many at a zone', () => {
  const leave = onlookers.enter(1, '192.0.2.1');
  onlookers.enter(1, '192.0.2.2');
  expect([isFull(1, '192.0.2.3'), isFull(2, '192.0.2.3')]).toEqual([true, false]);
  leave();
  expect(isFull(1, '192.0.2.3')).toBe(false);
});

it('has room for so many from an address, which is a whole /64 with IPv6', () => {
  const leaves = [1, 2, 3].map((zone) => onlookers.enter(zone, `2001:db8::${zone}`));
  expect([isFull(4, '2001:db8::9'), isFull(4, '2001:db8:0:1::9')]).toEqual([true, false]);
  leaves[0]!();
  expect(isFull(4, '2001:db8::9')).toBe(false);
});

it('has room for so many in all, and counts nobody out twice', () => {
  const leaves = [1, 2, 3, 4, 5].map((n) => onlookers.enter(n, `192.0.2.${n}`));
  expect(isFull(6, '192.0.2.6')).toBe(true);
  leaves[0]!();
  leaves[0]!();
  expect(isFull(6, '192.0.2.6')).toBe(false);
  onlookers.enter(6, '192.0.2.6');
  expect(isFull(7, '192.0.2.7')).toBe(true);
});
