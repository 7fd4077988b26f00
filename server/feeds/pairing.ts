/** Queries that wait for their responses at a time, and octets of them: servers report both within moments. */
const MAX_WAITING = 8192;
const MAX_OCTETS = 2 << 20;

export interface Waiting {
  readonly query: Uint8Array;
  /** Milliseconds since 1970; 0 when that is not known. */
  readonly time: number;
}

/**
 * Queries that were reported without their responses, until those come. Where there are too many, the oldest go first: it is theirs
 * that will not come any more.
 */
export class Pairing {
  private readonly waiting = new Map<string, Waiting>();
  private readonly forgotten: () => void;
  private octets = 0;

  /** `forgotten` is called for each query that no response came for. */
  constructor(forgotten: () => void) {
    this.forgotten = forgotten;
  }

  get size(): number {
    return this.waiting.size;
  }

  /** Keeps a copy of a query, and when it was asked. */
  put(key: string, query: Uint8Array, time: number): void {
    if (this.take(key) !== undefined) this.forgotten();
    this.waiting.set(key, { query: query.slice(), time });
    this.octets += query.length;
    for (const oldest of this.waiting.keys()) {
      if (this.waiting.size <= MAX_WAITING && this.octets <= MAX_OCTETS) break;
      this.take(oldest);
      this.forgotten();
    }
  }

  /** The query that waits under this key, which then waits no longer. */
  take(key: string): Waiting | undefined {
    const found = this.waiting.get(key);
    if (found === undefined) return undefined;
    this.waiting.delete(key);
    this.octets -= found.query.length;
    return found;
  }
}
