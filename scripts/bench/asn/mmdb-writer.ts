/**
 * A small writer of MaxMind DB files, format 2.0: a binary tree over IPv6 with IPv4 at ::/96, 16 octets of zeros, the data,
 * and the metadata. Enough for the laboratory and for tests of the reader.
 */
import type { Columns } from './columns.ts';
import { eachPrefix } from './prefixes.ts';

type Value = string | number | readonly string[] | { readonly [key: string]: Value };

const TYPE = { utf8: 2, uint32: 6, map: 7, array: 11 } as const;

/** Type and size before a value; types above 7 take an octet more, sizes above 28 one or two. */
function control(type: number, size: number): number[] {
  const [code, more] = size < 29 ? [size, []] : size < 285 ? [29, [size - 29]] : [30, [(size - 285) >> 8, (size - 285) & 0xff]];
  return type > 7 ? [code, type - 7, ...more] : [(type << 5) | code, ...more];
}

function encode(value: Value): Buffer {
  if (typeof value === 'string') {
    const text = Buffer.from(value);
    return Buffer.concat([Buffer.from(control(TYPE.utf8, text.length)), text]);
  }
  if (typeof value === 'number') {
    return Buffer.from([...control(TYPE.uint32, 4), value >>> 24, (value >>> 16) & 0xff, (value >>> 8) & 0xff, value & 0xff]);
  }
  if (Array.isArray(value)) {
    return Buffer.concat([Buffer.from(control(TYPE.array, value.length)), ...value.map(encode)]);
  }
  const pairs = Object.entries(value);
  return Buffer.concat([
    Buffer.from(control(TYPE.map, pairs.length)),
    ...pairs.flatMap(([key, inner]) => [encode(key), encode(inner)]),
  ]);
}

/** Children of node n at 2n and 2n + 1: 0 for none, a node, or minus (place of the network + 1). */
class Tree {
  #children = new Int32Array(1 << 16);
  count = 1;

  /** Gives a prefix to a network, or with -1 to none. A wider prefix that was there keeps what is around it. */
  insert(address: Uint8Array, bits: number, network: number): void {
    let node = 0;
    for (let bit = 0; bit < bits - 1; bit++) {
      const slot = node * 2 + bitOf(address, bit);
      if (this.#children[slot]! <= 0) {
        const next = this.count++;
        this.#reserve();
        this.#children[next * 2] = this.#children[slot]!;
        this.#children[next * 2 + 1] = this.#children[slot]!;
        this.#children[slot] = next;
      }
      node = this.#children[slot]!;
    }
    this.#children[node * 2 + bitOf(address, bits - 1)] = -1 - network;
  }

  get children(): Int32Array {
    return this.#children;
  }

  #reserve(): void {
    if (this.count * 2 <= this.#children.length) return;
    const wider = new Int32Array(this.#children.length * 2);
    wider.set(this.#children);
    this.#children = wider;
  }
}

const bitOf = (address: Uint8Array, bit: number): number => (address[bit >> 3]! >> (7 - (bit & 7))) & 1;

/** ::/96 belongs to IPv4, whatever an IPv6 range around it says. */
const IPV4_BITS = 96;

function treeOf(columns: Columns): Tree {
  const tree = new Tree();
  eachPrefix(columns.ipv6, 16, (address, bits, network) => tree.insert(address, bits, network));
  const wide = new Uint8Array(16);
  tree.insert(wide, IPV4_BITS, -1);
  eachPrefix(columns.ipv4, 4, (address, bits, network) => {
    wide.set(address, 12);
    tree.insert(wide, bits + IPV4_BITS, network);
  });
  return tree;
}

/** Fields of one record, by the names that a file of some maker uses. */
export type RecordOf = (network: number) => { readonly [key: string]: Value };

/** The whole file. */
export function writeMmdb(columns: Columns, databaseType: string, recordOf: RecordOf): Buffer {
  const tree = treeOf(columns);
  const offsets = new Uint32Array(columns.asn.length);
  const data: Buffer[] = [];
  let at = 0;
  for (let network = 0; network < columns.asn.length; network++) {
    const record = encode(recordOf(network));
    offsets[network] = at;
    at += record.length;
    data.push(record);
  }
  const nodes = Buffer.alloc(tree.count * 8);
  for (let slot = 0; slot < tree.count * 2; slot++) {
    const child = tree.children[slot]!;
    const value = child > 0 ? child : child === 0 ? tree.count : tree.count + 16 + offsets[-1 - child]!;
    nodes.writeUInt32BE(value, slot * 4);
  }
  const metadata = encode({
    binary_format_major_version: 2,
    binary_format_minor_version: 0,
    build_epoch: 1_710_000_000,
    database_type: databaseType,
    description: { en: 'made by the laboratory' },
    ip_version: 6,
    languages: ['en'],
    node_count: tree.count,
    record_size: 32,
  });
  return Buffer.concat([nodes, Buffer.alloc(16), ...data, Buffer.from('\u00ab\u00cd\u00efMaxMind.com', 'latin1'), metadata]);
}
