import { beforeAll, expect, it } from 'vitest';
import { TYPE_GROUPS, formOf } from '../../web/records/forms.ts';
import { aboutField, speak, strings } from '../../web/strings/strings.ts';
import { dig } from './support/dig.ts';
import { useSetting } from './support/setting.ts';
import type { Tab } from './support/tab.ts';

const setting = useSetting();
const TYPES = TYPE_GROUPS.flatMap(({ types }) => types).filter((type) => type !== 'SOA');
/** Where dig looks at the owner, too: the name of an NSEC3 record is a hash. */
const OWNERS: Record<string, string> = { NSEC3: '2t7b4g4vsa5smi47k61mv5bv1a22bojr' };
let tab: Tab;
let zone: string;

beforeAll(async () => {
  await speak('en');
  tab = await setting.open();
  zone = await tab.settle();
});

/** The labels of a form with the example that stands below each. */
function examplesOf(type: string): Record<string, string> {
  return Object.fromEntries(formOf(type).fields.map(({ key, example }) => [aboutField(type, key).label, example]));
}

it('every type is added by its form with the examples that it shows, and dig gets what the page says', async () => {
  for (const type of TYPES) {
    const name = OWNERS[type] ?? `t-${type.toLowerCase()}`;
    await tab.add(type, { Name: name, ...examplesOf(type) });
    const shown = await tab.record(name, type).locator('td:nth-child(2)').innerText();
    const { answer, authority } = await dig(setting.dnsPort, '+norec', `${name}.${zone}`, type);
    const lines = type === 'NS' ? authority : answer;
    // Each prints hex, base64 and parameters with blanks or quotes of its own, and dig identifiers of 64 bits without their first zeros.
    const short = (text: string) => (type === 'NID' || type === 'L64' ? text.replaceAll(/\b0+(?=[\da-f])/g, '') : text);
    const plain = (text: string) => short(text.toLowerCase()).replaceAll(/[\s"]/g, '');
    expect(
      lines.map((line) => plain(line.split(' ').slice(4).join(' '))),
      type,
    ).toContain(plain(shown));
  }
}, 180_000);

it('a type is found by what it is for, with the keyboard, and says what it is', async () => {
  const { keyboard } = tab.page;
  await tab.field('Type').click();
  await keyboard.type('fingerprint');
  const options = tab.page.getByRole('listbox', { name: 'Record types' }).getByRole('option');
  await options.filter({ hasText: 'SSHFP' }).waitFor();
  expect(await options.count()).toBe(1);
  await keyboard.press('Enter');
  expect(await tab.field('Type').inputValue()).toBe('SSHFP');
  expect(await tab.describedBy(tab.field('Type'))).toContain('fingerprint of an SSH server');

  await keyboard.press('ArrowUp');
  await keyboard.press('Escape');
  expect(await options.count()).toBe(0);
  expect(await tab.field('Type').inputValue()).toBe('SSHFP');
  await tab.field('Type').fill('no such thing');
  await tab.page.getByText(strings.form.noType).waitFor();
  await keyboard.press('Escape');
});

it('values that mean something are chosen by their words, and others can be written', async () => {
  await tab.chooseType('TLSA');
  await tab.field('Usage').selectOption('2 · a CA of our own');
  await tab.field('Matching').selectOption('Another value…');
  await tab.fill({ Name: '_25._tcp', Matching: '255', Data: 'abcd' });
  await tab.form.getByText(`_25._tcp.${zone}. 60 IN TLSA 2 1 255 abcd`, { exact: true }).waitFor();
  await tab.button('Add record').click();
  await tab.record('_25._tcp', 'TLSA', '2 1 255 ABCD').waitFor();
  // A value that is in no list is shown as it is.
  await tab.button('Edit _25._tcp TLSA').click();
  const form = tab.page.getByRole('form', { name: 'Edit _25._tcp TLSA' });
  expect(await tab.field('Matching', form).inputValue()).toBe('255');
  expect(await tab.field('Usage', form).inputValue()).toBe('2');
  await tab.page.keyboard.press('Escape');
});

it('the TTL is said in words, and that it changes for the whole RRset', async () => {
  await tab.add('A', { Name: 'two', 'IPv4 address': '192.0.2.1', TTL: '300' });
  await tab.record('two', 'A', '5 minutes').waitFor();
  await tab.fill({ Name: 'two', 'IPv4 address': '192.0.2.2', TTL: '5400' });
  await tab.form.getByText('the other record changes to 1 hour 30 minutes too').waitFor();
  await tab.form.getByText(`In full: two.${zone}`).waitFor();
  await tab.button('Add record').click();
  await expect.poll(() => tab.record('two', 'A', '5400').count()).toBe(2);
  const { answer } = await dig(setting.dnsPort, `two.${zone}`);
  expect(answer.map((line) => line.split(' ')[1])).toEqual(['5400', '5400']);
});

it('another like it is one button away, and another for the same name', async () => {
  await tab.button('Make another two A').first().click();
  await expect.poll(() => tab.hasFocus(tab.field('IPv4 address'))).toBe(true);
  expect(await tab.field('Name').inputValue()).toBe('two');
  await tab.page.keyboard.type('192.0.2.3');
  await tab.page.keyboard.press('Enter');
  await expect.poll(() => tab.record('two', 'A').count()).toBe(3);

  await tab.button('Add a record to t-mx').click();
  expect(await tab.field('Name').inputValue()).toBe('t-mx');
  await expect.poll(() => tab.hasFocus(tab.field('Type'))).toBe(true);
});

it('the table is sorted by its headings, names staying together', async () => {
  const first = () => tab.page.locator('tbody').first().innerText();
  expect(await first()).toContain('the subdomain itself');
  await tab.button(/^TTL/).click();
  await tab.button(/^TTL/).click();
  expect(await tab.page.getByRole('columnheader', { name: 'TTL' }).getAttribute('aria-sort')).toBe('descending');
  expect(await first()).toMatch(/^two\./);
  await tab.button(/^Name/).click();
  expect(await first()).toContain('the subdomain itself');
});
