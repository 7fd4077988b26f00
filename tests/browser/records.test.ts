import { beforeAll, describe, expect, it } from 'vitest';
import { dig, kdig, type Dug } from './support/dig.ts';
import { useSetting } from './support/setting.ts';
import type { Tab } from './support/tab.ts';

const setting = useSetting();
let tab: Tab;
let zone: string;

beforeAll(async () => {
  tab = await setting.open();
  zone = await tab.settle();
});

interface Story {
  name: string;
  type: string;
  fields: Record<string, string>;
  content: string;
  change: Record<string, string>;
  changed: string;
}

const STORIES: Story[] = [
  story('www', 'A', { 'IPv4 address': '192.0.2.7' }, '192.0.2.7', { 'IPv4 address': '192.0.2.8' }, '192.0.2.8'),
  story(
    'www',
    'AAAA',
    { 'IPv6 address': '2001:DB8:0::7' },
    '2001:db8::7',
    { 'IPv6 address': '2001:db8:1::2' },
    '2001:db8:1::2',
  ),
  story('ca', 'CAA', { Value: 'letsencrypt.org' }, '0 issue "letsencrypt.org"', { Flags: '128', Value: ';' }, '128 issue ";"'),
  story(
    'alias',
    'CNAME',
    { Target: 'www.example.com' },
    'www.example.com.',
    { Target: 'www.example.net.' },
    'www.example.net.',
  ),
  story(
    'web',
    'HTTPS',
    { Parameters: 'port=853' },
    '1 . port=853',
    { Priority: '2', Parameters: 'port=8443' },
    '2 . port=8443',
  ),
  story('post', 'MX', { 'Mail server': 'mx.example.com' }, '10 mx.example.com.', { Preference: '5' }, '5 mx.example.com.'),
  story(
    'child',
    'NS',
    { 'Name server': 'ns.example.com.' },
    'ns.example.com.',
    { 'Name server': 'ns.example.net' },
    'ns.example.net.',
  ),
  story('7', 'PTR', { Target: 'host.example.com' }, 'host.example.com.', { Target: '@' }, '@'),
  story(
    '_imaps._tcp',
    'SRV',
    { Port: '993', Target: 'mail.example.com' },
    '0 0 993 mail.example.com.',
    { Weight: '7' },
    '0 7 993 mail.example.com.',
  ),
  story(
    '_dns',
    'SVCB',
    { Target: 'ns.example.com', Parameters: 'port=853' },
    '1 ns.example.com. port=853',
    { Priority: '0', Parameters: '' },
    '0 ns.example.com.',
  ),
  story('note', 'TXT', { Text: 'v=spf1 -all' }, '"v=spf1 -all"', { Text: 'a "quoted" word' }, '"a \\"quoted\\" word"'),
];

function story(
  name: string,
  type: string,
  fields: Record<string, string>,
  content: string,
  ...[change, changed]: [Record<string, string>, string]
): Story {
  return { name, type, fields, content, change, changed };
}

/** The data of a name, by dig over UDP and by kdig over TCP, which must agree. Delegations stand in the authority section. */
async function data(name: string, type: string): Promise<string[]> {
  const read = ({ answer, authority }: Dug) => {
    const lines = type === 'NS' ? authority.filter((line) => line.includes(' NS ')) : answer;
    // The tools quote parameters of SVCB and HTTPS each in its own way, and write hex digits in either case.
    const plain = (line: string) => line.split(' ').slice(4).join(' ');
    if (type === 'SVCB' || type === 'HTTPS') return lines.map((line) => plain(line).replaceAll('"', ''));
    return lines.map((line) => (type.startsWith('TYPE') ? plain(line).toLowerCase() : plain(line)));
  };
  const qname = `${name}.${zone}`;
  const [udp, tcp] = await Promise.all([
    dig(setting.dnsPort, '+norec', qname, type),
    kdig(setting.dnsPort, '+norec', '+tcp', qname, type),
  ]);
  expect(read(tcp)).toEqual(read(udp));
  return read(udp);
}

async function walkThrough({ name, type, fields, content, change, changed }: Story): Promise<void> {
  const meant = (text: string) => (text === '@' ? `${zone}.` : text);
  await tab.add(type, { Name: name, ...fields });
  await tab.record(name, type, content).waitFor();
  expect(await data(name, type)).toEqual([content]);

  await tab.edit(name, type, change);
  await tab.record(name, type, meant(changed)).waitFor();
  expect(await data(name, type)).toEqual([meant(changed)]);

  await tab.remove(name, type);
  expect(await tab.record(name, type).count()).toBe(0);
  expect(await data(name, type)).toEqual([]);

  await tab.button('Undo').click();
  await tab.record(name, type, meant(changed)).waitFor();
  expect(await data(name, type)).toEqual([meant(changed)]);
}

describe('a record is added, changed, deleted and put back, and dig sees each at once', () => {
  it.each(STORIES.map((story) => [story.type, story] as const))('%s', async (_type, story) => {
    await walkThrough(story);
  });

  it('a type that has no form, by its number', async () => {
    await tab.chooseType('type731');
    await tab.fill({ Name: 'odd', Data: '\\# 2 ABCD' });
    await tab.button('Add record').click();
    await tab.record('odd', 'TYPE731', '\\# 2 abcd').waitFor();
    expect(await data('odd', 'TYPE731')).toEqual(['\\# 2 abcd']);
    await tab.edit('odd', 'TYPE731', { Data: '\\# 0' });
    expect(await data('odd', 'TYPE731')).toEqual(['\\# 0']);
    await tab.remove('odd', 'TYPE731');
    expect(await data('odd', 'TYPE731')).toEqual([]);
    await tab.button('Undo').click();
    await tab.record('odd', 'TYPE731').waitFor();
    expect(await data('odd', 'TYPE731')).toEqual(['\\# 0']);
  });

  it('SOA, which can be changed but not taken away', async () => {
    await tab.edit('@', 'SOA', { Mailbox: 'first.last@example.com', 'Negative TTL': '42' });
    await tab.record('@', 'SOA', 'first\\.last.example.com.').waitFor();
    const { authority } = await dig(setting.dnsPort, `no-such.${zone}`);
    expect(authority[0]).toMatch(/^\S+ 42 IN SOA ns1\.digpit\.test\. first\\\.last\.example\.com\. \d+ 3600 600 604800 42$/);
    await tab.button('Delete @ SOA').click();
    await tab.page.getByRole('alert').filter({ hasText: 'A zone cannot be without its SOA record' }).waitFor();
    expect(await tab.record('@', 'SOA').count()).toBe(1);
  });
});

describe('all records', () => {
  it('are deleted after a question, and come back with Undo', async () => {
    const before = await tab.records.count();
    await tab.button('Delete all').click();
    await tab.button('Keep them').click();
    expect(await tab.records.count()).toBe(before);

    await tab.button('Delete all').click();
    await tab.button('Delete all', tab.page.getByRole('group', { name: 'Delete every record?' })).click();
    await tab.said(`Deleted ${before} records.`);
    expect(await tab.records.count()).toBe(2);
    expect((await dig(setting.dnsPort, `www.${zone}`)).status).toBe('NXDOMAIN');

    await tab.button('Undo').click();
    await tab.said('Put back.');
    expect(await tab.records.count()).toBe(before);
    expect(await data('www', 'A')).toEqual(['192.0.2.8']);
  });

  it('follow what another tab does', async () => {
    const other = await setting.open(tab.page.context());
    await other.record('www', 'A').waitFor();
    await (await tab.front()).add('TXT', { Name: 'seen', Text: 'in both' });
    await other.record('seen', 'TXT', 'in both').waitFor();
    await (await other.front()).remove('seen', 'TXT');
    await tab.record('seen', 'TXT').waitFor({ state: 'detached' });
  });
});
