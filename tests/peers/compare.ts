import { ASPECTS, type Aspect, type Comparable } from './ask.ts';
import { digLine, MANNER_NAMES, type TestQuery } from './questions.ts';
import { KINDS, type TestZone } from './zones.ts';

/** One question, and what Digpit and the others said to it, Digpit first. */
export interface Case {
  readonly zone: TestZone;
  readonly query: TestQuery;
  readonly answers: readonly (Comparable | null)[];
}

interface Disagreement {
  readonly aspect: Aspect;
  readonly ours: string;
  readonly theirs: string;
}

/** What the others all say of one aspect; undefined where they differ. */
function common({ answers }: Case, aspect: Aspect): string | undefined {
  const [first, ...rest] = answers.slice(1).map((answer) => answer?.[aspect]);
  return rest.every((said) => said === first) ? first : undefined;
}

/** Whether the others say the same as one another in every respect. */
export function agreeWholly(one: Case): boolean {
  return ASPECTS.every((aspect) => common(one, aspect) !== undefined);
}

/** Where the others say the same as one another, and we do not. */
export function disagreements(one: Case): Disagreement[] {
  const [ours] = one.answers;
  if (ours === null || ours === undefined) return [{ aspect: 'rcode', ours: 'no answer', theirs: '' }];
  return ASPECTS.flatMap((aspect) => {
    const theirs = common(one, aspect);
    if (theirs === undefined || !isComparable(one, aspect) || isSame(one.query, aspect, ours[aspect], theirs)) return [];
    return [{ aspect, ours: ours[aspect], theirs }];
  });
}

/**
 * Under different RCODEs nothing else means the same. Neither does "whole" when it is said of different answers, such as loops of
 * aliases that one server follows farther than another, nor what is added to them.
 */
function isComparable(one: Case, aspect: Aspect): boolean {
  if (common(one, 'rcode') === undefined) return false;
  if (aspect === 'additional') return common(one, 'answer') !== undefined;
  if (aspect !== 'truncated' || common(one, 'truncated') === 'TC') return true;
  return common(one, 'answer') !== undefined && common(one, 'authority') !== undefined;
}

/**
 * ANY gets one RRset from everybody, at least over UDP (RFC 8482 §4.1), and which one is a matter of taste, as is what follows
 * from it in the additional section. But nobody may have nothing where the others have something.
 */
function isSame({ qtype }: TestQuery, aspect: Aspect, ours: string, theirs: string): boolean {
  if (qtype !== 'ANY' || (aspect !== 'answer' && aspect !== 'additional')) return ours === theirs;
  return aspect === 'additional' || (ours === '') === (theirs === '');
}

/** A question about which we are alone, as a `dig` line and the zone that shows it. */
export function describeCase(one: Case): string {
  const { zone, query } = one;
  const list = disagreements(one).map(
    ({ aspect, ours, theirs }) => `${aspect}, ours:\n${ours}\n${aspect}, theirs:\n${theirs}\n`,
  );
  return `${digLine(query)}\n${list.join('')}zone ${zone.origin}\n${zone.text}`;
}

/** Rows of the table: what the zones are about, and the questions that are told apart by their type. */
const ROWS = [...KINDS.map((kind) => `zones: ${kind}`), 'ANY', 'unusual types'];

function rowOf({ zone, query: { qtype } }: Case): string {
  if (qtype === 'ANY') return 'ANY';
  const isUnusual = /^TYPE(?!65280)|^(RRSIG|NSEC|NSEC3|NSEC3PARAM|DNSKEY|CDS|KEY|SIG|NXT|NULL|TKEY|TSIG|MAIL[AB]|OPT)$/.test(
    qtype,
  );
  return isUnusual ? 'unusual types' : `zones: ${zone.kind}`;
}

/** How many questions were asked, on how many the three agree wholly, and on how many we are alone, by category. */
export function makeTable(cases: readonly Case[]): string {
  const cell = (some: readonly Case[]) => {
    const alone = some.filter((one) => disagreements(one).length > 0).length;
    return `${some.length} / ${some.filter(agreeWholly).length} / ${alone}`;
  };
  const columns = [...MANNER_NAMES, 'all'];
  const inColumn = (column: string) => (one: Case) => column === 'all' || one.query.name === column;
  const lines = [...ROWS, 'all'].map((row) => {
    const some = cases.filter((one) => row === 'all' || rowOf(one) === row);
    return [row, ...columns.map((column) => cell(some.filter(inColumn(column))))];
  });
  const text = [['queries / the three agree / we differ', ...columns], ...lines]
    .map(([first, ...rest]) => first!.padEnd(38) + rest.map((value) => value.padStart(22)).join(''))
    .join('\n');
  return text;
}
