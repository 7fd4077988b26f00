import { expect, test } from 'vitest';
import { routeOf } from './route.ts';

test.each([
  ['', { section: '', place: '' }],
  ['#/', { section: '', place: '' }],
  ['#/words', { section: 'words', place: '' }],
  ['#/words/ttl', { section: 'words', place: 'ttl' }],
  ['#/words/a%20b/c', { section: 'words', place: 'a b/c' }],
  ['#/words/100%', { section: 'words', place: '100%' }],
  ['#log', null],
])('the address ending in %j leads to %j', (hash, route) => {
  expect(routeOf(hash)).toEqual(route);
});
