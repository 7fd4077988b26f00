import type { Sample } from './report.ts';

const WIDTH = 860;
const HEIGHT = 340;
const LEFT = 54;
const RIGHT = 120;
const TOP = 44;
const BOTTOM = 36;

const CURVES = [
  { of: 'group', name: 'all together', colour: '#8a8f98' },
  { of: 'restic', name: 'restic', colour: '#c98a2b' },
  { of: 'digpit', name: 'Digpit', colour: '#d1495b' },
  { of: 'powerDns', name: 'PowerDNS', colour: '#2e6f95' },
  { of: 'neighbour', name: 'neighbour', colour: '#4f9d69' },
] as const;

/** Points drawn of each curve: more than that no screen shows. */
const POINTS = 400;

/** The memory of everybody over a run as SVG, below the line that is the end of it. */
export function drawChart(samples: readonly Sample[], limit: number): string {
  const seconds = samples.at(-1)!.second;
  const most = limit * 1.05;
  const x = (second: number) => LEFT + (second / seconds) * (WIDTH - LEFT - RIGHT);
  const y = (megabytes: number) => HEIGHT - BOTTOM - (megabytes / most) * (HEIGHT - TOP - BOTTOM);
  const step = Math.ceil(samples.length / POINTS);
  const drawn = samples.filter((_, i) => i % step === 0 || i === samples.length - 1);
  const grid = [0, 100, 200, 300, 400].map(
    (value) =>
      `<line x1="${LEFT}" x2="${WIDTH - RIGHT}" y1="${y(value).toFixed(1)}" y2="${y(value).toFixed(1)}" stroke="#ddd"/>` +
      `<text x="${LEFT - 8}" y="${(y(value) + 4).toFixed(1)}" text-anchor="end">${value}</text>`,
  );
  const curves = CURVES.map(({ of, colour }) => {
    const points = drawn.map((sample) => `${x(sample.second).toFixed(1)},${y(sample[of]).toFixed(1)}`);
    return `<polyline fill="none" stroke="${colour}" stroke-width="1.5" points="${points.join(' ')}"/>`;
  });
  const names = [...CURVES]
    .sort((a, b) => samples.at(-1)![b.of] - samples.at(-1)![a.of])
    .map(({ name, colour }, i) => `<text x="${WIDTH - RIGHT + 10}" y="${TOP + 44 + i * 18}" fill="${colour}">${name}</text>`);
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" font-family="system-ui, sans-serif" font-size="12" fill="#223">`,
    '<title>Memory of Digpit and its neighbours under load, in 465 MB</title>',
    `<rect width="${WIDTH}" height="${HEIGHT}" fill="#fff"/>`,
    `<text x="12" y="24" font-size="14" font-weight="600">Megabytes over ${seconds} seconds under load</text>`,
    ...grid,
    `<line x1="${LEFT}" x2="${WIDTH - RIGHT}" y1="${y(limit).toFixed(1)}" y2="${y(limit).toFixed(1)}" stroke="#d1495b" stroke-dasharray="5 4"/>`,
    `<text x="${WIDTH - RIGHT + 10}" y="${(y(limit) + 4).toFixed(1)}" fill="#d1495b">${limit} MB</text>`,
    ...curves,
    ...names,
    '</svg>',
    '',
  ].join('\n');
}
