import type { WordsUi } from '../en/words.ts';

/** Deutsch; siehe texts/en/words.ts. */
export const words: WordsUi = {
  title: 'Wörter',
  intro: (count) =>
    `${count} Wörter, die Leute im DNS benutzen, als kennte sie jeder. Die Beispiele stammen aus deiner eigenen Subdomain und sind eben erst gefragt.`,
  search: 'Wort suchen',
  found: (count) => (count === 1 ? '1 Wort' : `${count} Wörter`),
  unknown: (id) => `Ein Wort „${id}“ hat das Wörterbuch nicht.`,
  example: 'Zum Beispiel',
  examples: {
    line: 'Zum Beispiel',
    sample: 'Du hast keinen; so könnte er aussehen',
    record: 'Aus deinen Einträgen',
    answer: 'Eben gefragt',
  },
};
