import { domainToASCII } from 'node:url';

/**
 * Labels outside ASCII turned into their `xn--` form (UTS #46, RFC 5891), the others left as they are, escapes included.
 * Null when a label cannot be.
 */
export function toAsciiName(text: string): string | null {
  if (!hasNonAscii(text)) return text;
  // The ideographic and full-width stops separate labels too, RFC 3490 §3.1.
  const labels = text.split(/[.\u3002\uff0e\uff61]/);
  const ascii = labels.map((label) => (hasNonAscii(label) ? domainToASCII(label) : label));
  return ascii.every((label, i) => label !== '' || labels[i] === '') ? ascii.join('.') : null;
}

function hasNonAscii(text: string): boolean {
  for (let i = 0; i < text.length; i++) if (text.charCodeAt(i) > 0x7f) return true;
  return false;
}
