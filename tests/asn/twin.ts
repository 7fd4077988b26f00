/**
 * The slow obvious twin of the table: lines split at tabs, addresses as big integers, a scan from the first range on. It
 * shares no code with what it checks.
 */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { ipv4Lines, ipv6Lines } from '../../scripts/bench/asn/generate.ts';

export interface TwinRange {
  readonly first: bigint;
  readonly last: bigint;
  /** `number|country|name`, or empty for not routed. */
  readonly network: string;
}

function bigOfIpv4(text: string): bigint {
  return text.split('.').reduce((sum, part) => sum * 256n + BigInt(part), 0n);
}

function bigOfIpv6(text: string): bigint {
  const [left = '', right] = text.split('::');
  const head = left === '' ? [] : left.split(':');
  const tail = right === undefined || right === '' ? [] : right.split(':');
  const zeros = Array.from({ length: 8 - head.length - tail.length }, () => '0');
  return BigInt(`0x${[...head, ...zeros, ...tail].map((group) => group.padStart(4, '0')).join('')}`);
}

export function readTwin(text: string): TwinRange[] {
  const big = (address: string) => (address.includes(':') ? bigOfIpv6(address) : bigOfIpv4(address));
  return text.split('\n').flatMap((line) => {
    if (line === '') return [];
    const [first = '', last = '', asn = '', country = '', ...name] = line.split('\t');
    const none = country === 'None' || country === 'ZZ';
    const network = asn === '0' ? '' : `${asn}|${none ? '' : country}|${name.join('\t')}`;
    return [{ first: big(first), last: big(last), network }];
  });
}

/** Scans for an address from the first range on. */
export function scan(ranges: readonly TwinRange[], address: bigint): string {
  return ranges.find((range) => range.first <= address && address <= range.last)?.network ?? '';
}

/** Scans for many addresses in one pass: they must ascend. */
export function* scanAll(ranges: readonly TwinRange[], addresses: Iterable<bigint>): Generator<string> {
  let at = 0;
  for (const address of addresses) {
    while (at < ranges.length && ranges[at]!.last < address) at++;
    const range = ranges[at];
    yield range && range.first <= address ? range.network : '';
  }
}

export function octetsOf(address: bigint, length: number): Uint8Array {
  const octets = new Uint8Array(length);
  for (let i = length - 1, rest = address; i >= 0; i--, rest >>= 8n) octets[i] = Number(rest & 0xffn);
  return octets;
}

/** The real table where DIGPIT_ASN_DIR has it, and otherwise a made-up one of the same shape. */
export function tableText(): { readonly source: string; readonly ipv4: string; readonly ipv6: string } {
  const folder = process.env['DIGPIT_ASN_DIR'];
  if (folder !== undefined && existsSync(join(folder, 'ip2asn-v4.tsv.gz'))) {
    const read = (name: string) => gunzipSync(readFileSync(join(folder, name))).toString('utf8');
    return { source: 'real', ipv4: read('ip2asn-v4.tsv.gz'), ipv6: read('ip2asn-v6.tsv.gz') };
  }
  const whole = (lines: Iterable<string>) => `${[...lines].join('\n')}\n`;
  return { source: 'generated', ipv4: whole(ipv4Lines(60_000)), ipv6: whole(ipv6Lines(20_000)) };
}
