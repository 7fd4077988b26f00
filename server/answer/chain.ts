import { ArenaName, type Arena } from '../wire/arena.ts';
import { MAX_CNAME_CHAIN, MAX_LABELS, MAX_NAME } from '../wire/limits.ts';
import { hashSuffixes, startOf, suffixEquals, wordsOf, type LabelSequence } from '../wire/name.ts';

/** A name that stands nowhere yet: labels of one in front of another. */
class JoinedName implements LabelSequence {
  readonly octets = new Uint8Array(MAX_NAME);
  readonly words = new Int32Array(wordsOf(MAX_LABELS));
  readonly at = 0;
  labelCount = 0;

  /** The first `count` labels of one name in front of another. Returns false when that is longer than names can be. */
  join(front: LabelSequence, count: number, back: LabelSequence): boolean {
    const frontLength = startOf(front, count) - startOf(front, 0);
    const backLength = startOf(back, back.labelCount) + 1 - startOf(back, 0);
    if (frontLength + backLength > MAX_NAME) return false;
    let to = 0;
    for (let i = 0, from = startOf(front, 0); i < frontLength; i++) this.octets[to++] = front.octets[from++]!;
    for (let i = 0, from = startOf(back, 0); i < backLength; i++) this.octets[to++] = back.octets[from++]!;
    this.labelCount = 0;
    let at = 0;
    for (; this.octets[at] !== 0; at += 1 + this.octets[at]!) this.words[this.labelCount++] = at;
    this.words[this.labelCount] = at;
    hashSuffixes(this);
    return true;
  }
}

/** The names that one answer has come by: the question, and the target of each CNAME that was followed. Allocates nothing twice. */
export class Chain {
  private readonly names: LabelSequence[] = [];
  private readonly stored = Array.from({ length: MAX_CNAME_CHAIN + 1 }, () => new ArenaName());
  private readonly joined: JoinedName[] = [];
  private length = 0;

  begin(qname: LabelSequence): void {
    this.names[0] = qname;
    this.length = 1;
  }

  /** The name that is looked up now. */
  get last(): LabelSequence {
    return this.names[this.length - 1]!;
  }

  get isAtQuestion(): boolean {
    return this.length === 1;
  }

  /** Goes on at a name of an arena. Returns false where the way has been too long or goes in a circle. */
  follow(arena: Arena, name: number): boolean {
    return this.push(this.stored[this.length - 1]!.point(arena, name));
  }

  /**
   * The name that a DNAME means for the last one: the labels in front of the DNAME's owner put in front of its target, RFC 6672
   * §3.1. Null when that would be longer than names can be. Good until `follow` or `begin`.
   */
  redirect(ownerLabels: number, target: LabelSequence): LabelSequence | null {
    const name = (this.joined[this.length - 1] ??= new JoinedName());
    return name.join(this.last, this.last.labelCount - ownerLabels, target) ? name : null;
  }

  /** Goes on at the name that `redirect` gave; returns as `follow` does. */
  followRedirection(): boolean {
    return this.push(this.joined[this.length - 1]!);
  }

  private push(target: LabelSequence): boolean {
    const isCircle = this.includes(target);
    this.names[this.length++] = target;
    return !isCircle && this.length <= MAX_CNAME_CHAIN + 1;
  }

  private includes(target: LabelSequence): boolean {
    for (let i = 0; i < this.length; i++) if (suffixEquals(this.names[i]!, 0, target, 0)) return true;
    return false;
  }
}
