import { expect, test } from 'vitest';
import { RDATA_TYPES } from '../../server/wire/rdata.ts';
import { LANGUAGES, aboutField, aboutType, speak, strings, type Language } from '../strings/strings.ts';
import { TYPE_GROUPS, formOf, initialValues } from './forms.ts';

const TYPES = TYPE_GROUPS.flatMap(({ types }) => types);

test('every type of the server has its form, field for field, and stands in one group', () => {
  expect(TYPES.toSorted()).toEqual(RDATA_TYPES.map(({ mnemonic }) => mnemonic).sort());
  for (const { mnemonic, fields } of RDATA_TYPES) {
    expect(
      formOf(mnemonic).fields.map(({ key }) => key),
      mnemonic,
    ).toEqual(fields.map(({ key }) => key));
  }
});

test.each(Object.keys(LANGUAGES) as Language[])('every type, field and choice has its words in %s', async (language) => {
  await speak(language);
  for (const type of [...TYPES, 'TYPE65280']) {
    expect(aboutType(type), type).toBeTruthy();
    for (const { key, example, choices, initial } of formOf(type).fields) {
      const { label, hint } = aboutField(type, key);
      expect(label, `${type}.${key}`).not.toBe(key);
      expect([hint, example], `${type}.${key}`).not.toContain('');
      if (choices && initial) expect(strings.choices[choices], `${type}.${key}`).toHaveProperty(initial);
    }
  }
});

test('what is no type of ours has no words of ours', async () => {
  await speak('en');
  expect(aboutType('toString')).toBe(strings.otherType);
  expect(aboutField('A', 'constructor')).toEqual({ label: 'constructor', hint: '' });
});

test('a type without a form is written as a whole', () => {
  for (const type of ['TYPE731', 'WKS', 'constructor'])
    expect(formOf(type)).toMatchObject({ type, fields: [{ key: 'content' }] });
});

test('a form begins with the record, or with what its type begins with', () => {
  expect(initialValues(formOf('MX'))).toEqual({ preference: '10', exchange: '' });
  expect(initialValues(formOf('MX'), { preference: 5, exchange: 'm.test.' })).toEqual({ preference: '5', exchange: 'm.test.' });
});
