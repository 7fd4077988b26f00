/** What the form of each record type asks for. The words about it are in strings/, under the same type and key. */

export interface FieldForm {
  /** The member of RecordInput that this field fills. */
  key: string;
  kind: 'text' | 'number' | 'long';
  example: string;
  initial: string;
  /** Values to offer while typing. */
  suggestions: readonly string[];
}

export interface TypeForm {
  type: string;
  fields: readonly FieldForm[];
}

/** Stands in the list of types for every type without a form of its own. */
export const OTHER = 'other';

export const DEFAULT_TTL = '60';

interface Extras {
  initial?: string;
  suggestions?: readonly string[];
}

function field(kind: FieldForm['kind'], key: string, example: string, extras: Extras = {}): FieldForm {
  return { key, kind, example, initial: extras.initial ?? '', suggestions: extras.suggestions ?? [] };
}

const SERVICE_BINDING = [
  field('number', 'priority', '1', { initial: '1' }),
  field('text', 'target', '.', { initial: '.' }),
  field('text', 'params', 'alpn=h2,h3 port=8443'),
];

export const FORMS: readonly TypeForm[] = [
  { type: 'A', fields: [field('text', 'address', '192.0.2.7')] },
  { type: 'AAAA', fields: [field('text', 'address', '2001:db8::7')] },
  {
    type: 'CAA',
    fields: [
      field('number', 'flags', '0', { initial: '0' }),
      field('text', 'tag', 'issue', { initial: 'issue', suggestions: ['issue', 'issuewild', 'iodef'] }),
      field('text', 'value', 'letsencrypt.org'),
    ],
  },
  { type: 'CNAME', fields: [field('text', 'target', 'www.example.com.')] },
  { type: 'HTTPS', fields: SERVICE_BINDING },
  {
    type: 'MX',
    fields: [field('number', 'preference', '10', { initial: '10' }), field('text', 'exchange', 'mail.example.com.')],
  },
  { type: 'NS', fields: [field('text', 'target', 'ns1.example.com.')] },
  { type: 'PTR', fields: [field('text', 'target', 'host.example.com.')] },
  {
    type: 'SOA',
    fields: [
      field('text', 'mname', 'ns1.example.com.'),
      field('text', 'rname', 'you@example.com'),
      field('number', 'serial', '1'),
      field('number', 'refresh', '3600'),
      field('number', 'retry', '600'),
      field('number', 'expire', '604800'),
      field('number', 'minimum', '60'),
    ],
  },
  {
    type: 'SRV',
    fields: [
      field('number', 'priority', '0', { initial: '0' }),
      field('number', 'weight', '0', { initial: '0' }),
      field('number', 'port', '993'),
      field('text', 'target', 'mail.example.com.'),
    ],
  },
  { type: 'SVCB', fields: SERVICE_BINDING },
  { type: 'TXT', fields: [field('long', 'text', 'v=spf1 -all')] },
];

const WHOLE: TypeForm = { type: OTHER, fields: [field('long', 'content', '\\# 4 0a000001')] };

const BY_TYPE = new Map(FORMS.map((form) => [form.type, form]));

/** The form for a type. One that has no form here is written as a whole, the way a zone file says it. */
export function formOf(type: string): TypeForm {
  return BY_TYPE.get(type) ?? WHOLE;
}

/** What a form holds at first: the record being edited, or what the type begins with. */
export function initialValues(form: TypeForm, record?: Record<string, unknown>): Record<string, string> {
  return Object.fromEntries(form.fields.map(({ key, initial }) => [key, record ? String(record[key] ?? '') : initial]));
}
