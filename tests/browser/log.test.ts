import { beforeAll, describe, expect, it } from 'vitest';
import type { QueriesJson } from '../../server/http/protocol.ts';
import { dig, kdig } from './support/dig.ts';
import { useSetting } from './support/setting.ts';
import type { Tab } from './support/tab.ts';

const setting = useSetting();
let tab: Tab;
let zone: string;

beforeAll(async () => {
  tab = await setting.open();
  zone = await tab.settle();
  await tab.add('A', { Name: 'www', 'IPv4 address': '192.0.2.7' });
  await tab.add('CNAME', { Name: '*.wild', Target: `www.${zone}` });
});

/** Notes in the page when each row came to stand in it, by the clock that the server has too. */
const NOTE_ARRIVALS = `
  window.arrivals = {};
  new MutationObserver((changes) => {
    for (const { addedNodes } of changes)
      for (const node of addedNodes) {
        const rows = node.matches?.('[data-id]') ? [node] : (node.querySelectorAll?.('[data-id]') ?? []);
        for (const row of rows) window.arrivals[row.dataset.id] ??= Date.now();
      }
  }).observe(document.querySelector('#log'), { childList: true, subtree: true });`;

/** So that a second measurement finds its own rows. */
let measured = 0;

describe('a query made by dig', () => {
  // Measured again if need be: what else the machine is doing at the moment says nothing about the page.
  it('is in the page within 200 ms, without reload', { retry: 2 }, async () => {
    measured += 1;
    await tab.evaluate(NOTE_ARRIVALS);
    const endedAt = new Map<string, number>();
    for (let i = 0; i < 12; i++) {
      const name = `fast${i}-${measured}.${zone}`;
      endedAt.set(`${name}.`, (await dig(setting.dnsPort, name)).endedAt);
    }
    await tab.row(`fast11-${measured}.${zone}`, 'A').waitFor();
    const arrivals = await tab.evaluate<Record<string, number>>('window.arrivals');
    const { queries } = await tab.evaluate<QueriesJson>(`fetch('api/queries?limit=12').then((reply) => reply.json())`);
    // From the query's arrival at the server is the stricter measure: dig ends a few milliseconds later.
    const sinceAsked = queries.map(({ id, time }) => arrivals[id]! - time);
    const sinceEnd = queries.map(({ id, qname }) => arrivals[id]! - endedAt.get(qname)!);
    expect(sinceAsked).toHaveLength(12);
    // Two cores are shared by the server, the browser and dig: one straggler says nothing about the page.
    for (const delays of [sinceAsked, sinceEnd]) {
      expect(delays.filter((delay) => delay < 200).length, `milliseconds: ${delays.join(' ')}`).toBeGreaterThanOrEqual(11);
    }
  });

  it('shows time, name, type, transport, source, code and answers', async () => {
    const before = Date.now();
    await dig(setting.dnsPort, `www.${zone}`, 'A');
    const row = tab.row(`www.${zone}`, 'A');
    const text = await row.first().innerText();
    for (const part of ['UDP', '127.0.0.1', 'NOERROR', 'A 60 192.0.2.7']) expect(text).toContain(part);
    // The page writes the time of day in the zone of the browser, which runs here.
    const seconds = [before, Date.now()].map((time) => new Date(time).toTimeString().slice(0, 8));
    expect(seconds).toContain(/\d\d:\d\d:\d\d/.exec(text)![0]);
  });

  it('over TCP says so', async () => {
    await kdig(setting.dnsPort, '+tcp', `over-tcp.wild.${zone}`, 'A');
    const text = await tab.row(`over-tcp.wild.${zone}`, 'A').innerText();
    for (const part of ['TCP', `CNAME 60 www.${zone}.`, 'A 60 192.0.2.7']) expect(text).toContain(part);
  });

  it.each([
    ['8.8.8.0/24', 'Google Public DNS AS15169', 'GOOGLE', 'US'],
    ['1.1.1.0/24', 'Cloudflare 1.1.1.1 AS13335', 'CLOUDFLARENET', 'US'],
  ])('on behalf of %s names its network', async (subnet, asn, network, country) => {
    const name = `subnet.wild.${zone}`;
    await dig(setting.dnsPort, `+subnet=${subnet}`, name, 'A');
    const text = await tab.row(name, 'A').filter({ hasText: subnet }).innerText();
    expect(text.replaceAll(/\s+/g, ' ')).toContain(`for ${subnet} ${asn} ${network} ${country}`);
  });

  it.each([
    ['a name that does not exist', ['nothing', 'A'], 'NXDOMAIN', 'nxdomain'],
    ['a type that the name has not', ['www', 'MX'], 'NOERROR · no records', 'empty'],
    ['a class that is not served', ['www', 'TXT', '-c', 'CH'], 'REFUSED', 'refused'],
  ])('for %s shows so in words and colour', async (_title, [label, type, ...rest], code, outcome) => {
    await dig(setting.dnsPort, `${label}.${zone}`, type!, ...rest);
    const row = tab.row(`${label}.${zone}`, rest.length > 0 ? `CH ${type}` : type!);
    expect(await row.innerText()).toContain(code);
    expect(await row.getAttribute('data-outcome')).toBe(outcome);
  });

  it('that is cut short says so', async () => {
    await tab.add('TXT', { Name: 'large', Text: 'x'.repeat(2000) });
    await dig(setting.dnsPort, '+ignore', '+bufsize=512', `large.${zone}`, 'TXT');
    expect(await tab.row(`large.${zone}`, 'TXT').innerText()).toContain('NOERROR · truncated');
  });
});

describe('a query that is opened', () => {
  it('shows both messages to the last octet, and closes again', async () => {
    const { text } = await dig(setting.dnsPort, '+subnet=9.9.9.0/24', `open.wild.${zone}`, 'A');
    const id = /id: (\d+)/.exec(text)![1]!;
    const row = tab.row(`open.wild.${zone}`, 'A');
    const handle = row.locator('[aria-expanded]').first();
    expect(await handle.getAttribute('aria-expanded')).toBe('false');
    await handle.click();
    await row.getByRole('heading', { name: /^Response/ }).waitFor();
    const detail = (await row.innerText()).replaceAll(/\s+/g, ' ');
    for (const part of ['QUERY · NOERROR', `ID ${id}`, `open.wild.${zone}.`, 'QUAD9', 'Client subnet', 'QR', 'AA']) {
      expect(detail).toContain(part);
    }
    const digits = Number(id).toString(16).padStart(4, '0');
    const first = await row.locator('.hex').first().locator('[data-octet="0"], [data-octet="1"]').allInnerTexts();
    expect(first.map((text) => text.trim())).toEqual([digits.slice(0, 2), digits.slice(2)]);
    await handle.click();
    await row.getByRole('heading', { name: /^Response/ }).waitFor({ state: 'detached' });
  });
});

describe('the log', () => {
  it('waits while it is paused, and shows what came meanwhile', async () => {
    await tab.button('Pause').click();
    await dig(setting.dnsPort, `later.${zone}`);
    await tab.button('1 new query · show').waitFor();
    expect(await tab.row(`later.${zone}`, 'A').count()).toBe(0);
    await tab.button('Resume').click();
    await tab.row(`later.${zone}`, 'A').waitFor();
  });

  it('is cleared after a question, in all tabs, and says how to begin again', async () => {
    const other = await setting.open(tab.page.context());
    await other.rows.first().waitFor();
    await (await tab.front()).button('Clear log').click();
    await tab.button('Clear log', tab.page.getByRole('group', { name: 'Clear the log?' })).click();
    for (const { log } of [tab, other]) await log.getByText('Nobody has asked yet.').waitFor();
    const line = await tab.log.locator('code').innerText();
    expect(line).toMatch(new RegExp(`^dig @127\\.0\\.0\\.1 -p ${setting.dnsPort} \\S+\\.${zone} \\w+$`));
    // The line does what it promises.
    await dig(setting.dnsPort, '+ignore', ...line.split(' ').slice(4));
    for (const { rows } of [tab, other]) await rows.first().waitFor();
    expect([await tab.rows.count(), await other.rows.count()]).toEqual([1, 1]);
  });
});
