/** The approaches in the order of the story. */
import type { Approach } from '../approach.ts';
import { arrays } from './arrays.ts';
import { levelCompressed } from './level-compressed.ts';
import { mmdb } from './mmdb.ts';
import { objects, pooledObjects } from './objects.ts';
import { shipped } from './shipped.ts';
import { sqliteBetween, sqliteLast } from './sqlite.ts';
import { trie } from './trie.ts';

export const approaches: readonly Approach[] = [
  objects,
  pooledObjects,
  sqliteBetween,
  sqliteLast,
  trie,
  levelCompressed,
  mmdb,
  ...arrays,
  shipped,
];
