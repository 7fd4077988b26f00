import { beforeAll, describe, expect, it } from 'vitest';
import { makeQuery } from '../support/dns.ts';
import { dig } from './support/dig.ts';
import { useSetting } from './support/setting.ts';
import { sendQuery } from './support/flood.ts';
import type { Tab } from './support/tab.ts';

const setting = useSetting();
let tab: Tab;
let zone: string;

const IMAGE = '<img src=x onerror=alert(1)>';
/** Turns the text after it round, and a mark that is not seen at all. */
const TURNED = 'gpj\u{202e}exe.\u{200b}';

beforeAll(async () => {
  tab = await setting.open(await setting.visitor({ viewport: { width: 360, height: 740 } }));
  zone = await tab.settle();
});

/** No element of a stranger's, no letter that turns text round, nothing that sticks out at the side. */
async function isHarmless(): Promise<void> {
  expect(
    await tab.evaluate("document.querySelectorAll('img, iframe, script:not([src]), style:not([src]), b > i').length"),
  ).toBe(0);
  expect(await tab.evaluate('/[\\u200b-\\u200f\\u202a-\\u202e\\u2066-\\u2069\\0]/.test(document.body.innerText)')).toBe(false);
  expect(await tab.overflow()).toBe(0);
}

/** Opens the newest row, looks at it with everything in it, and closes it, for an open row holds back what comes. */
async function isHarmlessOpened(): Promise<void> {
  const row = tab.rows.first();
  await row.locator('[aria-expanded]').click();
  await row.getByRole('heading', { name: /^Response/ }).waitFor();
  await isHarmless();
  await row.locator('[aria-expanded]').click();
}

describe('what strangers write is text', () => {
  it.each([
    ['markup', IMAGE, `"${IMAGE}"`],
    ['a closing tag', '</span></td></table><h1>mine</h1>', '"</span></td></table><h1>mine</h1>"'],
    ['letters that turn round', TURNED, '"gpj\\226\\128\\174exe.\\226\\128\\139"'],
    ['a word without end', 'w'.repeat(600), 'w'.repeat(255)],
  ])('%s in a TXT record', async (title, text, shown) => {
    const name = title.replaceAll(' ', '-');
    await tab.add('TXT', { Name: name, Text: text });
    await tab.record(name, 'TXT', shown).waitFor();
    await dig(setting.dnsPort, `${name}.${zone}`, 'TXT');
    // Rows out of sight have content, but no text that is rendered.
    expect(await tab.row(`${name}.${zone}`, 'TXT').textContent()).toContain(shown);
    await isHarmless();
  });

  it('markup in the name of a record', async () => {
    await tab.add('A', { Name: '<b><i>x</i></b>', 'IPv4 address': '192.0.2.1' });
    await tab.record('<b><i>x</i></b>', 'A').waitFor();
    await isHarmless();
  });

  it('letters that turn round in a name that is refused', async () => {
    await tab.send('A', { Name: TURNED, 'IPv4 address': '192.0.2.1' });
    await tab.form.getByText('“gpj\\u{202e}exe.\\u{200b}” has a letter that no domain name can have').waitFor();
    await isHarmless();
  });

  it('markup in the name of a query by dig', async () => {
    await dig(setting.dnsPort, `<script>alert(1)</script>.${zone}`, 'A');
    await tab.rows.first().filter({ hasText: '<script>alert' }).waitFor();
    await isHarmlessOpened();
  });

  it.each([
    ['octets that are no letters', String.raw`\000\010\027\127\255`, String.raw`\000\010\027\127\255`],
    ['letters that turn round', String.raw`\226\128\174gpj.\226\128\139`, String.raw`\226\128\174gpj.\226\128\139`],
    ['dots and quotes inside a label', String.raw`a\.b\"c\\d\032e`, String.raw`a\.b`],
    ['a label in capitals', 'OTTER', 'OTTER'],
  ])('%s in the name of a query', async (_title, label, shown) => {
    await sendQuery(setting.dnsPort, makeQuery(`${label}.${zone}.`, 'A'));
    await tab.rows.first().filter({ hasText: shown }).waitFor();
    await isHarmlessOpened();
  });

  it('a name of 255 octets, every one written as four characters', async () => {
    // Labels of 63 as long as they fit, and one that fills the rest: 255 octets with all lengths and the root's.
    let room = 255 - (zone.length + 2);
    const labels: string[] = [];
    while (room > 1) {
      const length = Math.min(63, room - 1);
      labels.push(String.raw`\255`.repeat(length));
      room -= length + 1;
    }
    await sendQuery(setting.dnsPort, makeQuery(`${labels.join('.')}.${zone}.`, 'TXT'));
    await tab.rows.first().filter({ hasText: labels[0]! }).waitFor();
    await isHarmlessOpened();
  });

  it('and what is no query at all leaves the page as it is', async () => {
    const before = await tab.ids();
    for (const size of [1, 11, 12, 40, 500]) await sendQuery(setting.dnsPort, new Uint8Array(size).fill(0x3c), false);
    await dig(setting.dnsPort, `after.${zone}`);
    await tab.row(`after.${zone}`, 'A').waitFor();
    expect((await tab.ids()).slice(1)).toEqual(before);
    await isHarmless();
  });
});
