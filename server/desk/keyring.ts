import type { KeyStore, StoredKey } from '../store/keys.ts';
import { MD5 } from '../tsig/algorithms.ts';
import type { TsigRecord } from '../tsig/record.ts';
import type { TsigKey } from '../tsig/signature.ts';

/** A key that a message names, and whose it is: null for the operator's own, which may transfer every zone and nothing else. */
export interface HeldKey {
  readonly tsig: TsigKey;
  readonly owner: StoredKey | null;
}

/** All keys that messages can be signed with. */
export class Keyring {
  private readonly store: KeyStore;
  private readonly fleetKey: TsigKey | null;
  private readonly allowsMd5: boolean;

  constructor(store: KeyStore, { fleetKey, allowsMd5 }: { fleetKey: TsigKey | null; allowsMd5: boolean }) {
    this.store = store;
    this.fleetKey = fleetKey;
    this.allowsMd5 = allowsMd5;
  }

  /** The key of that name and algorithm: both belong to it, RFC 8945 §4.2. */
  find({ keyName, algorithm }: TsigRecord): HeldKey | undefined {
    if (algorithm.equals(MD5.name) && !this.allowsMd5) return undefined;
    const owner = this.fleetKey?.name.equals(keyName) === true ? null : this.store.findTsig(keyName);
    const tsig = owner === null ? this.fleetKey : owner?.tsig;
    if (owner === undefined || tsig === null || tsig === undefined) return undefined;
    return tsig.algorithm.name.equals(algorithm) ? { tsig, owner } : undefined;
  }
}
