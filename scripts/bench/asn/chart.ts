/** A chart of the laboratory as SVG: memory across, IPv4 look-ups a second up, both in powers of ten. */
import type { Measured } from './measure.ts';

const WIDTH = 860;
const HEIGHT = 460;
const LEFT = 70;
const RIGHT = 200;
const TOP = 40;
const BOTTOM = 50;

const MEBIBYTE = 1024 * 1024;

interface Scale {
  readonly from: number;
  readonly to: number;
}

/** Whole powers of ten around all values. */
function scaleOf(values: readonly number[]): Scale {
  return { from: Math.floor(Math.log10(Math.min(...values))), to: Math.ceil(Math.log10(Math.max(...values))) };
}

function place(value: number, scale: Scale, begin: number, end: number): number {
  return begin + ((Math.log10(value) - scale.from) / (scale.to - scale.from)) * (end - begin);
}

const powers = (scale: Scale): number[] => Array.from({ length: scale.to - scale.from + 1 }, (_, i) => 10 ** (scale.from + i));

function grid(x: Scale, y: Scale): string[] {
  const right = WIDTH - RIGHT;
  const bottom = HEIGHT - BOTTOM;
  const lines = powers(x).map((value) => {
    const at = place(value, x, LEFT, right).toFixed(1);
    return `<path d="M${at} ${TOP}V${bottom}"/><text x="${at}" y="${bottom + 18}" text-anchor="middle">${value} MiB</text>`;
  });
  const rows = powers(y).map((value) => {
    const at = place(value, y, bottom, TOP).toFixed(1);
    const label = value >= 1e6 ? `${value / 1e6} M/s` : value >= 1e3 ? `${value / 1e3} k/s` : `${value}/s`;
    return `<path d="M${LEFT} ${at}H${right}"/><text x="${LEFT - 8}" y="${Number(at) + 4}" text-anchor="end">${label}</text>`;
  });
  return [...lines, ...rows];
}

/** Octets that an approach needs, on disk or in memory. */
const octetsOf = (one: Measured): number => Math.max(one.octets, one.fileOctets, 1);

export function chart(results: readonly Measured[]): string {
  const x = scaleOf(results.map((one) => octetsOf(one) / MEBIBYTE));
  const y = scaleOf(results.map((one) => one.perSecond['ipv4 random']!));
  const points = results.map((one) => {
    const cx = place(octetsOf(one) / MEBIBYTE, x, LEFT, WIDTH - RIGHT).toFixed(1);
    const cy = place(one.perSecond['ipv4 random']!, y, HEIGHT - BOTTOM, TOP).toFixed(1);
    const fill = one.key === '12' ? '#d1495b' : one.fileOctets > 0 ? '#8d99ae' : '#2e6f95';
    return `<circle cx="${cx}" cy="${cy}" r="6" fill="${fill}"/><text x="${Number(cx) + 9}" y="${Number(cy) + 4}">${one.key}</text>`;
  });
  const legend = results.map(
    (one, i) => `<text x="${WIDTH - RIGHT + 14}" y="${TOP + 10 + i * 22}">${one.key}  ${one.title}</text>`,
  );
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH + 90} ${HEIGHT}" font-family="system-ui, sans-serif" font-size="11">`,
    '<title>Thirteen ways to find the network of an address: memory and IPv4 look-ups a second</title>',
    `<rect width="${WIDTH + 90}" height="${HEIGHT}" fill="#fff"/>`,
    `<text x="${LEFT}" y="22" font-size="14" font-weight="600">Memory (to the left is better) and random IPv4 look-ups a second (up is better)</text>`,
    `<g stroke="#dde" fill="#556">${grid(x, y).join('')}</g>`,
    `<g fill="#223">${points.join('')}${legend.join('')}</g>`,
    '</svg>',
    '',
  ]
    .join('\n')
    .replaceAll('<text', '<text stroke="none"');
}
