import { describe, expect, it } from 'vitest';
import { EXPERIMENTS } from '../experiments/all.ts';
import { piecesOf } from '../rich.ts';
import { texts as german } from '../texts/de/all.ts';
import { texts as english } from '../texts/en/all.ts';
import { terms as germanTerms } from './de.ts';
import { searchTerms, type Dictionary } from './dictionary.ts';
import { linkTerms } from './link.ts';
import { terms as englishTerms } from './en.ts';
import { TERMS } from './terms.ts';

const IDS: string[] = TERMS.map(({ id }) => id);

const LANGUAGES: readonly (readonly [string, Dictionary])[] = [
  ['English', englishTerms],
  ['German', germanTerms],
];

it('has many terms, each once, with an RFC and its section, where those have numbers', () => {
  expect(IDS.length).toBeGreaterThanOrEqual(60);
  expect(new Set(IDS).size).toBe(IDS.length);
  for (const { id, rfc } of TERMS) expect(rfc, id).toMatch(id === 'srv' ? /^RFC 2782$/ : /^RFC \d{4} §\d+(\.\d+)*$/);
});

describe.each(LANGUAGES)('in %s', (_, dictionary) => {
  it('each term has a name and two to four sentences', () => {
    expect(Object.keys(dictionary).sort()).toEqual([...IDS].sort());
    for (const [id, [title, text]] of Object.entries(dictionary)) {
      expect(title, id).not.toBe('');
      const sentences = text.match(/[^.!?]+[.!?](?= |$)/g) ?? [];
      expect(sentences.length, `${id}: ${text}`).toBeGreaterThanOrEqual(2);
      expect(sentences.length, id).toBeLessThanOrEqual(4);
      expect(text.length, id).toBeGreaterThan(80);
    }
  });
});

it('every term that an experiment leads to exists, and the languages lead to the same', () => {
  const linked = (words: unknown): string[] =>
    [...JSON.stringify(words).matchAll(/\[[^\]"]+\]\(([\w-]+)\)/g)].map(([, term]) => term!);
  for (const { id } of EXPERIMENTS) {
    const terms = linked(english.experiments[id as keyof typeof english.experiments]);
    expect(
      terms.filter((term) => !IDS.includes(term)),
      id,
    ).toEqual([]);
    expect(linked(german.experiments[id as keyof typeof german.experiments]).sort(), id).toEqual(terms.sort());
  }
  expect(piecesOf('[x](ttl)', String)).toEqual([{ kind: 'term', text: 'x', term: 'ttl' }]);
});

it('terms are found in a text, each once, but not in names, in other words, or where the text is about them', () => {
  const linked = (text: string, ...done: string[]) =>
    linkTerms(text, english.spoken, new Set(done)).map((piece) =>
      'term' in piece ? `[${piece.text}](${piece.term})` : piece.text,
    );
  expect(linked('Name servers say NXDOMAIN; a name server again.').join('')).toBe(
    '[Name servers](authoritative-server) say [NXDOMAIN](nxdomain); a name server again.',
  );
  for (const text of ['mx and Ns, MX-like', 'MX.example.com, www.NS', 'rezoned zonefiles'])
    expect(linked(text)).toEqual([text]);
  expect(linked('The zone of the SOA.', 'soa').join('')).toBe('The [zone](zone) of the SOA.');
});

it.each([english.spoken, german.spoken])('every word that is spoken leads to a term', (spoken) => {
  for (const [word, term] of Object.entries(spoken)) {
    expect(IDS, word).toContain(term);
    expect(word).toBe(word.toLowerCase());
  }
});

it('a search finds by name first, then by what is said', () => {
  expect(searchTerms(englishTerms, IDS, 'glue')[0]).toBe('glue');
  expect(searchTerms(englishTerms, IDS, 'negative')[0]).toBe('negative-caching');
  expect(searchTerms(englishTerms, IDS, 'letters').slice(0, 5)).toContain('dmarc');
  expect(searchTerms(englishTerms, IDS, 'xyzzy')).toEqual([]);
  expect(searchTerms(englishTerms, IDS, ' ')).toEqual(IDS);
});
