import type { QueryJson } from '../../server/http/protocol.ts';
import type { Gap } from './window.ts';

/** What the list draws: a query, with those like it when repeats are grouped; a gap; the line above what was seen before. */
export type Item =
  | { readonly kind: 'query'; readonly key: string; readonly query: QueryJson; readonly repeats: readonly QueryJson[] }
  | { readonly kind: 'gap'; readonly key: string; readonly gap: Gap }
  | { readonly kind: 'seen'; readonly key: string };

/** Rows and gaps in the order of their ids, newest first. A line goes above the newest query up to `seen`, if there are newer. */
export function makeItems(rows: readonly QueryJson[], gaps: readonly Gap[], seen: number): Item[] {
  const items: Item[] = [];
  let next = 0;
  let isNew = (rows[0]?.id ?? 0) > seen && seen > 0;
  for (const query of rows) {
    for (; next < gaps.length && gaps[next]!.before > query.id; next++) items.push(gapItem(gaps[next]!));
    if (isNew && query.id <= seen) {
      items.push({ kind: 'seen', key: 'seen' });
      isNew = false;
    }
    items.push({ kind: 'query', key: `${query.id}`, query, repeats: [] });
  }
  for (const gap of gaps.slice(next)) items.push(gapItem(gap));
  return items;
}

function gapItem(gap: Gap): Item {
  return { kind: 'gap', key: `gap ${gap.before}`, gap };
}

/** One item for all queries of the same name, type, source, transport, code and server, in the place of the newest. */
export function groupRepeats(rows: readonly QueryJson[]): Item[] {
  const groups = new Map<string, QueryJson[]>();
  for (const query of rows) {
    const { qname, qtype, qclass, source, transport, rcode, server = '' } = query;
    const key = `${qname.toLowerCase()} ${qtype} ${qclass} ${source.address} ${transport} ${rcode} ${server}`;
    const group = groups.get(key);
    if (group) group.push(query);
    else groups.set(key, [query]);
  }
  return [...groups].map(([key, group]) => ({ kind: 'query', key, query: group[0]!, repeats: group.slice(1) }));
}
