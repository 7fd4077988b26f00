import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Download, Locator } from 'playwright-core';
import { dig, kdig } from './support/dig.ts';
import { useSetting } from './support/setting.ts';
import type { Tab } from './support/tab.ts';

const setting = useSetting();
let tab: Tab;
let zone: string;

beforeAll(async () => {
  const context = await setting.visitor({ permissions: ['clipboard-read', 'clipboard-write'] });
  tab = await setting.open(context);
  zone = await tab.settle();
  await tab.add('A', { Name: 'www', 'IPv4 address': '192.0.2.7' });
  await tab.add('NS', { Name: 'child', 'Name server': 'ns.elsewhere.example.' });
});

/** What is on the clipboard. */
const clipboard = (): Promise<string> => tab.evaluate<string>('navigator.clipboard.readText()');

/** The names in the log, the newest first, without the zone behind them. */
async function names(): Promise<string[]> {
  const all = await tab.rows.locator('.name').allInnerTexts();
  return all.map((text) => text.split('.')[0]!);
}

const filters = (): Locator => tab.log.getByRole('group', { name: 'Filter' });

async function addFilter(field: string, how: 'is' | 'is not', value: string): Promise<void> {
  await tab.button('Add a filter').click();
  await tab.log.getByLabel('What', { exact: true }).selectOption(field);
  await tab.log.getByLabel('Is or is not', { exact: true }).selectOption(how);
  await tab.log.getByLabel('Value', { exact: true }).fill(value);
  await tab.page.keyboard.press('Enter');
}

const closeFilter = (): Promise<void> => tab.page.keyboard.press('Escape');
/** Takes the only term away. */
const takeAway = (): Promise<void> =>
  filters()
    .getByRole('button', { name: /^Take away/ })
    .click();

describe('filters', () => {
  beforeAll(async () => {
    await dig(setting.dnsPort, `one.${zone}`, 'A');
    await dig(setting.dnsPort, `www.${zone}`, 'A');
    await dig(setting.dnsPort, `www.${zone}`, 'TXT');
    await kdig(setting.dnsPort, '+tcp', `two.${zone}`, 'MX');
    await tab.row(`two.${zone}`, 'MX').waitFor();
  });

  it('let through what is so, and keep out what is not, in the address too, and after a reload', async () => {
    await addFilter('Name has', 'is', 'www');
    await closeFilter();
    await expect.poll(names).toEqual(['www', 'www']);
    await addFilter('Type', 'is not', 'txt');
    await closeFilter();
    await expect.poll(names).toEqual(['www']);
    expect(new URL(tab.page.url()).search).toBe('?name=www&type=%21TXT');
    await tab.page.reload();
    await expect.poll(names).toEqual(['www']);
    expect(await filters().innerText()).toMatch(/Name has\s+www[^]*Type\s+is not\s+TXT/);
    // What arrives is judged as well.
    await dig(setting.dnsPort, `www.${zone}`, 'AAAA');
    await dig(setting.dnsPort, `three.${zone}`, 'AAAA');
    await expect.poll(names).toEqual(['www', 'www']);
    await tab.button('Clear filters').click();
    await expect.poll(names).toEqual(['three', 'www', 'two', 'www', 'www', 'one']);
    expect(new URL(tab.page.url()).search).toBe('');
  });

  it.each([
    ['Code', 'is', 'NXDOMAIN', ['three', 'two', 'one']],
    ['Transport', 'is', 'tcp', ['two']],
    ['Address', 'is not', '127.0.0.', []],
    ['AS number', 'is', 'AS15169', []],
    ['Country', 'is not', 'us', ['three', 'www', 'two', 'www', 'www', 'one']],
  ] as const)('by %s: %s %s', async (field, how, value, left) => {
    await addFilter(field, how, value);
    await closeFilter();
    await expect.poll(names).toEqual(left);
    if (left.length === 0) await tab.log.getByText('Nothing in the log is like that.').waitFor();
    await takeAway();
    await expect.poll(async () => (await names()).length).toBe(6);
  });

  it('that make no sense are refused at their field', async () => {
    await addFilter('Country', 'is', 'nowhere');
    await tab.log.getByText('No query can have that.').waitFor();
    expect(
      await filters()
        .getByRole('button', { name: /^Take away/ })
        .count(),
    ).toBe(0);
    await closeFilter();
  });

  it('come from the values of a query, too', async () => {
    await tab.row(`two.${zone}`, 'MX').locator('.name').click();
    await tab.row(`two.${zone}`, 'MX').getByLabel('Is or is not').selectOption('Without');
    await tab.row(`two.${zone}`, 'MX').getByRole('button', { name: 'Type MX' }).click();
    await expect.poll(names).toEqual(['three', 'www', 'www', 'www', 'one']);
    expect(new URL(tab.page.url()).search).toBe('?type=%21MX');
    await takeAway();
  });
});

describe('what is taken along', () => {
  const save = async (name: string): Promise<{ download: Download; octets: Buffer }> => {
    const waiting = tab.page.waitForEvent('download');
    await tab.log.locator('summary').click();
    await tab.page.getByRole('link', { name }).click();
    const download = await waiting;
    return { download, octets: readFileSync(await download.path()) };
  };

  it('is the filtered log as CSV, JSON and pcapng', async () => {
    await addFilter('Name has', 'is', 'www');
    await closeFilter();
    const csv = await save('CSV, for spreadsheets');
    expect(csv.download.suggestedFilename()).toMatch(/\.csv$/);
    const lines = csv.octets.toString().trim().split('\r\n');
    expect(lines.slice(1).map((line) => line.includes(`www.${zone}.`))).toEqual([true, true, true]);
    const json = JSON.parse((await save('JSON, RFC 8427')).octets.toString()) as unknown[];
    expect(JSON.stringify(json)).toContain(`www.${zone}.`);
    const pcapng = await save('pcapng, for Wireshark');
    expect(pcapng.octets.subarray(0, 4).toString('hex')).toBe('0a0d0d0a');
    expect(pcapng.octets.includes(Buffer.from('\u0003www'))).toBe(true);
    await takeAway();
  });

  it('is one query as a dig command that asks the same, or as JSON', async () => {
    await dig(setting.dnsPort, '+subnet=9.9.9.0/24', '+dnssec', `copied.${zone}`, 'MX');
    const row = tab.row(`copied.${zone}`, 'MX');
    await row.locator('.name').click();
    await tab.button('Copy as dig', row).click();
    await row.getByRole('status').filter({ hasText: 'Copied.' }).waitFor();
    const command = await clipboard();
    expect(command).toContain(`dig @127.0.0.1 -p ${setting.dnsPort}`);
    await dig(setting.dnsPort, ...command.split(' ').slice(4));
    await tab.button('Copy as JSON', row).click();
    await expect.poll(clipboard).toMatch(/^\{/);
    expect(JSON.parse(await clipboard())).toMatchObject({ queryMessage: { QNAME: `copied.${zone}.` } });
    await row.locator('.name').click();
    const [again] = await tab.rows.all();
    expect(await again!.innerText()).toContain('9.9.9.0/24');
  });

  it('is a link that shows one query to anybody until it is taken back', async () => {
    const row = tab.row(`two.${zone}`, 'MX');
    await row.locator('.name').click();
    await tab.button('Share', row).click();
    const link = await row.getByRole('link', { name: /\/q\// }).getAttribute('href');
    const stranger = await (await setting.visitor()).newPage();
    await stranger.goto(link!);
    await stranger.getByText(`two.${zone}.`).first().waitFor();
    await stranger.getByRole('heading', { name: /^Response/ }).waitFor();
    expect(await stranger.getByRole('button', { name: /Share|Delete/ }).count()).toBe(0);
    const word = stranger.getByRole('link', { name: 'Question', exact: true }).first();
    expect(await word.getAttribute('href')).toBe('../#/words/question');
    await row.locator('.name').click();
    await tab.button('Shared links').click();
    await tab.button(/^Take it back ?: two\./, tab.log).click();
    await tab.log.getByText('You have shared no query.').waitFor();
    await stranger.reload();
    await stranger.getByText('This link shows nothing any more').waitFor();
    await tab.button('Shared links').click();
  });
});

describe('the list', () => {
  it('groups repeats, and says of each when it was', async () => {
    for (let i = 0; i < 3; i++) await dig(setting.dnsPort, `again.${zone}`, 'A');
    await expect.poll(() => tab.row(`again.${zone}`, 'A').count()).toBe(3);
    await tab.button('Group repeats').click();
    const row = tab.row(`again.${zone}`, 'A');
    await expect.poll(() => row.count()).toBe(1);
    expect(await row.innerText()).toContain('×3');
    await row.locator('.name').click();
    const times = row.getByRole('group', { name: 'Asked at' }).getByRole('button');
    await expect.poll(() => times.count()).toBe(3);
    await times.nth(2).click();
    expect(await times.nth(2).getAttribute('aria-pressed')).toBe('true');
    await row.locator('.name').click();
    await tab.button('Group repeats').click();
  });

  it('tells times by the clock, or as a distance from now', async () => {
    const first = tab.rows.first().locator('time');
    expect(await first.innerText()).toMatch(/^\d\d:\d\d:\d\d\.\d{3}$/);
    await tab.button('Time as distance').click();
    expect(await first.innerText()).toMatch(/second(s)? ago|now/);
    await tab.button('Time as distance').click();
  });

  it('draws a line between what was seen and what is new since', async () => {
    const before = await tab.rows.first().getAttribute('data-id');
    // To another window, and back.
    await tab.evaluate("dispatchEvent(new Event('blur'))");
    await dig(setting.dnsPort, `new.${zone}`, 'A');
    await tab.row(`new.${zone}`, 'A').waitFor();
    const order = await tab.evaluate<string[]>(
      "[...document.querySelectorAll('#log ol > li')].slice(0, 3).map((row) => row.dataset.id ?? row.innerText)",
    );
    expect(order.slice(1)).toEqual(['New since you looked', before]);
  });

  it('calls a referral one', async () => {
    await dig(setting.dnsPort, `x.child.${zone}`, 'A');
    expect(await tab.row(`x.child.${zone}`, 'A').innerText()).toContain('NOERROR · referral');
  });

  it('tells a screen reader about new queries, unless that is switched off', async () => {
    const said = tab.log.locator('[aria-live="polite"]').filter({ hasText: /the latest for/ });
    await dig(setting.dnsPort, `heard.${zone}`, 'A');
    await said.waitFor();
    expect(await said.innerText()).toMatch(/^\d+ new (query|queries), the latest for \S+ \w+\.$/);
    await tab.button('Announce').click();
    expect(await tab.button('Announce').getAttribute('aria-pressed')).toBe('false');
    expect(await said.count()).toBe(0);
  });
});
