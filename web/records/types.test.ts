import { beforeAll, expect, test } from 'vitest';
import { speak } from '../strings/strings.ts';
import { bestOption, findTypes } from './types.ts';

beforeAll(() => speak('en'));

const found = (search: string) => findTypes(search).flatMap(({ options }) => options.map(({ type }) => type));

test.each([
  ['tls', ['CAA', 'TLSA']],
  ['mail', ['MX', 'SPF', 'SMIMEA', 'OPENPGPKEY']],
  ['SSH', ['SSHFP']],
  ['nsec3', ['NSEC3', 'NSEC3PARAM']],
  ['type65280', ['TYPE65280']],
  ['zzz', []],
])('%s finds %j', (search, types) => {
  expect(found(search)).toEqual(types);
});

test('without a search there are all of them, the common ones first', () => {
  expect(found('')).toHaveLength(46);
  expect(
    findTypes('')[0]!
      .options.map(({ type }) => type)
      .slice(0, 3),
  ).toEqual(['A', 'AAAA', 'CNAME']);
});

test('a mnemonic that is written out goes before one that begins with it', () => {
  expect(bestOption(findTypes('aaaa'), 'aaaa')).toBe('AAAA');
  expect(bestOption(findTypes('a'), 'a ')).toBe('A');
  expect(bestOption(findTypes('ns'), 'ns')).toBe('NS');
  expect(bestOption(findTypes('zzz'), 'zzz')).toBeUndefined();
});
