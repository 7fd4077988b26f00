import type { Locator } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { dig } from './support/dig.ts';
import { useSetting } from './support/setting.ts';
import type { Tab } from './support/tab.ts';

const setting = useSetting();

/** Steps that somebody may have to take from one thing to the next. */
const PATIENCE = 40;

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

describe('by keyboard alone', () => {
  it('one gets a subdomain, adds and edits a record, and opens a query', async () => {
    const tab = await setting.open();
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
    expect(await tab.hasFocus(tab.field('Name'))).toBe(true);

    // An edit is left with Escape, and the focus is where it was.
    const edit = tab.button('Edit www AAAA');
    await tabTo(tab, edit);
    await keyboard.press('Enter');
    const address = tab.field('IPv6 address', tab.page.getByRole('form', { name: 'Edit www AAAA' }));
    expect(await tab.hasFocus(address)).toBe(true);
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
    expect(await tab.hasFocus(tab.row(`www.${zone}`, 'AAAA').locator('[aria-expanded]'))).toBe(true);
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
    const tab = await setting.open();
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
    expect(await tab.hasFocus(tab.button('Keep them'))).toBe(true);
    await tab.page.keyboard.press('Escape');
    await expect.poll(() => tab.hasFocus(ask)).toBe(true);
  });

  it('the first Tab offers to skip to what matters', async () => {
    const tab = await setting.open();
    await tab.button('Dig a subdomain').waitFor();
    await tab.page.keyboard.press('Tab');
    expect(await tab.hasFocus(tab.page.getByRole('link', { name: 'Skip to the sandpit' }))).toBe(true);
    await tab.page.keyboard.press('Enter');
    await tab.page.keyboard.press('Tab');
    expect(await tab.hasFocus(tab.button('Dig a subdomain'))).toBe(true);
  });
});
