/** (4): a binary trie, a node for each bit. */
import type { Approach } from '../approach.ts';
import type { Ranges } from '../columns.ts';
import { nameColumns } from '../names.ts';
import { eachPrefix } from '../prefixes.ts';

interface Node {
  zero: Node | null;
  one: Node | null;
  /** Place of the network, -1 for none. */
  network: number;
}

const node = (): Node => ({ zero: null, one: null, network: -1 });

function build(ranges: Ranges, width: 4 | 16): Node {
  const root = node();
  eachPrefix(ranges, width, (address, bits, network) => {
    let at = root;
    for (let bit = 0; bit < bits; bit++) {
      const side = address[bit >> 3]! & (0x80 >> (bit & 7)) ? 'one' : 'zero';
      at = at[side] ??= node();
    }
    at.network = network;
  });
  return root;
}

function search(root: Node, octets: Uint8Array, at: number): number {
  let found = root.network;
  let next: Node | null = root;
  for (let bit = 0; next !== null; bit++) {
    if (next.network >= 0) found = next.network;
    next = octets[at + (bit >> 3)]! & (0x80 >> (bit & 7)) ? next.one : next.zero;
  }
  return found;
}

export const trie: Approach = {
  key: '4',
  title: 'binary trie of nodes',
  load(source) {
    const columns = source.columns();
    const names = nameColumns(columns);
    const ipv4 = build(columns.ipv4, 4);
    const ipv6 = build(columns.ipv6, 16);
    return {
      find4: (octets, at) => names.asn[search(ipv4, octets, at)] ?? 0,
      find6: (octets, at) => names.asn[search(ipv6, octets, at)] ?? 0,
      keep: names,
    };
  },
};
