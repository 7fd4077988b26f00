/** The one way in for the program: the best table there is, never a failed start for want of one. */
import { join } from 'node:path';
import type { KnownNetwork, KnownNetworks } from './asn.ts';
import { loadNetworks } from './networks.ts';
import { SwappableTable } from './swappable.ts';

/** Name of the packed table in the data folder. */
export const PACKED_FILE = 'asn.bin';

export interface OpenOptions {
  /** Folder that may hold `asn.bin`. */
  readonly dataDir: string;
  /** Path of the hand-written list, `db/networks.tsv`. */
  readonly networksFile: string;
  /** Addresses with names of their own, before any network: their octets in decimal, with dots between. */
  readonly own?: ReadonlyMap<string, KnownNetwork>;
}

export interface OpenedTable {
  /** Use this one everywhere; `table.reload()` puts a new file into force, `table.known` names networks as people do. */
  readonly table: SwappableTable;
  /** Whole sentences for the log: what was wrong and what is used instead. Empty when all is well. */
  readonly problems: readonly string[];
}

/** Opens the packed file of the data folder if it is there and sound, and the hand-written list otherwise. Never throws. */
export function openTable(options: OpenOptions): OpenedTable {
  const networks = loadNetworks(options.networksFile);
  const table = new SwappableTable(
    join(options.dataDir, PACKED_FILE),
    networks.table,
    nameFirst(options.own ?? new Map(), networks.known),
  );
  const result = table.reload();
  const problems = [...networks.problems];
  if (result.outcome === 'refused') problems.push(`${result.problem}; the hand-written list of networks is used instead`);
  if (result.outcome === 'missing') {
    problems.push(
      'no table of networks is built yet ("npm run asn:update" fetches one); the hand-written list is used instead',
    );
  }
  return { table, problems };
}

/** Looks among single addresses first. */
function nameFirst(own: ReadonlyMap<string, KnownNetwork>, known: KnownNetworks): KnownNetworks {
  return {
    find: (address, offset, length, asn) =>
      own.get(address.subarray(offset, offset + length).join('.')) ?? known.find(address, offset, length, asn),
  };
}
