import { TYPE } from '../wire/codes.ts';
import { FOLD, labelEquals, suffixEquals, type LabelSequence, type Name } from '../wire/name.ts';
import { Node } from './node.ts';
import { makeRrset, type Rrset, type ZoneRecord } from './rrset.ts';

/** One zone, complete and never changed: an edit makes another. */
export class Zone {
  /** Number of the zone in the store; 0 for zones that no visitor owns, whose queries are counted but not logged. */
  readonly id: number;
  readonly apex: Node;
  readonly soa: Rrset;
  /** TTL of the SOA in negative answers: the lower of its own and MINIMUM, RFC 2308 §5. */
  readonly negativeTtl: number;
  private readonly nodes: Map<number, Node>;

  /** The records must have an SOA at `origin` and none of them may lie outside it; see `checkZone` for what else is wise. */
  constructor(id: number, origin: Name, records: Iterable<ZoneRecord>) {
    this.id = id;
    this.nodes = new Map();
    this.apex = new Node(origin, null);
    this.insert(this.apex);
    for (const group of groupRecords(records)) this.makeNode(group[0]!.owner).add(makeRrset(group));
    const soa = this.apex.find(TYPE.SOA);
    if (soa === null) throw new Error(`zone ${origin.toText()} has no SOA`);
    this.soa = soa;
    const rdata = soa.rdatas[0]!.octets;
    this.negativeTtl = Math.min(soa.ttl, new DataView(rdata.buffer, rdata.byteOffset).getUint32(rdata.length - 4));
  }

  get origin(): Name {
    return this.apex.name;
  }

  get serial(): number {
    const rdata = this.soa.rdatas[0]!.octets;
    return new DataView(rdata.buffer, rdata.byteOffset).getUint32(rdata.length - 20);
  }

  /** Everything that the zone was made from. */
  *records(): Generator<ZoneRecord> {
    for (const first of this.nodes.values()) {
      for (let node: Node | null = first; node !== null; node = node.nextInBucket) {
        for (const { owner, type, ttl, rdatas } of node.rrsets) {
          for (const { octets } of rdatas) yield { owner, type, ttl, rdata: octets };
        }
      }
    }
  }

  /** The node whose name is the suffix of `name` that begins with label `label`. */
  find(name: LabelSequence, label: number): Node | null {
    let node = this.nodes.get(name.hashes[label]!) ?? null;
    while (node !== null && !suffixEquals(node.name, 0, name, label)) node = node.nextInBucket;
    return node;
  }

  /**
   * The node below `parent` whose first label is label `label` of `name`. Who walks down from the apex so compares every octet
   * of the name once, however many labels it has.
   */
  findChild(parent: Node, name: LabelSequence, label: number): Node | null {
    let node = this.nodes.get(name.hashes[label]!) ?? null;
    while (node !== null && (node.parent !== parent || !labelEquals(node.name, 0, name, label))) node = node.nextInBucket;
    return node;
  }

  /** The node of a name within the zone, made with all nodes between it and the apex when they are not there yet. */
  private makeNode(name: Name): Node {
    const known = this.find(name, 0);
    if (known !== null) return known;
    if (name.labelCount <= this.origin.labelCount) throw new Error(`${name.toText()} is outside ${this.origin.toText()}`);
    const parent = this.makeNode(name.suffix(1));
    const node = new Node(name, parent);
    if (name.isWildcard) parent.wildcard = node;
    this.insert(node);
    return node;
  }

  private insert(node: Node): void {
    const hash = node.name.hashes[0]!;
    node.nextInBucket = this.nodes.get(hash) ?? null;
    this.nodes.set(hash, node);
  }
}

/** Records by owner and type, in the order in which they first come. */
function groupRecords(records: Iterable<ZoneRecord>): Iterable<ZoneRecord[]> {
  const groups = new Map<string, ZoneRecord[]>();
  for (const record of records) {
    const key = recordKey(record);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [record]);
    else group.push(record);
  }
  return groups.values();
}

/** Equal for records of one RRset. */
export function recordKey(record: ZoneRecord): string {
  return `${record.type} ${ownerKey(record.owner)}`;
}

/** Equal for equal names, and only for these: of ASCII alone the case is folded. */
export function ownerKey(owner: Name): string {
  return Buffer.from(owner.octets.map((octet) => FOLD[octet]!)).toString('latin1');
}
