import { expect, it } from 'vitest';
import { judge, type Soak } from './report.ts';

/** A run of ten minutes that kept to everything; `digpit` gives its megabytes by the second. */
function soakOf(changes: Partial<Soak>, digpit: (second: number) => number = () => 120): Soak {
  const other = { powerDns: 100, neighbour: 40, restic: 0, group: 400 };
  return {
    samples: Array.from({ length: 601 }, (_, second) => ({ second, digpit: digpit(second), ...other })),
    slices: [
      { kind: 'steady', asked: 25_000, answered: 25_000, p99: 1, powerDnsP99: 2 },
      { kind: 'flood', asked: 300_000, answered: 300_000, p99: 40, powerDnsP99: 50 },
    ],
    kills: 0,
    gone: [],
    accounts: 2000,
    refusal: '429, come back tomorrow',
    refused: 100,
    backups: 40,
    tables: 4,
    edits: 9000,
    ...changes,
  };
}

it('is content with a run that kept to everything', () => {
  expect(judge(soakOf({})).failures).toEqual([]);
});

it('finds growth once no more accounts are made, and not before', () => {
  const grown = judge(soakOf({}, (second) => 100 + second / 30)).failures;
  expect(grown).toEqual(['Digpit grew by 15.0 MB at least from second 150 on']);
  const whileMade = (second: number) => 60 + Math.min(second, 300) / 5;
  expect(judge(soakOf({ refused: 300 }, whileMade)).failures).toEqual([]);
  expect(judge(soakOf({}, whileMade)).failures).toHaveLength(1);
});

it('measures times by those of PowerDNS where the machine is slow', () => {
  const slow = (p99: number, powerDnsP99: number) =>
    judge(soakOf({ slices: [{ kind: 'steady', asked: 1, answered: 1, p99, powerDnsP99 }] })).failures;
  expect(slow(12, 10)).toEqual([]);
  expect(slow(12, 2)).toEqual(['99 of 100 answers took up to 12.0 ms outside floods, and 2.0 ms at PowerDNS; 5 are the most']);
});

it('names who was killed or ended, and memory beyond the most', () => {
  const { failures } = judge(soakOf({ kills: 1, gone: ['PowerDNS'], backups: 0 }, () => 131));
  expect(failures).toEqual([
    '1 processes were killed for want of memory',
    'PowerDNS ended',
    'Digpit took 131 MB; 130 are the most',
    'no backup was made',
  ]);
});
