import { describe, expect, it } from 'vitest';
import { EXPERIMENTS } from './experiments/all.ts';
import { expand, isOwn } from './experiment.ts';
import { piecesOf } from './rich.ts';
import { layOut, WIDTH } from './story/layout.ts';
import { linesOf } from './story/lines.ts';
import { texts as german } from './texts/de/all.ts';
import { texts as english } from './texts/en/all.ts';
import type { Texts } from './texts/texts.ts';

const LANGUAGES: readonly (readonly [string, Texts])[] = [
  ['English', english],
  ['German', german],
];
const ZONE = 'otter1.digpit.test.';

/** Every text, by where it stands; a function says what it says of a few letters. */
function* textsOf(value: unknown, path = ''): Generator<[string, string]> {
  if (typeof value === 'string') yield [path, value];
  else if (typeof value === 'function') yield [path, String((value as (...args: string[]) => unknown)('x', 'x', 'x'))];
  else for (const [key, inner] of Object.entries(value as object)) yield* textsOf(inner, `${path}.${key}`);
}

it('every experiment has a name of its own, and names in texts are below one of these', () => {
  const own = EXPERIMENTS.map((experiment) => experiment.own);
  expect(new Set(own).size).toBe(own.length);
  expect(new Set(EXPERIMENTS.map(({ id }) => id)).size).toBe(EXPERIMENTS.length);
  for (const experiment of EXPERIMENTS) {
    for (const [path, text] of textsOf(english.experiments[experiment.id as keyof typeof english.experiments])) {
      for (const [, name] of text.matchAll(/\{([^{}!]+)\}/g)) {
        expect(isOwn(experiment, `${name}.${ZONE}`, ZONE), `${experiment.id}${path} ${name}`).toBe(true);
      }
    }
  }
});

it('what a step hands to the reader is about names of that experiment', () => {
  for (const experiment of EXPERIMENTS) {
    for (const { key, tool } of experiment.steps) {
      const names = [];
      if (tool?.kind === 'record' || tool?.kind === 'edit') names.push(tool.record.name);
      if (tool?.kind === 'ask') names.push(tool.question.name);
      if (tool?.kind === 'walk') names.push(tool.at);
      if (tool?.kind === 'remove') names.push(...tool.records.map(([name]) => name));
      if (tool?.kind === 'lines') names.push(...tool.lines.map((line) => line.split(' ')[0]!));
      for (const name of names) expect(isOwn(experiment, `${name}.${ZONE}`, ZONE), `${experiment.id} ${key}`).toBe(true);
    }
  }
});

describe.each(LANGUAGES)('%s', (_, texts) => {
  it('says something of every experiment, step and picture, and of no other', () => {
    expect(Object.keys(texts.experiments).sort()).toEqual(EXPERIMENTS.map(({ id }) => id).sort());
    for (const { id, steps, story } of EXPERIMENTS) {
      const words = texts.experiments[id]!;
      expect(Object.keys(words.steps), id).toEqual(steps.map(({ key }) => key));
      expect(
        words.story.map(({ says }) => says.length),
        id,
      ).toEqual(story.map(({ arrows }) => arrows.length));
    }
  });

  it('leaves nothing empty but the labels of what takes no input', () => {
    const empty = [...textsOf(texts)].filter(([, text]) => text === '').map(([path]) => path);
    expect(empty.filter((path) => !/^\.ui\.walks\.\w+\.input$/.test(path))).toEqual([]);
  });

  it('fits into its pictures', () => {
    for (const { id, story } of EXPERIMENTS) {
      for (const [i, panel] of story.entries()) {
        const says = texts.experiments[id]!.story[i]!.says.map((text) => expand(text, 'marshmallow12.digpit.test.'));
        const { arrows, places } = layOut(panel, says);
        for (const x of places.values()) expect(x > 0 && x < WIDTH).toBe(true);
        for (const { lines } of arrows) for (const { text } of lines) expect(text.length, text).toBeLessThan(46);
        expect(arrows.map(({ lines }) => lines.map(({ text }) => text).join(' ')).join(), id).not.toContain('…');
      }
    }
  });
});

it('German says everything in its own words', () => {
  const said = new Map(textsOf(english));
  const same = [...textsOf(german)].filter(([path, text]) => text.split(' ').length > 4 && said.get(path) === text);
  expect(same.map(([path]) => path).filter((path) => !path.endsWith('.asked') && !path.includes('.says.'))).toEqual([]);
});

it('a text is taken apart into plain pieces, code, names and terms', () => {
  expect(piecesOf('Ask `NS` of {www.own}: a [referral](referral).', (text) => expand(text, ZONE))).toEqual([
    { kind: 'text', text: 'Ask ' },
    { kind: 'code', text: 'NS' },
    { kind: 'text', text: ' of ' },
    { kind: 'code', text: 'www.own.otter1.digpit.test' },
    { kind: 'text', text: ': a ' },
    { kind: 'term', text: 'referral', term: 'referral' },
    { kind: 'text', text: '.' },
  ]);
});

it('what is said in a picture breaks between words, and behind dots of a name that is too long', () => {
  expect(linesOf('a bird in the hand', 10)).toEqual(['a bird in', 'the hand']);
  expect(linesOf('a.very.long.name', 8)).toEqual(['a.very.', 'long.', 'name']);
});
