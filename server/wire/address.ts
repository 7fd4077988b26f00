/** IPv4 octets of `192.0.2.1`: four decimal numbers, no leading zeros, or null. */
export function parseIpv4(text: string): Uint8Array | null {
  const parts = text.split('.');
  if (parts.length !== 4 || !parts.every((part) => /^(0|[1-9]\d{0,2})$/.test(part) && Number(part) < 256)) return null;
  return Uint8Array.from(parts, Number);
}

/** IPv6 octets of any form of RFC 4291 §2.2, a dotted tail included, no zone index; or null. */
export function parseIpv6(text: string): Uint8Array | null {
  let rest = text;
  const dotted = /^(.*:)([\d.]+)$/.exec(text);
  if (dotted !== null && dotted[2]!.includes('.')) {
    const tail = parseIpv4(dotted[2]!);
    if (tail === null) return null;
    rest = `${dotted[1]}${((tail[0]! << 8) | tail[1]!).toString(16)}:${((tail[2]! << 8) | tail[3]!).toString(16)}`;
  }
  const halves = rest.split('::');
  if (halves.length > 2) return null;
  const [head, tail] = halves.map((half) => (half === '' ? [] : half.split(':')));
  const groups = [...head!, ...(tail ?? [])];
  if (!groups.every((group) => /^[\da-f]{1,4}$/i.test(group))) return null;
  const gap = 8 - groups.length;
  if (tail === undefined ? gap !== 0 : gap < 1) return null;
  const words = [...head!.map(hex), ...Array.from({ length: gap }, () => 0), ...(tail ?? []).map(hex)];
  return Uint8Array.from(words.flatMap((word) => [word >>> 8, word & 0xff]));
}

function hex(group: string): number {
  return Number.parseInt(group, 16);
}

/** Octets of an IPv4 or IPv6 address in text, or null. */
export function parseAddress(text: string): Uint8Array | null {
  return text.includes(':') ? parseIpv6(text) : parseIpv4(text);
}

/** Four or sixteen octets as people write them; IPv6 as RFC 5952 §4 asks, an IPv4-mapped address as its IPv4 address. */
export function formatAddress(octets: Uint8Array): string {
  if (octets.length === 4) return octets.join('.');
  if (isMappedIpv4(octets)) return octets.subarray(12).join('.');
  return formatIpv6(octets);
}

/** Sixteen octets as RFC 5952 §4 asks: lower case, no leading zeros, the longest run of two zero groups or more as `::`. */
export function formatIpv6(octets: Uint8Array): string {
  const words = Array.from({ length: 8 }, (_, i) => (octets[2 * i]! << 8) | octets[2 * i + 1]!);
  let best = 0;
  let bestLength = 1;
  for (let start = 0; start < 8; start++) {
    let length = 0;
    while (start + length < 8 && words[start + length] === 0) length++;
    if (length > bestLength) [best, bestLength] = [start, length];
  }
  const text = (from: number, to: number) =>
    words
      .slice(from, to)
      .map((word) => word.toString(16))
      .join(':');
  return bestLength === 1 ? text(0, 8) : `${text(0, best)}::${text(best + bestLength, 8)}`;
}

/** Whether sixteen octets are `::ffff:0:0/96`, RFC 4291 §2.5.5.2. */
export function isMappedIpv4(octets: Uint8Array): boolean {
  for (let i = 0; i < 10; i++) if (octets[i] !== 0) return false;
  return octets[10] === 0xff && octets[11] === 0xff;
}
