/** What a viewer of one zone is told. What came is in the store by then, for the viewer to read as it likes. */
export interface Viewer {
  /** `count` of them, the newest being `lastId`. */
  queriesCame(count: number, lastId: number): void;
  recordsChanged(serial: number): void;
  cleared(): void;
}

/** Who watches which zone. Telling is synchronous and never waits: a viewer that cannot keep up looks after itself. */
export class Hub {
  private readonly viewers = new Map<number, Set<Viewer>>();
  private count = 0;

  get size(): number {
    return this.count;
  }

  /** Returns the function that ends the subscription. */
  subscribe(zone: number, viewer: Viewer): () => void {
    const set = this.viewers.get(zone) ?? new Set();
    this.viewers.set(zone, set.add(viewer));
    this.count++;
    return () => {
      if (!set.delete(viewer)) return;
      this.count--;
      if (set.size === 0 && this.viewers.get(zone) === set) this.viewers.delete(zone);
    };
  }

  viewersOf(zone: number): Iterable<Viewer> {
    return this.viewers.get(zone) ?? [];
  }
}
