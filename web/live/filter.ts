import type { QueryJson } from '../../server/http/protocol.ts';

/** What the log can be narrowed by; the server knows the same fields, in the same words. */
export const FILTER_FIELDS = ['name', 'type', 'code', 'source', 'asn', 'country', 'brand', 'transport', 'server'] as const;

export type FilterField = (typeof FILTER_FIELDS)[number];

/** What stands for this server where another one is called by its name. */
export const HERE = '-';

/** One value of one field that queries must have, or must not. */
export interface Term {
  readonly field: FilterField;
  readonly value: string;
  readonly not: boolean;
}

/** Terms of one field are alternatives, those with `not` apart; different fields must all hold. */
export type Filter = readonly Term[];

const VALUE_OF: Record<FilterField, (query: QueryJson) => string> = {
  name: ({ qname }) => qname.toLowerCase(),
  type: ({ qtype }) => qtype,
  code: ({ rcode }) => rcode,
  source: ({ source }) => source.address,
  asn: ({ source }) => String(source.asn ?? 0),
  country: ({ source }) => source.country ?? '',
  brand: ({ source }) => source.brand ?? '',
  transport: ({ transport }) => transport,
  server: ({ server }) => server ?? HERE,
};

/** What each field of a query says, to be filtered by. Empty for what is not known. */
export function valueOf(query: QueryJson, field: FilterField): string {
  return VALUE_OF[field](query);
}

function matches({ field, value }: Term, found: string): boolean {
  if (field === 'name') return found.includes(value);
  return field === 'source' && /[.:]$/.test(value) ? found.startsWith(value) : found === value;
}

/** Whether the filter lets a query through, as the server judges it. */
export function passes(filter: Filter, query: QueryJson): boolean {
  return FILTER_FIELDS.every((field) => {
    const terms = filter.filter((term) => term.field === field);
    if (terms.length === 0) return true;
    const found = valueOf(query, field);
    const wanted = terms.filter(({ not }) => !not);
    const isMatch = (term: Term): boolean => matches(term, found);
    return (wanted.length === 0 || wanted.some(isMatch)) && !terms.some((term) => term.not && isMatch(term));
  });
}

const SHAPES: Partial<Record<FilterField, RegExp>> = {
  type: /^[A-Z][A-Z\d-]*$/,
  code: /^[A-Z]+\d*$/,
  source: /^[\da-f.:]+$/,
  asn: /^\d{1,10}$/,
  country: /^[A-Z]{2}$/,
  transport: /^(udp|tcp|https|tls)$/,
};

/** A term from what somebody wrote; null when no query can have that. */
export function makeTerm(field: FilterField, text: string, not: boolean): Term | null {
  const trimmed = text.trim();
  if (trimmed === '') return null;
  const value = normalise(field, trimmed);
  return SHAPES[field]?.test(value) === false ? null : { field, value, not };
}

function normalise(field: FilterField, text: string): string {
  if (field === 'name' || field === 'source' || field === 'transport') return text.toLowerCase();
  if (field === 'asn') return text.replace(/^as/i, '');
  return field === 'brand' || field === 'server' ? text : text.toUpperCase();
}

export function isSameTerm(a: Term, b: Term): boolean {
  return a.field === b.field && a.value === b.value && a.not === b.not;
}

/** The filter with a term more; its opposite goes. */
export function withTerm(filter: Filter, term: Term): Filter {
  return [...filter.filter((other) => other.field !== term.field || other.value !== term.value), term];
}

export function withoutTerm(filter: Filter, term: Term): Filter {
  return filter.filter((other) => !isSameTerm(other, term));
}

/** The query part of an address: of ours, so that it can be kept and sent, and of the server's. */
export function filterToQuery(filter: Filter): string {
  return new URLSearchParams(filter.map(({ field, value, not }) => [field, `${not ? '!' : ''}${value}`])).toString();
}

/** Reads it back. What makes no sense is left out. */
export function filterFromQuery(query: string): Filter {
  const parameters = new URLSearchParams(query);
  return FILTER_FIELDS.flatMap((field) =>
    parameters.getAll(field).flatMap((text) => {
      const not = text.startsWith('!');
      return makeTerm(field, not ? text.slice(1) : text, not) ?? [];
    }),
  );
}
