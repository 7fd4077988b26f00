import type { Locator } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { dig } from './support/dig.ts';
import { useSetting } from './support/setting.ts';
import type { Tab } from './support/tab.ts';

const setting = useSetting();

/** Steps that somebody may have to take from one thing to the next. */
const PATIENCE = 60;

/** The narrowest page that there is. */
const open = async () => setting.open(await setting.visitor({ viewport: { width: 360, height: 740 } }));

/** Presses Tab until something has the focus, and sees that the focus is seen. */
async function tabTo(tab: Tab, target: Locator): Promise<void> {
  for (let step = 0; step < PATIENCE; step++) {
    if (await tab.hasFocus(target)) {
      expect(await tab.evaluate('getComputedStyle(document.activeElement).outlineStyle')).toBe('solid');
      return;
    }
    await tab.page.keyboard.press('Tab');
  }
  throw new Error(`not reached by ${PATIENCE} presses of Tab: ${String(target)}`);
}

/** Goes there and presses Enter. */
async function press(tab: Tab, target: Locator): Promise<void> {
  await tabTo(tab, target);
  await tab.page.keyboard.press('Enter');
}

describe('by keyboard alone, 360 pixels wide,', () => {
  it('one gets a subdomain, adds and edits a record, and opens a query', async () => {
    const tab = await open();
    const { keyboard } = tab.page;
    const type = (text: string) => keyboard.type(text);
    await tab.button('Dig a subdomain').waitFor();
    await tabTo(tab, tab.button('Dig a subdomain'));
    await keyboard.press('Enter');
    const title = tab.keyPanel.getByRole('heading');
    await expect.poll(() => tab.hasFocus(title)).toBe(true);
    await tabTo(tab, tab.button('I have kept it'));
    await keyboard.press('Enter');
    const zone = await tab.zoneTitle.innerText();

    await tabTo(tab, tab.field('Name'));
    await type('www');
    await tabTo(tab, tab.field('Type'));
    await keyboard.press('ArrowDown');
    await tab.page.getByRole('option', { name: 'AAAA An IPv6 address' }).waitFor();
    await keyboard.press('Enter');
    expect(await tab.field('Type').inputValue()).toBe('AAAA');
    await tabTo(tab, tab.field('IPv6 address'));
    await type('2001:db8::7');
    await keyboard.press('Enter');
    await tab.record('www', 'AAAA').waitFor();
    await expect.poll(() => tab.hasFocus(tab.field('Name'))).toBe(true);

    // An edit is left with Escape, and the focus is where it was.
    const edit = tab.button('Edit www AAAA');
    await tabTo(tab, edit);
    await keyboard.press('Enter');
    const address = tab.field('IPv6 address', tab.page.getByRole('form', { name: 'Edit www AAAA' }));
    await expect.poll(() => tab.hasFocus(address)).toBe(true);
    await keyboard.press('Escape');
    await expect.poll(() => tab.hasFocus(edit)).toBe(true);
    await keyboard.press('Enter');
    await type('2001:db8::8');
    await keyboard.press('Enter');
    await tab.record('www', 'AAAA', '2001:db8::8').waitFor();
    await expect.poll(() => tab.hasFocus(edit)).toBe(true);

    await tab.live();
    await dig(setting.dnsPort, `www.${zone}`, 'AAAA');
    await dig(setting.dnsPort, `other.${zone}`);
    const newest = tab.row(`other.${zone}`, 'A').locator('[aria-expanded]');
    await newest.waitFor();
    await tabTo(tab, newest);
    await keyboard.press('ArrowDown');
    await expect.poll(() => tab.hasFocus(tab.row(`www.${zone}`, 'AAAA').locator('[aria-expanded]'))).toBe(true);
    // Rows stay where they are while somebody goes through them.
    await dig(setting.dnsPort, `later.${zone}`);
    await tab.button('1 new query · show').waitFor();
    expect(await tab.row(`later.${zone}`, 'A').count()).toBe(0);
    await keyboard.press('Enter');
    await tab
      .row(`www.${zone}`, 'AAAA')
      .getByRole('heading', { name: /^Response/ })
      .waitFor();
    await keyboard.press('Enter');
    await tab
      .row(`www.${zone}`, 'AAAA')
      .getByRole('heading', { name: /^Response/ })
      .waitFor({ state: 'detached' });
  });

  it('a deletion leads to its Undo, and a question to the harmless answer', async () => {
    const tab = await open();
    await tab.settle();
    await tab.add('TXT', { Name: 'gone', Text: 'soon' });
    await tab.button('Delete gone TXT').focus();
    await tab.page.keyboard.press('Enter');
    await expect.poll(() => tab.hasFocus(tab.button('Undo'))).toBe(true);
    await tab.page.keyboard.press('Enter');
    await tab.record('gone', 'TXT').waitFor();

    const ask = tab.button('Delete all');
    await ask.focus();
    await tab.page.keyboard.press('Enter');
    await expect.poll(() => tab.hasFocus(tab.button('Keep them'))).toBe(true);
    await tab.page.keyboard.press('Escape');
    await expect.poll(() => tab.hasFocus(ask)).toBe(true);
  });

  it('the first Tab offers to skip to what matters', async () => {
    const tab = await open();
    await tab.button('Dig a subdomain').waitFor();
    await tab.page.keyboard.press('Tab');
    await expect.poll(() => tab.hasFocus(tab.page.getByRole('link', { name: 'Skip to the sandpit' }))).toBe(true);
    await tab.page.keyboard.press('Enter');
    await tab.page.keyboard.press('Tab');
    await expect.poll(() => tab.hasFocus(tab.button('Dig a subdomain'))).toBe(true);
  });

  it('the log is paused, grouped, filtered, saved, cleared, and a query of it shared', async () => {
    const tab = await open();
    const zone = await tab.settle();
    const { keyboard } = tab.page;
    for (const name of ['one', 'two', 'two']) await dig(setting.dnsPort, `${name}.${zone}`);
    await tab.row(`two.${zone}`, 'A').first().waitFor();
    await press(tab, tab.page.getByRole('link', { name: 'Live log' }));
    await press(tab, tab.button('Pause'));
    await press(tab, tab.button('Resume'));
    await press(tab, tab.button('Group repeats'));
    await expect.poll(() => tab.rows.count()).toBe(2);
    await keyboard.press('Enter');

    const save = tab.log.locator('summary', { hasText: 'Save' });
    await press(tab, save);
    await tabTo(tab, tab.log.getByRole('link', { name: 'CSV, for spreadsheets' }));
    await keyboard.press('Escape');
    await expect.poll(() => tab.hasFocus(save)).toBe(true);

    await press(tab, tab.button('Add a filter'));
    const value = tab.log.getByLabel('Value', { exact: true });
    await expect.poll(() => tab.hasFocus(value)).toBe(true);
    await keyboard.type('one');
    await keyboard.press('Enter');
    await expect.poll(() => tab.rows.count()).toBe(1);
    await keyboard.press('Escape');
    await expect.poll(() => tab.hasFocus(tab.button('Add a filter'))).toBe(true);
    await keyboard.press('Shift+Tab');
    await keyboard.press('Enter');
    await expect.poll(() => tab.rows.count()).toBe(3);
    await expect.poll(() => tab.hasFocus(tab.button('Add a filter'))).toBe(true);

    await press(tab, tab.rows.first().locator('[aria-expanded]'));
    await press(tab, tab.button('Share'));
    const link = tab.log.getByRole('link', { name: /\/q\// });
    await expect.poll(() => tab.hasFocus(link)).toBe(true);
    await press(tab, tab.button('Take it back', tab.rows.first()));
    await expect.poll(() => tab.hasFocus(tab.button('Share'))).toBe(true);

    await tab.log.focus();
    await press(tab, tab.button('Clear log'));
    await expect.poll(() => tab.hasFocus(tab.button('Keep it'))).toBe(true);
    await keyboard.press('Escape');
    await expect.poll(() => tab.hasFocus(tab.button('Clear log'))).toBe(true);
  });

  it('one sees who asks, filters by it, and asks oneself', async () => {
    const tab = await open();
    const zone = await tab.settle();
    const { keyboard } = tab.page;
    await dig(setting.dnsPort, `www.${zone}`, 'MX');
    await dig(setting.dnsPort, `www.${zone}`, 'TXT');
    await tab.row(`www.${zone}`, 'TXT').waitFor();
    await tab.log.focus();
    await press(tab, tab.button('Who asks'));
    await press(tab, tab.log.getByRole('button', { name: /^MX\b/ }));
    await expect.poll(() => tab.rows.count()).toBe(1);
    await tab.log.focus();
    await press(tab, tab.button('Ask'));
    const ask = tab.page.getByRole('region', { name: 'Ask', exact: true });
    await tabTo(tab, ask.getByLabel('Name'));
    await keyboard.press('Control+a');
    await keyboard.type(`www.${zone}`);
    await tabTo(tab, ask.getByLabel('this server, TCP'));
    await keyboard.press('Space');
    await press(tab, tab.button('Ask', ask));
    await expect.poll(() => ask.getByRole('article').count()).toBe(2);
    await press(tab, ask.getByRole('article').first().locator('summary'));
    await ask
      .getByRole('heading', { name: /^Response/ })
      .first()
      .waitFor();
  });

  it('an experiment is done, and the focus goes from step to step', async () => {
    const tab = await open();
    await tab.settle();
    await press(tab, tab.page.getByRole('link', { name: 'Experiments' }));
    const experiment = tab.page.getByRole('link', { name: 'Nothing of that kind, or nothing at all' });
    await experiment.waitFor();
    await press(tab, experiment);
    const step = (key: string) => tab.page.locator(`main [data-step="${key}"]`);
    await press(tab, tab.button('Fill it in for me', step('create')));
    await press(tab, tab.button('Add record'));
    await expect.poll(() => tab.hasFocus(step('nodata'))).toBe(true);
    await press(tab, tab.button('Fill it in for me', step('nodata')));
    await press(tab, tab.button('Ask', step('nodata')));
    await step('nodata').locator('.seen').waitFor();
  });

  it('the practice resolvers are asked, hurried and emptied, and a name is visited', async () => {
    const tab = await open();
    await tab.settle();
    await press(tab, tab.page.getByRole('link', { name: 'Resolvers' }));
    const card = tab.page.getByRole('article', { name: 'Amber' });
    await card.waitFor();
    const form = tab.page.getByRole('form', { name: 'Ask them' });
    await press(tab, tab.button('Ask', form));
    await card.getByText('1 entry').waitFor();
    await tabTo(tab, tab.page.getByRole('radio', { name: '× 1', exact: true }));
    await tab.page.keyboard.press('ArrowRight');
    await tab.page.getByRole('radio', { name: '× 10' }).and(tab.page.locator(':checked')).waitFor();
    await press(tab, tab.button('Wipe the memory of Amber'));
    await card.getByText('Nothing. Ask it something.').waitFor();
    await press(tab, tab.button('Visit'));
    await tab.page.locator('[data-outcome]').waitFor();
  });
});
