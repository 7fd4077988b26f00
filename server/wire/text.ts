import { readEscape } from './name.ts';

/** Octets of presentation text between quotes or bare, with `\X` and `\DDD` undone, RFC 1035 §5.1; null for a bad escape. */
export function unescapeText(text: string): Uint8Array | null {
  const parts: Uint8Array[] = [];
  let plain = 0;
  for (let i = 0; i < text.length; i++) {
    if (text[i] !== '\\') continue;
    const escape = readEscape(text, i);
    if (escape === null) return null;
    parts.push(Buffer.from(text.slice(plain, i)), Uint8Array.of(escape.octet));
    i += escape.length - 1;
    plain = i + 1;
  }
  parts.push(Buffer.from(text.slice(plain)));
  return Buffer.concat(parts);
}

/** A <character-string> in quotes, everything outside printable ASCII as `\DDD`. */
export function quoteText(octets: Uint8Array): string {
  let text = '"';
  for (const octet of octets) {
    if (octet === 0x22 || octet === 0x5c) text += `\\${String.fromCharCode(octet)}`;
    else if (octet < 0x20 || octet >= 0x7f) text += `\\${String(octet).padStart(3, '0')}`;
    else text += String.fromCharCode(octet);
  }
  return `${text}"`;
}

/** One word of presentation text. `raw` keeps quotes and escapes as they stood; `end` is where it stopped. */
export interface Token {
  readonly raw: string;
  readonly end: number;
}

/** The word that begins at or after `from`, null at the end of the text; an unclosed quote runs to the end. */
export function nextToken(text: string, from: number): Token | null {
  let at = from;
  while (at < text.length && /\s/.test(text[at]!)) at++;
  if (at === text.length) return null;
  const start = at;
  let quoted = false;
  for (; at < text.length; at++) {
    if (text[at] === '\\') at++;
    else if (text[at] === '"') quoted = !quoted;
    else if (!quoted && /\s/.test(text[at]!)) break;
  }
  return { raw: text.slice(start, at), end: Math.min(at, text.length) };
}

/** The octets of a word, quotes and escapes undone; null when a quote is not closed or an escape is wrong. */
export function tokenOctets(raw: string): Uint8Array | null {
  if (!raw.includes('"')) return unescapeText(raw);
  const inner = /^"((?:[^"\\]|\\.)*)"$/s.exec(raw);
  return inner === null ? null : unescapeText(inner[1]!);
}
