import { describe, expect, it } from 'vitest';
import { Name } from '../wire/name.ts';
import { typeToText } from '../wire/codes.ts';
import { parseRecord } from './input.ts';

const origin = Name.fromText('otter1.digpit.test.') as Name;
const parse = (input: Record<string, unknown>) =>
  parseRecord({ name: 'www', type: 'A', ttl: 60, address: '192.0.2.1', ...input }, origin);
const faults = (input: Record<string, unknown>) => {
  const result = parse(input);
  return Array.isArray(result) ? result.map(({ field, code }) => `${field} ${code}`) : [];
};
const owner = (name: string) => {
  const result = parse({ name });
  return Array.isArray(result) ? result[0]!.code : result.owner.toText();
};

describe('the name that a person gives', () => {
  it.each([
    ['www', 'www.otter1.digpit.test.'],
    [' @ ', 'otter1.digpit.test.'],
    ['*.a', '*.a.otter1.digpit.test.'],
    ['a.b.c', 'a.b.c.otter1.digpit.test.'],
    ['www.otter1.digpit.test', 'www.otter1.digpit.test.'],
    ['www.Otter1.digpit.test.', 'www.Otter1.digpit.test.'],
    ['otter1.digpit.test', 'otter1.digpit.test.'],
    ['_acme-challenge', '_acme-challenge.otter1.digpit.test.'],
    ['straße', 'xn--strae-oqa.otter1.digpit.test.'],
    ['🏖', 'xn--km8h.otter1.digpit.test.'],
  ])('%j becomes %s', (text, expected) => {
    expect(owner(text)).toBe(expected);
  });

  it.each([
    ['', 'missing'],
    ['www.other.test.', 'outside_zone'],
    ['a b', 'space_in_name'],
    ['a..b', 'empty_label'],
    ['x'.repeat(64), 'label_too_long'],
    [`${'x'.repeat(63)}.${'x'.repeat(63)}.${'x'.repeat(63)}.${'x'.repeat(45)}`, 'name_too_long'],
    ['a\u0000\u00ff', 'bad_idn'],
  ])('%j is refused: %s', (text, code) => {
    expect(owner(text)).toBe(code);
  });
});

describe('type and TTL', () => {
  it('understands numbers in text, lower case and TYPEnnn', () => {
    expect(parse({ ttl: '300' })).toMatchObject({ ttl: 300 });
    expect(parse({ type: 'a' })).toMatchObject({ type: 1 });
    expect(parse({ type: 'type1' })).toMatchObject({ type: 1 });
    expect(parse({ ttl: 2147483647 })).toMatchObject({ ttl: 2147483647 });
  });

  it.each([
    [{ type: 'AA' }, ['type unknown_type']],
    [{ type: 'TYPE65536' }, ['type unknown_type']],
    [{ type: 'ANY' }, ['type not_a_data_type']],
    [{ type: 'OPT' }, ['type not_a_data_type']],
    [{ type: 'TYPE0' }, ['type not_a_data_type']],
    [{ ttl: 2147483648 }, ['ttl out_of_range']],
    [{ ttl: -1 }, ['ttl not_a_number']],
    [{ ttl: '1h' }, ['ttl not_a_number']],
    [{ ttl: undefined }, ['ttl missing']],
    [{ ttl: '', name: '', address: '' }, ['name missing', 'ttl missing', 'address missing']],
  ])('%j is refused: %j', (input, expected) => {
    expect(faults(input)).toEqual(expected);
  });
});

it('takes the whole RDATA as content instead of fields, and asks about relative targets there too', () => {
  const mx = parse({ type: 'MX', address: undefined, content: '10 mail.example.com' });
  expect(mx).toMatchObject({ type: 15 });
  expect(typeToText((mx as { type: number }).type)).toBe('MX');
  expect(faults({ type: 'MX', content: '10 mail' })).toEqual(['exchange ambiguous_name']);
  expect(faults({ type: 'A', content: '\\# 4 c0000201' })).toEqual([]);
});
