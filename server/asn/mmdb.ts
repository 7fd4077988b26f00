/**
 * MaxMind DB files that people already have: GeoLite2-ASN, DB-IP ASN lite, IPinfo lite. mmdb-lib answers for single
 * addresses, so the file is walked by asking for the first address, stepping over the network that was found, and so on.
 */
import { readFileSync, statSync } from 'node:fs';
import { formatAddress, nextAddress, parseAddress } from './address.ts';
import type { Faults } from './fault.ts';
import { parseAsn, parseCountry } from './row.ts';
import type { Row } from './row.ts';

/** IPinfo lite, the largest, has about 50 MB. The file is read whole. */
const MAX_FILE_OCTETS = 512 * 1024 * 1024;

/**
 * Where an IPv6 tree has the IPv4 part a second time, RFC 4291 §2.5.5, RFC 3056, RFC 4380 and RFC 6052: half a million
 * networks each that would say nothing new.
 */
const IPV4_AGAIN: readonly (readonly [string, number])[] = [
  ['::', 96],
  ['::ffff:0:0', 96],
  ['64:ff9b::', 96],
  ['2001::', 32],
  ['2002::', 16],
];

const aliases = IPV4_AGAIN.map(([text, bits]) => ({ octets: parseAddress(text)!, bits }));

/** What the files call things: MaxMind and DB-IP first, then IPinfo with its older names. */
interface MmdbRecord {
  autonomous_system_number?: unknown;
  autonomous_system_organization?: unknown;
  asn?: unknown;
  as_name?: unknown;
  name?: unknown;
  country_code?: unknown;
  country?: unknown;
}

interface MmdbReader {
  readonly metadata: { readonly ipVersion: number; readonly nodeCount: number };
  getWithPrefixLength(address: string): [MmdbRecord | null, number];
}

const encoder = new TextEncoder();

/** Fills number, country and name of the row. Returns what is wrong, undefined for nothing. */
function fillNetwork(row: Row, record: MmdbRecord): string | undefined {
  const number = record.autonomous_system_number ?? record.asn ?? 0;
  const asnText = encoder.encode(String(number));
  row.asn = number === '' ? 0 : parseAsn(asnText, 0, asnText.length);
  if (row.asn < 0) return `the AS number ${JSON.stringify(number)} is not a number from 0 to 4294967295`;
  const country = record.country_code ?? record.country ?? '';
  const countryText = encoder.encode(typeof country === 'string' ? country : '');
  row.country = parseCountry(countryText, 0, countryText.length);
  if (row.country < 0) return `the country ${JSON.stringify(country)} is not two letters`;
  const name = record.autonomous_system_organization ?? record.as_name ?? record.name ?? '';
  row.name = encoder.encode(typeof name === 'string' ? name : '');
  row.nameFrom = 0;
  row.nameTo = row.name.length;
  return undefined;
}

/** Sets every bit of `octets` from `bits` on. */
function lastOf(octets: Uint8Array, bits: number, length: number): void {
  for (let bit = bits; bit < length * 8; bit++) octets[bit >> 3] = octets[bit >> 3]! | (0x80 >> (bit & 7));
}

function isWithin(octets: Uint8Array, prefix: { octets: Uint8Array; bits: number }): boolean {
  for (let bit = 0; bit < prefix.bits; bit++) {
    if ((octets[bit >> 3]! ^ prefix.octets[bit >> 3]!) & (0x80 >> (bit & 7))) return false;
  }
  return true;
}

export class MmdbWalk {
  readonly #source: string;
  readonly #reader: MmdbReader;
  readonly #add: (row: Row) => string | undefined;
  readonly #faults: Faults;
  /** A tree of n nodes has n + 1 leaves. A file that yields more of them goes round in circles. */
  #left: number;

  constructor(source: string, reader: MmdbReader, add: (row: Row) => string | undefined, faults: Faults) {
    this.#source = source;
    this.#reader = reader;
    this.#add = add;
    this.#faults = faults;
    this.#left = (reader.metadata.nodeCount + 1) * 2;
  }

  /** Gives every network of the file to `add`, IPv4 first. */
  run(row: Row): void {
    this.#family(row, 4);
    if (this.#reader.metadata.ipVersion === 6) this.#family(row, 16);
  }

  #family(row: Row, length: 4 | 16): void {
    const at = new Uint8Array(length);
    row.length = length;
    do {
      if (this.#left-- <= 0) {
        this.#faults.add(this.#source, 0, 'the tree of networks goes round in circles: the file is damaged; fetch it again');
        return;
      }
      row.first.set(at);
      this.#one(row, at, length);
      if (this.#faults.full) return;
    } while (nextAddress(at, length));
  }

  /** Handles the network that begins at `at`, and moves `at` to its last address. */
  #one(row: Row, at: Uint8Array, length: 4 | 16): void {
    const alias = length === 16 ? aliases.find((prefix) => isWithin(at, prefix)) : undefined;
    if (alias) {
      lastOf(at, alias.bits, length);
      return;
    }
    const text = formatAddress(at, 0, length);
    const [record, bits] = this.#reader.getWithPrefixLength(text);
    lastOf(at, bits, length);
    if (record === null) return;
    row.last.set(at);
    const problem = fillNetwork(row, record) ?? this.#add(row);
    if (problem !== undefined) this.#faults.add(this.#source, 0, `network ${text}/${bits}: ${problem}`);
  }
}

/** Reads an MMDB file into `add`. What is wrong with it goes to `faults`. */
export async function readMmdb(path: string, row: Row, add: (row: Row) => string | undefined, faults: Faults): Promise<void> {
  try {
    const { size } = statSync(path);
    if (size > MAX_FILE_OCTETS) {
      faults.add(path, 0, `it has ${size} octets; ${MAX_FILE_OCTETS} is the most`);
      return;
    }
    // Not at the top: only who has such a file pays for the library.
    const { Reader } = await import('mmdb-lib');
    const records = new Map<string | number, unknown>();
    const cache = {
      get: (key: string | number) => records.get(key),
      set: (key: string | number, value: unknown) => void records.set(key, value),
    };
    new MmdbWalk(path, new Reader(readFileSync(path), { cache }) as unknown as MmdbReader, add, faults).run(row);
  } catch (error) {
    faults.add(path, 0, `it cannot be read as an MMDB file: ${(error as Error).message}`);
  }
}
