import { expect, test } from 'vitest';
import { LANGUAGES, speak, wordsOf, type Language } from '../strings/strings.ts';
import { FORMS, OTHER, formOf, initialValues } from './forms.ts';

test.each(Object.keys(LANGUAGES) as Language[])('every type and field has its words in %s', async (language) => {
  await speak(language);
  for (const form of [...FORMS, formOf('TYPE65280')]) {
    const words = wordsOf(form.type);
    expect(words.about, form.type).toBeTruthy();
    for (const { key, example } of form.fields) {
      expect(words.fields[key]?.label, `${form.type}.${key}`).toBeTruthy();
      expect(words.fields[key]?.hint, `${form.type}.${key}`).toBeTruthy();
      expect(example, `${form.type}.${key}`).toBeTruthy();
    }
  }
});

test('a type without a form is written as a whole', () => {
  for (const type of ['TYPE731', 'NAPTR']) expect(formOf(type)).toMatchObject({ type: OTHER, fields: [{ key: 'content' }] });
});

test('a form begins with the record, or with what its type begins with', () => {
  expect(initialValues(formOf('MX'))).toEqual({ preference: '10', exchange: '' });
  expect(initialValues(formOf('MX'), { preference: 5, exchange: 'm.test.' })).toEqual({ preference: '5', exchange: 'm.test.' });
});
