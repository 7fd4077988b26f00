import type { groups } from '../strings/en.types.ts';
import { aboutType } from '../strings/strings.ts';
import { TYPE_GROUPS } from './forms.ts';

export interface TypeOption {
  type: string;
  about: string;
}

export interface OptionGroup {
  group: keyof typeof groups;
  options: TypeOption[];
}

/**
 * The types that a search finds: by the beginning of their mnemonic, or by a word of what is said about them. A number that is
 * written as RFC 3597 §5 writes it is a type, too. Without a search, all.
 */
export function findTypes(search: string): OptionGroup[] {
  const wanted = search.trim().toUpperCase();
  const found = TYPE_GROUPS.map(({ group, types }) => ({
    group,
    options: types.filter((type) => matches(type, wanted)).map((type) => ({ type, about: aboutType(type) })),
  }));
  if (/^TYPE\d{1,5}$/.test(wanted)) found.push({ group: 'rare', options: [{ type: wanted, about: aboutType(wanted) }] });
  return found.filter(({ options }) => options.length > 0);
}

function matches(type: string, wanted: string): boolean {
  if (wanted === '' || type.startsWith(wanted)) return true;
  return (
    wanted.length > 1 &&
    ` ${aboutType(type)}`
      .toUpperCase()
      .split(/[^\p{L}\p{N}]+/u)
      .some((word) => word.startsWith(wanted))
  );
}

/** The option that Enter takes: the type that is written out, or the first. */
export function bestOption(groups: readonly OptionGroup[], search: string): string | undefined {
  const all = groups.flatMap(({ options }) => options.map(({ type }) => type));
  const wanted = search.trim().toUpperCase();
  return all.find((type) => type === wanted) ?? all[0];
}
