import type { KeyJson } from '../../server/http/key-protocol.ts';
import type { SessionJson } from '../../server/http/protocol.ts';
import { withoutFinalDot } from '../format.ts';
import type { Recipe, Used } from './recipe.ts';
import { tokenRecipes } from './token-recipes.ts';
import { tsigRecipes } from './tsig-recipes.ts';

/** Where a key is used. */
export interface Place {
  /** With its final dot. */
  readonly zone: string;
  readonly dns: SessionJson['dns'];
  /** Address of the page, without a slash at its end. */
  readonly page: string;
}

/** Stands where the secret belongs once nobody knows it any more. */
const UNKNOWN = 'SECRET';

/** Ready lines for programs that can use a key. `secret` is null when it was shown before. */
export function recipesFor(key: KeyJson, secret: string | null, place: Place): Recipe[] {
  const used = { ...placeOf(place), secret: secret ?? UNKNOWN };
  if (key.kind !== 'tsig') return key.kind === 'token' ? tokenRecipes(used) : [];
  return tsigRecipes({ ...used, key: key.name!, algorithm: key.algorithm! });
}

function placeOf({ zone, dns: { host, port }, page }: Place): Omit<Used, 'secret'> {
  const server = `${host.includes(':') ? `[${host}]` : host}:${port}`;
  return { zone: withoutFinalDot(zone), host, port, server, page };
}
