import type { BrowserContextOptions } from 'playwright-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { look, STILL } from './support/look.ts';
import { playScene } from './support/scene.ts';
import { useSetting } from './support/setting.ts';

const setting = useSetting();

/** The session of somebody with records and queries. */
let storageState: NonNullable<BrowserContextOptions['storageState']>;

beforeAll(async () => {
  const context = await setting.visitor();
  const tab = await setting.open(context);
  const zone = await tab.settle();
  await playScene(tab, setting.dnsPort, zone);
  storageState = await context.storageState();
  await context.close();
});

describe('at every size, in both themes,', () => {
  it('the landing page fits', async () => {
    const context = await setting.visitor(STILL);
    const tab = await setting.open(context);
    await tab.button('Dig a subdomain').waitFor();
    await look(tab, 'landing');
    await tab.takeSubdomain();
    await tab.live();
    await look(tab, 'begin');
  });

  it('records, form and log fit', async () => {
    const context = await setting.visitor({ ...STILL, storageState });
    const tab = await setting.open(context);
    await tab.live();
    await tab.rows.first().waitFor();
    await look(tab, 'work');

    await tab.send('SRV', { Name: '_imaps._tcp', Priority: '70000', Port: '993', Target: 'mail' });
    await tab.button(/^Use mail\.\w/).waitFor();
    await look(tab, 'faults');
    await tab.send('CNAME', { Name: 'www', Target: 'a.example.' });
    await tab.form.getByText('nothing may stand beside it').waitFor();
    await look(tab, 'conflict');
    await tab.button('Edit www HTTPS').click();
    await tab.page.getByRole('form', { name: 'Edit www HTTPS' }).scrollIntoViewIfNeeded();
    await look(tab, 'edit');

    await tab.log.scrollIntoViewIfNeeded();
    await tab.rows.first().evaluate((row) => row.scrollIntoView({ block: 'center' }));
    await look(tab, 'log');
    await tab.rows.nth(1).locator('[aria-expanded]').click();
    await tab.rows
      .nth(1)
      .getByRole('heading', { name: /^Response/ })
      .waitFor();
    await tab.rows.nth(1).evaluate((row) => row.scrollIntoView({ block: 'start' }));
    await look(tab, 'opened');
  });

  it('types, texts and history fit', async () => {
    const context = await setting.visitor({ ...STILL, storageState });
    const tab = await setting.open(context);
    await tab.live();
    const text = (label: string) => tab.page.getByLabel(label, { exact: true });
    await tab.field('Type').click();
    await tab.page.getByRole('option', { name: 'MX' }).waitFor();
    await look(tab, 'types');
    await tab.page.keyboard.press('Escape');
    await tab.chooseType('TLSA');
    await look(tab, 'tlsa');

    await tab.view('Paste lines');
    await text('Lines to add').fill('www 60 A 192.0.2.8\nwww A 192.0.2.300\nwww CNAME a.test.\n');
    await tab.button('Line 3').waitFor();
    await look(tab, 'paste');
    await text('Lines to add').fill('');
    await tab.view('As text');
    await expect.poll(() => text('The zone file').inputValue()).toContain('SOA');
    await text('The zone file').fill((await text('The zone file').inputValue()).replace('192.0.2.7', '192.0.2.77'));
    await expect.poll(() => tab.planned.count()).toBe(2);
    await look(tab, 'text');
    await tab.view('Import');
    await text('What dig printed, or a zone file').fill(
      'example.com. 60 MX 5 mx.example.com.\nexample.com. 60 SOA a. b. 1 2 3 4 5',
    );
    await tab.page.getByText('1 line is left out').click();
    await look(tab, 'import');
    await tab.view('History');
    await tab.page.locator('#records ol [aria-expanded]').first().click();
    await tab.page.locator('#records ol li[data-gone]').first().waitFor();
    await look(tab, 'history');
  });

  it('grouping, filters, who asks, asking and what is shared fit', async () => {
    const context = await setting.visitor({ ...STILL, storageState });
    const tab = await setting.open(context);
    await tab.live();
    await tab.rows.first().waitFor();
    await tab.log.evaluate((log) => log.scrollIntoView());
    await tab.button('Group repeats').click();
    await tab.button('Add a filter').click();
    await tab.log.getByLabel('Value', { exact: true }).fill('www');
    await tab.page.keyboard.press('Enter');
    await tab.log.getByText('Name has').first().waitFor();
    await look(tab, 'filter');
    await tab.button('Who asks').click();
    await tab.log.getByRole('heading', { name: 'What resolvers hold' }).waitFor();
    await look(tab, 'who');
    await tab.button('Who asks').click();
    await tab.button('Ask').click();
    const ask = tab.log.getByRole('region', { name: 'Ask', exact: true });
    await ask.getByLabel('this server, TCP').check();
    await tab.button('Ask', ask).click();
    await ask.locator('article').nth(1).waitFor();
    await look(tab, 'ask');
    await tab.button('Ask').first().click();
    await tab.rows.first().locator('.name').click();
    await tab.button('Share').click();
    const link = await tab.log.getByRole('link', { name: /\/q\// }).getAttribute('href');
    await tab.page.goto(link!);
    await tab.page.getByRole('heading', { name: /^Response/ }).waitFor();
    await look(tab, 'shared');
  });

  it('practice resolvers and a visit fit', async () => {
    const tab = await setting.open(await setting.visitor({ ...STILL, storageState }));
    await tab.live();
    await tab.page.getByRole('link', { name: 'Resolvers' }).click();
    await tab.button('Ask', tab.page.getByRole('form', { name: 'Ask them' })).click();
    await tab.page.getByText('asked afresh').first().waitFor();
    await tab.page.getByText('What sets it apart').first().click();
    await tab.button('Visit').click();
    await tab.page.locator('[data-outcome]').waitFor();
    await look(tab, 'practice');
  });

  it('German fits', async () => {
    const context = await setting.visitor({ ...STILL, storageState, locale: 'de' });
    const tab = await setting.open(context);
    await tab.page.getByText('@ · die Subdomain selbst').waitFor();
    await look(tab, 'german');
  });
});

describe('the theme', () => {
  it('is chosen with a button, and stays chosen', async () => {
    const tab = await setting.open(await setting.visitor({ colorScheme: 'light' }));
    const ground = () => tab.evaluate<string>('getComputedStyle(document.documentElement).backgroundColor');
    const light = await ground();
    await tab.button('Theme: System').click();
    await tab.button('Theme: Light').click();
    await tab.button('Theme: Dark').waitFor();
    const dark = await ground();
    expect(dark).not.toBe(light);
    await tab.page.reload();
    await tab.button('Theme: Dark').waitFor();
    expect(await ground()).toBe(dark);
  });
});
