import { beforeAll, describe, expect, it } from 'vitest';
import { dig } from './support/dig.ts';
import { Reader } from './support/reader.ts';
import { useSetting } from './support/setting.ts';
import { startSubPath } from './support/sub-path.ts';
import { Tab } from './support/tab.ts';

const setting = useSetting({
  DIGPIT_LOG_MAX_AGE: '36h',
  DIGPIT_ZONE_MAX_AGE: '12d',
  DIGPIT_TRUST_PROXY: 'yes',
  DIGPIT_PRACTICE_PORTS: '0,0,0',
});
let tab: Tab;
let zone: string;
let reader: Reader;

beforeAll(async () => {
  tab = await setting.open();
  zone = await tab.settle();
  reader = new Reader(tab);
});

describe('an experiment', () => {
  it('is done as well by what happens elsewhere: a record of another tab, and a question of dig', async () => {
    await reader.goTo('nodata');
    const other = await setting.open(tab.page.context());
    await other.live();
    await other.add('A', { Name: 'half', 'IPv4 address': '192.0.2.1' });
    await tab.front();
    await reader.staysAt('nodata');
    await dig(setting.dnsPort, `elsewhere.${zone}`, 'AAAA');
    await dig(setting.dnsPort, `half.${zone}`, 'A');
    await reader.staysAt('nodata');
    await dig(setting.dnsPort, `half.${zone}`, 'AAAA');
    await reader.isDone('nodata');
  });

  it('goes on after a reload where it was, with what was asked meanwhile, and lies at an address', async () => {
    await tab.page.goto('about:blank');
    await dig(setting.dnsPort, `nobody.half.${zone}`, 'AAAA');
    await tab.page.goto(`${setting.server.page}#/experiments/nodata`);
    await reader.isDone('nxdomain');
    await reader.staysAt('fill');
    await tab.page.getByRole('link', { name: 'All experiments' }).click();
    await tab.page.getByText('3 of 5 steps').waitFor();
  });

  it('begins again from nothing, once its records are deleted', async () => {
    await reader.goTo('nodata');
    await reader.staysAt('fill');
    await tab.button('Delete the records of this experiment').click();
    await tab.page.getByText('No records yet.').waitFor();
    await tab.button('Begin again').click();
    await reader.staysAt('create');
  });

  it('is done from a terminal as well, with the lines that it offers: dig, at the port of a practice resolver too, or nslookup', async () => {
    await tab.page.getByRole('link', { name: 'Playground' }).click();
    await tab.add('A', { Name: 'hello', 'IPv4 address': '192.0.2.1' });
    await tab.add('CNAME', { Name: 'also.nick', Target: `house.nick.${zone}` });
    await tab.add('A', { Name: 'house.nick', 'IPv4 address': '192.0.2.2' });
    await reader.goTo('first-record');
    const [line] = await reader.linesOf('ask');
    expect(line).toMatch(new RegExp(`^dig @127\\.0\\.0\\.1 -p \\d+ hello\\.${zone} A$`));
    expect(line).not.toContain(` ${setting.dnsPort} `);
    await reader.typeLine('ask', 'dig');
    await reader.isDone('ask');
    await reader.goTo('alias');
    expect(await reader.linesOf('ask')).toHaveLength(2);
    await reader.typeLine('ask', 'nslookup');
    await reader.isDone('ask');
  });

  it('counts records that are there already', async () => {
    await reader.goTo('wildcard');
    await reader.staysAt('create');
    await tab.page.getByRole('link', { name: 'Playground' }).click();
    await tab.add('A', { Name: '*.wild', 'IPv4 address': '192.0.2.1' });
    await reader.goTo('wildcard');
    await reader.staysAt('any');
    await tab.button('Begin again').click();
    await reader.staysAt('any');
  });

  it('that is not there leads to those that are', async () => {
    await tab.evaluate(`location.hash = '#/experiments/perpetual-motion'`);
    await tab.page.getByText('There is no experiment called “perpetual-motion”').waitFor();
  });

  it('can be done below a path of a proxy', async () => {
    const proxy = await startSubPath(setting.server.page, '/a/dig');
    try {
      const context = await setting.visitor();
      const below = await Tab.open(context, proxy.page);
      await below.settle();
      await below.page.goto(`${proxy.page}#/experiments/mx`);
      await below.page.reload();
      const stranger = new Reader(below);
      await stranger.fillIn('address');
      await stranger.press('Add record');
      await stranger.isDone('address');
      await stranger.pressUntilDone('Send the mail server', 'implicit');
      await stranger.isDone('implicit');
      expect(below.complaints).toEqual([]);
    } finally {
      proxy.close();
    }
  });

  it('speaks German', async () => {
    const context = await setting.visitor({ locale: 'de', storageState: await tab.page.context().storageState() });
    const german = await Tab.open(context, `${setting.server.page}#/experiments/reverse`);
    await german.page.getByRole('heading', { name: 'Von der Nummer zurück zum Namen' }).waitFor();
    await german.page.getByLabel('Deine Antwort').fill('7.2.0.192.IN-ADDR.ARPA.');
    await german.button('Prüfen').click();
    await german.page.locator('[data-step="turn"] .seen').waitFor();
    expect(german.complaints).toEqual([]);
  });
});

describe('the words', () => {
  it('are shown beside a term that the keyboard comes to, until Escape', async () => {
    await reader.goTo('wildcard');
    const term = tab.page.locator('main [data-step="create"] a[href="#/words/wildcard"]');
    await term.focus();
    const card = tab.page.getByRole('tooltip');
    await card.getByText('answers for names that do not exist').waitFor();
    expect(await tab.describedBy(term)).toContain('Wildcard');
    await tab.page.keyboard.press('Escape');
    await card.waitFor({ state: 'detached' });
  });

  it('are where the term leads, with a record of the zone and an answer of this moment', async () => {
    await tab.evaluate(`location.hash = '#/words/soa'`);
    const soa = tab.page.locator('#term-soa');
    await soa.getByText(`${zone}. `).waitFor();
    await soa.getByText('From your records').waitFor();
    await expect.poll(() => tab.evaluate(`document.querySelector('#term-soa').getBoundingClientRect().top`)).toBeLessThan(200);
    expect(await soa.getByRole('link', { name: 'RFC 1035 §3.3.13' }).getAttribute('href')).toBe(
      'https://www.rfc-editor.org/rfc/rfc1035#section-3.3.13',
    );
    await tab.evaluate(`location.hash = '#/words/nxdomain'`);
    await tab.page.locator('#term-nxdomain').getByText('NXDOMAIN · QR AA').waitFor();
  });

  it('are found by a search', async () => {
    await tab.page.getByLabel('Find a word').fill('glue');
    await expect.poll(() => tab.page.locator('main article').first().getAttribute('id')).toBe('term-glue');
    await tab.page.getByLabel('Find a word').fill('xyzzy');
    await tab.page.getByText('0 words').waitFor();
  });
});

it('the page about this server says what it was set to keep, also to strangers', async () => {
  const stranger = await setting.open();
  await stranger.page.getByRole('link', { name: 'About' }).click();
  await stranger.page.getByText('For at most 1 day 12 hours, and at most 128 MB for all subdomains together').waitFor();
  await stranger.page.getByText('until 12 days after the last visit of its owner').waitFor();
  await stranger.page.getByText('to dns.google, cloudflare-dns.com').waitFor();
});
