import { ArenaName, NAME, openArena, RDATA, rdataAt, RRSET, type Arena } from '../wire/arena.ts';
import { hashOf, labelEquals, Name, suffixEquals, type LabelSequence } from '../wire/name.ts';
import { HEADER, layZone, NODE } from './layout.ts';
import type { ZoneRecord } from './rrset.ts';

/**
 * One zone, complete and never changed: an edit makes another. All of it lies in memory that threads can share; nodes, RRsets
 * and names are known by references into it, 0 for none. See layout.ts.
 */
export class Zone implements Arena {
  readonly memory: SharedArrayBuffer;
  readonly words: Int32Array;
  readonly octets: Uint8Array;
  /** The origin, where it lies in the memory. */
  readonly apexName: LabelSequence;
  /** Number of the zone in the store; 0 for zones that no visitor owns, whose queries are counted but not logged. */
  readonly id: number;
  readonly apex: number;
  readonly soa: number;
  /** TTL of the SOA in negative answers: the lower of its own and MINIMUM, RFC 2308 §5. */
  readonly negativeTtl: number;
  private readonly bucketMask: number;
  private readonly nodeName = new ArenaName();

  /** The zone in memory that `layZone` laid, perhaps in another thread. */
  constructor(memory: SharedArrayBuffer) {
    const { words, octets } = openArena(memory);
    this.memory = memory;
    this.words = words;
    this.octets = octets;
    this.id = words[HEADER.ID]!;
    this.apex = words[HEADER.APEX]!;
    this.apexName = new ArenaName().point(this, words[this.apex + NODE.NAME]!);
    this.soa = words[HEADER.SOA]!;
    this.negativeTtl = words[HEADER.NEGATIVE_TTL]!;
    this.bucketMask = words[HEADER.BUCKET_COUNT]! - 1;
  }

  /** The records must have an SOA at `origin` and none of them may lie outside it; see `checkZone` for what else is wise. */
  static of(id: number, origin: Name, records: Iterable<ZoneRecord>): Zone {
    return new Zone(layZone(id, origin, records));
  }

  /** The origin, made anew each time: ten thousand zones are cheaper without. */
  get origin(): Name {
    return readName(this, this.words[this.apex + NODE.NAME]!);
  }

  get serial(): number {
    return this.words[HEADER.SERIAL]! >>> 0;
  }

  /** Everything that the zone was made from. */
  *records(): Generator<ZoneRecord> {
    const { words } = this;
    for (let i = 0, node = words[HEADER.NODES]!; i < words[HEADER.NODE_COUNT]!; i++, node += NODE.SIZE) {
      const owner = readName(this, words[node + NODE.NAME]!);
      for (let rrset = words[node + NODE.RRSETS]!; rrset !== 0; rrset = words[rrset + RRSET.NEXT]!) {
        for (let k = 0; k < words[rrset + RRSET.COUNT]!; k++) {
          const rdata = rdataAt(rrset, k);
          const octets = this.octets.slice(words[rdata + RDATA.START], words[rdata + RDATA.END]);
          yield { owner, type: words[rrset + RRSET.TYPE]!, ttl: words[rrset + RRSET.TTL]!, rdata: octets };
        }
      }
    }
  }

  /** The node whose name is the suffix of `name` that begins with label `label`. */
  find(name: LabelSequence, label: number): number {
    const hash = hashOf(name, label);
    let node = this.firstIn(hash);
    while (node !== 0 && (this.words[node + NODE.HASH] !== hash || !suffixEquals(this.nameOf(node), 0, name, label)))
      node = this.words[node + NODE.NEXT]!;
    return node;
  }

  /**
   * The node below `parent` whose first label is label `label` of `name`. Who walks down from the apex so compares every octet
   * of the name once, however many labels it has.
   */
  findChild(parent: number, name: LabelSequence, label: number): number {
    const { words } = this;
    const hash = hashOf(name, label);
    let node = this.firstIn(hash);
    while (
      node !== 0 &&
      (words[node + NODE.HASH] !== hash ||
        words[node + NODE.PARENT] !== parent ||
        !labelEquals(this.nameOf(node), 0, name, label))
    )
      node = words[node + NODE.NEXT]!;
    return node;
  }

  /** The RRset of a type at a node. */
  rrsetAt(node: number, type: number): number {
    const { words } = this;
    let rrset = words[node + NODE.RRSETS]!;
    while (rrset !== 0 && words[rrset + RRSET.TYPE] !== type) rrset = words[rrset + RRSET.NEXT]!;
    return rrset;
  }

  /** The name of a node; good until the next is asked for. */
  nameOf(node: number): LabelSequence {
    return this.nodeName.point(this, this.words[node + NODE.NAME]!);
  }

  private firstIn(hash: number): number {
    return this.words[HEADER.SIZE + (hash & this.bucketMask)]!;
  }
}

/** A name of an arena as one that outlives it. */
function readName({ words, octets }: Arena, name: number): Name {
  const first = name + NAME.LABELS;
  return Name.fromOctets(octets.slice(words[first], words[first + words[name + NAME.LABEL_COUNT]!]! + 1));
}
