import type { Locator } from 'playwright-core';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { useSetting } from './support/setting.ts';
import type { Tab } from './support/tab.ts';

const setting = useSetting();

let tab: Tab;
let zone: string;

/** Somebody who has `www` and `shop` and an alias. */
beforeAll(async () => {
  tab = await setting.open();
  zone = await tab.settle();
  await tab.add('A', { Name: 'www', 'IPv4 address': '127.0.0.21' });
  await tab.add('A', { Name: 'shop', 'IPv4 address': '127.0.0.22' });
  await tab.add('CNAME', { Name: 'alias', Target: `www.${zone}` });
});

/** The section of the resolvers, who remember nothing. */
beforeEach(async () => {
  await tab.page.getByRole('link', { name: 'Playground' }).click();
  await tab.page.getByRole('link', { name: 'Resolvers' }).click();
  await tab.page.getByRole('heading', { name: 'Practice resolvers' }).waitFor();
  await tab.button('Wipe all three').click();
  for (const name of ['Amber', 'Basil', 'Coral']) await card(name).getByText('Nothing. Ask it something.').waitFor();
});

const card = (name: string): Locator => tab.page.getByRole('article', { name });
const askForm = (): Locator => tab.page.getByRole('form', { name: 'Ask them' });

async function ask(name: string, type = 'A'): Promise<void> {
  await askForm().getByLabel('Name').fill(name);
  await askForm().getByLabel('Type').fill(type);
  await tab.button('Ask', askForm()).click();
}

async function visit(name: string, through: string): Promise<Locator> {
  const form = tab.page.getByRole('form', { name: 'Visit a name' });
  await form.getByLabel('Name').fill(name);
  await form.getByLabel('Through').selectOption(through);
  await tab.button('Visit', form).click();
  await tab.button('Visit', form).waitFor();
  return tab.page.locator('[data-outcome]');
}

describe('the practice resolvers', () => {
  it('answer side by side, remember, and forget when they are told to', async () => {
    await ask('alias');
    for (const name of ['Amber', 'Basil', 'Coral']) {
      await card(name).getByText('asked afresh').waitFor();
      await card(name).getByText('2 entries').waitFor();
    }
    await ask('alias');
    await card('Amber').getByText('from memory', { exact: true }).waitFor();
    await card('Amber').getByText('How it came to that').click();
    await card('Amber').getByText(`alias.${zone} is another name for www.${zone}.`).waitFor();
    await tab.button('Wipe the memory of Basil').click();
    await card('Basil').getByText('Nothing. Ask it something.').waitFor();
    await card('Coral').getByText('2 entries').waitFor();
    await ask('nothing', 'MX');
    await card('Basil').getByText('no such name').waitFor();
    await tab.button('Wipe all three').click();
    await card('Coral').getByText('Nothing. Ask it something.').waitFor();
  });

  it('count down, sixty times as fast when time runs so', async () => {
    await ask('nothing');
    await card('Amber')
      .getByText(/(\d+ seconds|1 minute) left/)
      .waitFor();
    await tab.page.getByRole('radio', { name: '× 60' }).check();
    await tab.page.getByText('A minute of yours is an hour of theirs.').waitFor();
    await card('Amber').getByText('Nothing. Ask it something.').waitFor({ timeout: 4000 });
    await tab.page.getByRole('radio', { name: '× 1', exact: true }).check();
  });

  it('are in the log under their names, and among those who can be asked there', async () => {
    await ask('shop');
    await card('Basil').getByText('asked afresh').waitFor();
    await tab.page.getByRole('link', { name: 'Playground' }).click();
    await tab.row(`shop.${zone}`, 'A').filter({ hasText: 'practice resolver Amber' }).waitFor();
    // Basil plays with the case.
    await tab.rows
      .filter({ hasText: /shop\./i })
      .filter({ hasText: 'practice resolver Basil' })
      .first()
      .waitFor();
    await tab.button('Ask', tab.log).click();
    const panel = tab.page.getByRole('region', { name: 'Ask', exact: true });
    await panel.getByLabel('Name').fill(`shop.${zone}`);
    for (const name of ['Amber', 'Coral']) await panel.getByLabel(name).check();
    await tab.button('Ask', panel).click();
    await panel.getByRole('article').filter({ hasText: 'Amber' }).getByText('from memory').waitFor();
    expect(await panel.getByRole('article').count()).toBe(3);
  });

  it('say what is wrong with a question', async () => {
    await ask('a..b.', 'NONSENSE');
    await tab.page.getByText(/is no domain name/).waitFor();
    await tab.page.getByText(/“NONSENSE” is no type/).waitFor();
    await ask('www.example.com');
    await card('Coral').getByText('REFUSED').waitFor();
  });
});

describe('a visit', () => {
  it('comes to the site that the name points at, through an alias too', async () => {
    const orange = await visit('alias', 'Coral');
    await orange.getByText(`You came to the orange site, asking for alias.${zone}.`).waitFor();
    const teal = await visit('shop', 'Amber');
    await teal.getByText('Status 404.').waitFor();
    expect(await teal.getAttribute('data-outcome')).toBe('site');
  });

  it('says why it came nowhere', async () => {
    const outcome = async (name: string, expected: string, text: string | RegExp) => {
      await (
        await visit(name, 'Basil')
      )
        .and(tab.page.locator(`[data-outcome=${expected}]`))
        .getByText(text)
        .waitFor();
    };
    await outcome('nothing', 'nxdomain', `There is no nothing.${zone}, says the resolver (NXDOMAIN).`);
    await outcome('@', 'nodata', /but it has no address/);
    await outcome('www.example.com', 'refused', /refuses to ask/);
  });
});

it('the section fits 360 pixels in German, too', async () => {
  await ask('alias');
  await card('Coral').getByText('asked afresh').waitFor();
  await tab.page.setViewportSize({ width: 360, height: 740 });
  await tab.page.getByLabel('Language').selectOption('de');
  await tab.page.getByRole('heading', { name: 'Übungs-Resolver' }).waitFor();
  expect(await tab.overflow()).toBe(0);
});
