import type { PracticeId } from '../../server/http/asking-protocol.ts';

/** The resolvers by what they are called, which is the same in every language. */
export const PRACTICE_NAMES: Readonly<Record<PracticeId, string>> = { amber: 'Amber', basil: 'Basil', coral: 'Coral' };

export const PRACTICE_IDS = Object.keys(PRACTICE_NAMES) as PracticeId[];

/** What somebody means by a name: without a dot one of their zone, `@` the zone itself. */
export function completeName(text: string, zone: string): string {
  const name = text.trim();
  if (name === '@') return zone;
  return name === '' || name.includes('.') ? name : `${name}.${zone}`;
}
