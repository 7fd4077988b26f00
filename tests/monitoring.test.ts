import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { House } from './support/http.ts';

const read = (file: string) => readFileSync(new URL(`../docs/monitoring/${file}`, import.meta.url), 'utf8');
/** Of Prometheus itself, not of ours. */
const ITS_OWN = new Set(['up']);

/** Names of metrics in an expression: words before a selector. */
const namesIn = (text: string) => [...text.matchAll(/\b([a-z][a-z_]+)\{/g)].map(([, name]) => name!);

interface Panel {
  readonly title: string;
  readonly gridPos: { readonly x: number; readonly w: number };
  readonly targets: readonly { readonly expr: string }[];
}

it('the dashboard and the alerts ask for metrics that there are, and for all of them', async () => {
  const house = new House();
  const { body } = await house.app.inject('/metrics');
  await house.close();
  // A histogram is asked for by its buckets.
  const known = new Set(
    [...body.matchAll(/^# TYPE (\S+) (\S+)/gm)].map(([, name, type]) => `${name}${type === 'histogram' ? '_bucket' : ''}`),
  );
  const dashboard = JSON.parse(read('dashboard.json')) as { panels: Panel[] };
  const asked = dashboard.panels.flatMap(({ targets }) => targets.flatMap(({ expr }) => namesIn(expr)));
  const rules = [...read('alerts.yml').matchAll(/^ +expr: (.+)$/gm)].map(([, expr]) => expr!);
  const alerted = rules.flatMap(namesIn);
  expect([asked.length, rules.length]).toEqual([expect.any(Number), 12]);
  expect([...asked, ...alerted].filter((name) => !known.has(name) && !ITS_OWN.has(name))).toEqual([]);
  const unseen = [...known].filter((name) => !asked.includes(name) && !alerted.includes(name));
  expect(unseen).toEqual(['digpit_build_info']);
  for (const { gridPos } of dashboard.panels) expect(gridPos.x + gridPos.w).toBeLessThanOrEqual(24);
});

it('labels are of the server, never of a visitor', async () => {
  const house = new House();
  await house.visitor();
  const { body } = await house.app.inject('/metrics');
  await house.close();
  const labels = new Set([...body.matchAll(/[{,]([a-z]+)="/g)].map(([, label]) => label));
  expect([...labels].sort()).toEqual(['fault', 'feed', 'kind', 'le', 'node', 'outcome', 'proto', 'rcode', 'result', 'version']);
});
