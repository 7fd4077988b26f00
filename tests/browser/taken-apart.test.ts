import { beforeAll, describe, expect, it } from 'vitest';
import type { Locator } from 'playwright-core';
import { dig, kdig } from './support/dig.ts';
import { useSetting } from './support/setting.ts';
import type { Tab } from './support/tab.ts';

const setting = useSetting({ DIGPIT_SERVER_ID: 'pit-one' });
let tab: Tab;
let zone: string;

beforeAll(async () => {
  tab = await setting.open();
  zone = await tab.settle();
  await tab.add('A', { Name: 'www', 'IPv4 address': '192.0.2.7' });
  await tab.add('CNAME', { Name: '*.wild', Target: `www.${zone}` });
  await tab.add('TXT', { Name: 'a.b.deep', Text: 'x' });
  await tab.add('NS', { Name: 'child', 'Name server': 'ns.elsewhere.example.' });
  await tab.add('TXT', { Name: 'large', Text: 'x'.repeat(900) });
});

/** Opens the newest query for a name and waits for its messages. */
async function open(name: string, type: string): Promise<Locator> {
  await tab.rows
    .first()
    .filter({ has: tab.button(`${name}. ${type}`) })
    .waitFor();
  const row = tab.row(name, type).first();
  await row.locator('.name').click();
  await row.getByRole('heading', { name: /^Response/ }).waitFor();
  return row;
}

const close = (row: Locator): Promise<void> => row.locator('.name').click();

/** The octets that are lit in one of the messages, as hex. */
const lit = (message: Locator): Promise<string[]> => message.locator('[data-octet][data-mark="lit"]').allInnerTexts();

describe('why an answer is what it is', () => {
  it.each([
    ['exact', 'www', 'A', /www\.\S+ has A records, and here they are\./, 'RFC 1034 §4.3.2'],
    [
      'wildcard and alias',
      'x.wild',
      'A',
      /Nothing is called x\.wild\.\S+; the wildcard \*\.wild\.\S+ speaks for it/,
      'RFC 4592 §3.3.3',
    ],
    ['nodata', 'www', 'MX', /www\.\S+ is there, but has no MX records\./, 'RFC 2308 §2.2'],
    ['empty non-terminal', 'b.deep', 'A', /has no records, but there are names below it/, 'RFC 4592 §2.2.2'],
    ['nothing', 'nobody', 'A', /There is no nobody\.\S+, nothing below it/, 'RFC 8020 §2'],
    ['delegation', 'x.child', 'A', /child\.\S+ has been handed to other name servers/, 'RFC 1034 §4.3.2'],
    ['cut short', 'large', 'TXT', /did not fit into 512 octets; TC asks to come again over TCP/, 'RFC 2181 §9'],
  ])('%s', async (_title, label, type, sentence, rfc) => {
    await dig(setting.dnsPort, '+ignore', '+bufsize=512', `${label}.${zone}`, type);
    const row = await open(`${label}.${zone}`, type);
    const why = row.locator('.why');
    expect(await why.innerText()).toMatch(sentence);
    const link = why.getByRole('link', { name: rfc }).first();
    expect(await link.getAttribute('href')).toMatch(/^https:\/\/www\.rfc-editor\.org\/rfc\/rfc\d+#section-[\d.]+$/);
    await close(row);
  });
});

describe('a message', () => {
  it('names and explains every EDNS option, and says size and time', async () => {
    await kdig(setting.dnsPort, '+nsid', '+padding=64', '+cookie', '+subnet=9.9.9.0/24', `www.${zone}`, 'A');
    const row = await open(`www.${zone}`, 'A');
    const text = (await row.innerText()).replaceAll(/\s+/g, ' ');
    for (const part of [
      'Client subnet A part of the address',
      'Cookie So that nobody',
      'Padding So that the length',
      'Name server identifier Which of many',
      'Took',
      'QUAD9',
    ])
      expect(text).toContain(part);
    expect(text).toMatch(/Query \d+ octets/);
    expect(text).toContain('pit-one');
    await close(row);
  });

  it('lights the octets of the field that is pointed at, and the field of the octet', async () => {
    await dig(setting.dnsPort, '+noedns', `x.wild.${zone}`, 'A');
    const row = await open(`x.wild.${zone}`, 'A');
    const response = row.getByRole('group', { name: 'Response', exact: true });
    const answer = response.locator('.field.main').nth(1);
    await answer.hover();
    // A name that is a pointer to the question: two octets, and what they lead to is framed.
    expect((await lit(response)).map((octet) => octet.trim())).toEqual(['c0', '0c']);
    expect(await response.locator('[data-octet="12"]').getAttribute('data-mark')).toBe('aim');
    expect(await response.locator('.hex svg path').count()).toBeGreaterThan(1);
    expect(await response.locator('.legend').innerText()).toContain('ends in a pointer to octet 12');
    // The other way round: the first octets are the ID.
    await response.locator('[data-octet="0"]').hover();
    expect(await response.locator('.field[data-lit="true"]').innerText()).toMatch(/^ID/);
    // And by keyboard: octet 2 begins the flags, which are explained.
    const hex = response.getByRole('group', { name: 'Response: Octets' });
    await hex.focus();
    await tab.page.keyboard.press('ArrowRight');
    await tab.page.keyboard.press('ArrowRight');
    expect(await response.locator('.legend').innerText()).toContain('AA: from the server that the zone belongs to');
    await close(row);
  });
});

describe('a word that the dictionary has', () => {
  it('says in the form what the type is, to who comes to it, and keeps silent again on Escape', async () => {
    await tab.chooseType('MX');
    const word = tab.form.getByRole('link', { name: 'MX', exact: true });
    await word.focus();
    await tab.page.getByRole('tooltip').getByText('MX record').waitFor();
    await tab.page.keyboard.press('Escape');
    await tab.page.getByRole('tooltip').waitFor({ state: 'detached' });
    expect(await word.getAttribute('href')).toBe('#/words/mx');
    await tab.chooseType('LOC');
    expect(await tab.form.getByRole('link').count()).toBe(0);
  });

  it('is explained where a query is taken apart: outcome, sections, flags, options', async () => {
    await dig(setting.dnsPort, '+subnet=9.9.9.0/24', `www.${zone}`, 'LOC');
    const row = await open(`www.${zone}`, 'LOC');
    const response = row.getByRole('group', { name: 'Response', exact: true });
    for (const [place, name, term] of [
      [row.locator('.why'), 'NODATA', 'nodata'],
      [response, 'NOERROR', 'noerror'],
      [response, 'AA', 'aa'],
      [response, 'Authority', 'authority-section'],
      [row.getByRole('group', { name: 'Query', exact: true }), 'Client subnet', 'client-subnet'],
    ] as const)
      expect(await place.getByRole('link', { name, exact: true }).getAttribute('href'), name).toBe(`#/words/${term}`);
    const nodata = row.getByRole('link', { name: 'NODATA', exact: true });
    await nodata.hover();
    await tab.page.getByRole('tooltip').getByText('NODATA').waitFor();
    await tab.page.mouse.wheel(0, 40);
    await tab.page.getByRole('tooltip').waitFor({ state: 'detached' });
    await close(row);
  });
});
