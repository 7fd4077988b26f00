import { afterAll, describe, expect, test } from 'vitest';
import { distance, ttlWords } from '../format.ts';
import { LANGUAGES, languageFor, speak, strings, type Language } from './strings.ts';

const ALL = Object.keys(LANGUAGES) as Language[];

afterAll(() => speak('en'));

test.each([
  [['de-AT', 'en'], 'de'],
  [['fr-FR', 'DE', 'en'], 'de'],
  [[null, 'en-GB', 'de'], 'en'],
  [['de', 'en-US'], 'de'],
  [['fr', 'ja'], 'en'],
  [[], 'en'],
])('who prefers %j reads %s', (tags, language) => {
  expect(languageFor(tags)).toBe(language);
});

/** Every text, by where it stands; a function says what it says of 2. */
function* textsOf(value: unknown, path = ''): Generator<[string, string]> {
  if (typeof value === 'string') yield [path, value];
  else if (typeof value === 'function') yield [path, String((value as (...args: unknown[]) => unknown)(2, 2, 2, 2))];
  else for (const [key, inner] of Object.entries(value as object)) yield* textsOf(inner, `${path}.${key}`);
}

test.each(ALL)('%s leaves nothing empty, and quotes nothing that it was not given', async (language) => {
  await speak(language);
  for (const [path, text] of textsOf(strings)) {
    expect(text, path).not.toBe('');
    expect(text, path).not.toMatch(/undefined|NaN|\[object/);
  }
});

test('a translation says everything in its own words', async () => {
  await speak('en');
  const english = new Map(textsOf(strings));
  await speak('de');
  const german = [...textsOf(strings)];
  expect(german.map(([path]) => path)).toEqual([...english.keys()]);
  const sentences = german.filter(([path, text]) => text.split(' ').length > 4 && english.get(path) === text);
  expect(sentences).toEqual([]);
});

describe('numbers and times', () => {
  test.each([
    ['en', '1,200 records', '1 hour 30 minutes', '3 hours ago', 'in 2 days'],
    ['de', '1.200 Einträge', '1 Stunde 30 Minuten', 'vor 3 Stunden', 'übermorgen'],
  ] as const)('are those of %s', async (language, count, ttl, before, after) => {
    await speak(language);
    expect(strings.records.count(1200)).toBe(count);
    expect(ttlWords(5400)).toBe(ttl);
    expect(distance(0, 3 * 3_600_000 + 5)).toBe(before);
    expect(distance(2 * 86_400_000, 0)).toBe(after);
  });
});
