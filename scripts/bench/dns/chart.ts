/** A chart of a report as SVG: answers per second of each server, round by round, on one scale. */
import { spreadOf } from './measure.ts';
import type { Report } from './report.ts';

const WIDTH = 860;
const LEFT = 210;
const RIGHT = 90;
const ROW = 34;
const TOP = 44;

const place = (qps: number, most: number) => LEFT + (qps / most) * (WIDTH - LEFT - RIGHT);

export function chart({ throughput }: Report): string {
  const servers = Object.entries(throughput.rounds).map(([name, rounds]) => ({ name, rounds, ...spreadOf(rounds) }));
  servers.sort((a, b) => b.median - a.median);
  const most = Math.max(...servers.map(({ max }) => max));
  const height = TOP + servers.length * ROW + 16;
  const rows = servers.map(({ name, rounds, median }, i) => {
    const y = TOP + i * ROW;
    const fill = name.startsWith('Digpit') ? '#d1495b' : '#2e6f95';
    const dots = rounds.map((qps) => `<circle cx="${place(qps, most).toFixed(1)}" cy="${y + 9}" r="3" fill="#223"/>`);
    return [
      `<text x="${LEFT - 10}" y="${y + 14}" text-anchor="end">${name}</text>`,
      `<rect x="${LEFT}" y="${y}" width="${(place(median, most) - LEFT).toFixed(1)}" height="18" rx="2" fill="${fill}" fill-opacity="0.75"/>`,
      ...dots,
      `<text x="${WIDTH - RIGHT + 10}" y="${y + 14}">${Math.round(median / 1000)} k/s</text>`,
    ].join('');
  });
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" font-family="system-ui, sans-serif" font-size="12" fill="#223">`,
    '<title>Answers per second of six name servers on one core</title>',
    `<rect width="${WIDTH}" height="${height}" fill="#fff"/>`,
    `<text x="12" y="24" font-size="14" font-weight="600">Answers per second on one core: the median, and each round as a dot</text>`,
    ...rows,
    '</svg>',
    '',
  ].join('\n');
}
