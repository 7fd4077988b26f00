import { expect, test } from 'vitest';
import { useSetting } from './support/setting.ts';

const setting = useSetting();

test('the page speaks the language of the browser, and fetches no other', async () => {
  const tab = await setting.open(await setting.visitor({ locale: 'de-AT' }));
  await tab.button('Subdomain ausgraben').waitFor();
  expect(await tab.evaluate('document.documentElement.lang')).toBe('de');
  const files = await tab.evaluate<string[]>(`performance.getEntriesByType('resource').map(({ name }) => name)`);
  expect(files.filter((name) => /\/de-[^/]+\.js$/.test(name))).toHaveLength(1);
  expect(files.filter((name) => /\/en-[^/]+\.js$/.test(name))).toEqual([]);
});

test('the language is changed in the page without losing the key or the zone, and is remembered', async () => {
  const context = await setting.visitor({ locale: 'en-GB' });
  const tab = await setting.open(context);
  const { zone, key } = await tab.takeSubdomain();
  await tab.page.getByLabel('Language').selectOption('de');
  await tab.page.getByRole('region', { name: 'Bewahre diesen Schlüssel auf' }).getByText(key).waitFor();
  expect(await tab.zoneTitle.innerText()).toBe(zone);
  await expect.poll(() => tab.hasFocus(tab.page.getByLabel('Sprache'))).toBe(true);
  await tab.page.getByText('Das heißt: 1 Minute.').waitFor();
  await tab.page.reload();
  await tab.page.getByRole('heading', { name: 'Einträge', exact: true }).waitFor();
  await tab.page.getByLabel('Sprache').selectOption('en');
  await tab.page.getByRole('heading', { name: 'Records', exact: true }).waitFor();
});
