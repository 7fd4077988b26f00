import { readPref, writePref } from '../prefs.ts';

/** What a certification authority makes up for somebody: 256 random bits in base64url, the same for as long as the zone is played with. */
export function tokenFor(zone: string): string {
  const kept = readPref(`token.${zone}`);
  if (kept !== null && /^[\w-]{43}$/.test(kept)) return kept;
  const octets = crypto.getRandomValues(new Uint8Array(32));
  const token = btoa(String.fromCharCode(...octets))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replace(/=+$/, '');
  writePref(`token.${zone}`, token);
  return token;
}
