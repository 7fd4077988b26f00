import { beforeAll, describe, expect, it } from 'vitest';
import { dig } from './support/dig.ts';
import { useSetting } from './support/setting.ts';
import type { Tab } from './support/tab.ts';

const setting = useSetting();
let tab: Tab;
let zone: string;

beforeAll(async () => {
  tab = await setting.open();
  zone = await tab.settle();
  await tab.add('A', { Name: 'www', 'IPv4 address': '192.0.2.7' });
  await tab.add('CNAME', { Name: 'alias', Target: 'www.example.com.' });
});

describe('what is typed is tidied, and nothing is guessed', () => {
  it('blanks around anything are trimmed', async () => {
    await tab.add('A', { Name: '  blank ', 'IPv4 address': ' 192.0.2.9\t', TTL: ' 61 ' });
    expect((await dig(setting.dnsPort, `blank.${zone}`)).answer).toEqual([`blank.${zone}. 61 IN A 192.0.2.9`]);
    await tab.fill({ TTL: '60' });
  });

  it('letters outside ASCII become punycode, in names and targets', async () => {
    await tab.add('CNAME', { Name: 'Bücher', Target: 'straße.例え.example' });
    await tab.record('xn--bcher-kva', 'CNAME').waitFor();
    expect((await dig(setting.dnsPort, `xn--bcher-kva.${zone}`)).answer).toEqual([
      `xn--bcher-kva.${zone}. 60 IN CNAME xn--strae-oqa.xn--r8jz45g.example.`,
    ]);
  });

  it('@ is the subdomain, and its name is not added twice', async () => {
    await tab.add('MX', { Name: '@', 'Mail server': '@' });
    expect((await dig(setting.dnsPort, zone, 'MX')).answer).toEqual([`${zone}. 60 IN MX 10 ${zone}.`]);
    await tab.add('A', { Name: `whole.${zone}`, 'IPv4 address': '192.0.2.3' });
    await tab.record('whole', 'A').waitFor();
  });

  it('the page says what it is about to write', async () => {
    await tab.chooseType('MX');
    await tab.fill({ Name: 'post', 'Mail server': 'mx.example.com' });
    await tab.form.getByText(`post.${zone}. 60 IN MX 10 mx.example.com.`, { exact: true }).waitFor();
  });

  it('a target with no dot is asked about, and a press of a button answers', async () => {
    await tab.send('MX', { Name: 'post', 'Mail server': 'mail' });
    const field = tab.field('Mail server');
    await tab.button(`Use mail.${zone}.`).waitFor();
    expect(await tab.describedBy(field)).toContain('“mail” has no dot. Which name do you mean');
    expect([await tab.hasFocus(field), await tab.button('Use mail.').count()]).toEqual([true, 1]);
    await tab.button(`Use mail.${zone}.`).click();
    await tab.record('post', 'MX', `10 mail.${zone}.`).waitFor();
  });
});

/** 21 labels of nine letters and their lengths are 210 octets, so that one more with the zone is too much. */
const LONG_NAME = Array(26).fill('nineforus').join('.');

describe('what DNS does not allow is said at its field, with the reason', () => {
  it.each([
    ['a CNAME beside other data', 'CNAME', { Name: 'www', Target: 'a.example.' }, 'Type', 'nothing may stand beside it'],
    [
      'other data beside a CNAME',
      'A',
      { Name: 'alias', 'IPv4 address': '192.0.2.1' },
      'Type',
      'Nothing may stand beside a CNAME',
    ],
    ['a CNAME at the top', 'CNAME', { Name: '@', Target: 'a.example.' }, 'Name', 'a CNAME allows no other data'],
    ['a duplicate', 'A', { Name: 'www', 'IPv4 address': '192.0.2.7' }, 'IPv4 address', 'An RRset is a set'],
    ['a second SOA', 'SOA', { Name: '@', ...soaFields() }, 'Type', 'a zone has exactly one'],
    [
      'a number with too many bits',
      'MX',
      { Name: 'm', Preference: '65536', 'Mail server': 'a.b.' },
      'Preference',
      'goes up to 65535',
    ],
    [
      'a TTL with too many bits',
      'A',
      { Name: 'm', 'IPv4 address': '192.0.2.1', TTL: '2147483648' },
      'TTL',
      'a TTL has 31 bits',
    ],
    ['a text too long', 'TXT', { Name: 't', Text: 'x'.repeat(4097), TTL: '60' }, 'Text', '4096 are the most'],
    ['a string too long', 'TXT', { Name: 't', Text: `"${'x'.repeat(256)}"` }, 'Text', '255 is the most'],
    ['a label over 63 octets', 'A', { Name: 'x'.repeat(64), 'IPv4 address': '192.0.2.1' }, 'Name', 'longer than 63 octets'],
    ['a name over 255 octets', 'A', { Name: LONG_NAME, 'IPv4 address': '192.0.2.1' }, 'Name', 'longer than 255 octets'],
    [
      'an IPv4 address in AAAA',
      'AAAA',
      { Name: 'six', 'IPv6 address': '192.0.2.1' },
      'IPv6 address',
      'IPv4 addresses go into A',
    ],
    ['an IPv6 address in A', 'A', { Name: 'four', 'IPv4 address': '::1' }, 'IPv4 address', 'IPv6 addresses go into AAAA'],
    ['a name elsewhere', 'A', { Name: 'www.example.com.', 'IPv4 address': '192.0.2.1' }, 'Name', 'is not in this zone'],
    [
      'the address of a page',
      'A',
      { Name: 'https://www.example.com/', 'IPv4 address': '192.0.2.1' },
      'Name',
      'is the address of a page',
    ],
    [
      'such an address as a target',
      'CNAME',
      { Name: 'web', Target: 'https://example.com/x' },
      'Target',
      'is the address of a page',
    ],
    ['no name', 'A', { Name: '', 'IPv4 address': '192.0.2.1' }, 'Name', 'Give a name'],
  ])('%s', async (_title, type, fields, label, sentence) => {
    const before = await tab.records.count();
    await tab.send(type, fields as Record<string, string>);
    await tab.form.locator('.fault').filter({ hasText: sentence }).first().waitFor();
    const field = tab.field(label);
    expect(await tab.describedBy(field)).toContain(sentence);
    expect([await field.getAttribute('aria-invalid'), await tab.hasFocus(field)]).toEqual(['true', true]);
    expect(await tab.records.count()).toBe(before);
  });

  it('every fault is shown at once, and the first has the focus', async () => {
    await tab.send('SRV', { Name: '', Priority: '-1', Weight: '', Port: '70000', Target: '' });
    await expect.poll(() => tab.form.locator('[aria-invalid="true"]').count()).toBe(5);
    await expect.poll(() => tab.hasFocus(tab.field('Name'))).toBe(true);
  });

  it('a type that is none, or exists only in messages', async () => {
    for (const [type, sentence] of [
      ['NONSENSE', 'is no record type'],
      ['ANY', 'exists only in messages'],
    ] as const) {
      // Left with Tab, what is written counts; Enter takes the best of what is found.
      await tab.field('Type').fill(type);
      await tab.field('Type').press('Tab');
      await tab.fill({ Name: 'odd', Data: '\\# 0' });
      await tab.button('Add record').click();
      await tab.form.locator('.fault').filter({ hasText: sentence }).waitFor();
      expect(await tab.describedBy(tab.field('Type'))).toContain(sentence);
    }
  });
});

function soaFields(): Record<string, string> {
  const numbers = { Serial: '1', Refresh: '2', Retry: '3', Expire: '4', 'Negative TTL': '5' };
  return { 'Primary server': 'ns.example.', Mailbox: 'me@example.com', ...numbers };
}
