import { readFileSync } from 'node:fs';
import { describe as group, expect, it } from 'vitest';
import { chart } from './chart.ts';
import { describe, putInto } from './readme.ts';
import { judge } from './report.ts';

const load = { sent: 10, answered: 10, lost: 0, qps: 10, octets: 80, p50: 25, p99: 2500, p999: 3000, rcodes: {} };
const servers = ['NSD', 'Knot', 'PowerDNS', 'dnsdist → PowerDNS → dnstap', 'Digpit', 'Digpit without its log'];
const report = judge({
  machine: { date: '2026-01-01', processor: '2 × X', versions: { Node: '20' } },
  throughput: {
    rounds: Object.fromEntries(servers.map((name, i) => [name, [1000 * (i + 1), 1100 * (i + 1), 1200 * (i + 1)]])),
    answered: 12_345,
    unlogged: 6,
    stored: 12_339,
  },
  distinctRatio: { median: 0.9, min: 0.8, max: 1 },
  latency: { peers: { Knot: load }, rate: 2000, quiet: load, busy: { ...load, p99: 4000 }, edits: 3, pages: 4 },
  overload: { offered: 9000, answered: 5000, unlogged: 7, lost: 8, before: 80, after: 81, stillAnswers: true },
  memory: { atRest: 64, most: 101 },
});

group('the numbers of README.md', () => {
  it('are those of the report', () => {
    const text = describe(report);
    expect(text).toContain('| the same: × PowerDNS with its caches and no log | 1.67 | 1.67 – 1.67 |');
    expect(text).toContain('Of 12,345 queries answered in those rounds 6 went unlogged');
    expect(text).toContain('2.50 ms (each peer at half of its own: Knot 2.50 ms)');
    expect(text).toContain('64 MB at rest');
  });

  it('stand between two marks that README.md has', () => {
    const readme = readFileSync(new URL('../../../README.md', import.meta.url), 'utf8');
    const told = putInto(readme, 'new');
    expect(told).toContain('\n\nnew\n<!-- /numbers -->');
    expect(putInto(told, 'new')).toBe(told);
    expect(() => putInto('no marks', 'new')).toThrow('numbers');
  });

  it('have a chart with a row for each server', () => {
    for (const name of servers) expect(chart(report)).toContain(`>${name}</text>`);
  });
});
