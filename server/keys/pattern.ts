import { Name } from '../wire/name.ts';

/**
 * Whether a name of a zone is one that a pattern means. A pattern is a name relative to the zone, `@` being the zone itself, in
 * which each `*` stands for one label or more: `_acme-challenge.*` for the challenges of all names below the zone, `*.dev` for
 * everything below `dev`. To mean a record whose own first label is `*`, write it as `\*`.
 */
export function matchesPattern(pattern: string, owner: Name, origin: Name): boolean {
  if (!owner.isWithin(origin)) return false;
  const own = owner.labelCount - origin.labelCount;
  const labels = Array.from({ length: own }, (_, i) => textOf(owner, i));
  return matches(patternLabels(pattern), labels);
}

/** Whether a text can be a pattern. */
export function isPattern(text: string): boolean {
  return (
    text === '@' ||
    (text.length > 0 && Name.fromText(text.replaceAll('\\*', 'x'), Name.root) instanceof Name && !text.endsWith('.'))
  );
}

function patternLabels(pattern: string): string[] {
  if (pattern === '@') return [];
  return pattern.split(/(?<!\\)\./).map((label) => (label === '*' ? label : label.toLowerCase()));
}

/** Each `*` takes one label, and more as the rest of the pattern turns out to need it; the last one alone is ever made longer. */
function matches(pattern: readonly string[], labels: readonly string[]): boolean {
  let star = -1;
  let taken = 0;
  let i = 0;
  let k = 0;
  while (k < labels.length) {
    if (pattern[i] === '*') {
      star = i++;
      taken = ++k;
    } else if (pattern[i] === labels[k]) {
      i++;
      k++;
    } else if (star >= 0) {
      k = ++taken;
      i = star + 1;
    } else return false;
  }
  return i === pattern.length;
}

function textOf(name: Name, i: number): string {
  const label = Name.fromOctets(Uint8Array.of(name.label(i).length, ...name.label(i), 0))
    .toText()
    .slice(0, -1)
    .toLowerCase();
  return label === '*' ? '\\*' : label;
}
