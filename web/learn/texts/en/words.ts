/** English words of the dictionary and of the page about this server. */
export const words = {
  title: 'Words',
  intro: (count: number) =>
    `${count} words that people in DNS use as if everybody knew them. The examples are from your own subdomain, asked for at this moment.`,
  search: 'Find a word',
  found: (count: number) => (count === 1 ? '1 word' : `${count} words`),
  unknown: (id: string) => `The dictionary has no word “${id}”.`,
  example: 'For example',
  examples: {
    line: 'For example',
    sample: 'You have none; it could look like this',
    record: 'From your records',
    answer: 'Asked just now',
  },
};

export type WordsUi = typeof words;
