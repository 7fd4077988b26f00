import type { StoredRecord } from '../../store/zone-change.ts';
import type { Name } from '../../wire/name.ts';
import { rrsetsToJson } from './json.ts';

/** Names and data of a zone that a search finds, at most `max`, as PowerDNS tells them. */
export function searchZone(
  search: string,
  { records, origin, max }: { records: readonly StoredRecord[]; origin: Name; max: number },
) {
  const finds = matcherOf(search);
  const zone = { zone: origin.toText(), zone_id: origin.toText() };
  const found = rrsetsToJson(records).flatMap(({ name, type, ttl, records: data }) =>
    data
      .filter(({ content }) => finds(name) || finds(content))
      .map(({ content }) => ({ content, disabled: false, name, object_type: 'record', ttl, type, ...zone })),
  );
  const zones = finds(origin.toText()) ? [{ name: origin.toText(), object_type: 'zone', zone_id: origin.toText() }] : [];
  return [...zones, ...found].slice(0, max);
}

/** Whether a text is one that a search means, in which each `*` stands for anything. */
function matcherOf(search: string): (text: string) => boolean {
  const [first, ...rest] = search.toLowerCase().split('*');
  const last = rest.pop();
  return (text) => {
    const folded = text.toLowerCase().replace(/\.$/, '');
    if (last === undefined) return folded === first!.replace(/\.$/, '');
    if (!folded.startsWith(first!)) return false;
    let at = first!.length;
    for (const piece of rest) {
      const found = folded.indexOf(piece, at);
      if (found < 0) return false;
      at = found + piece.length;
    }
    return folded.length - last.length >= at && folded.endsWith(last);
  };
}
