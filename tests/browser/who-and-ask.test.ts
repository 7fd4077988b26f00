import { beforeAll, describe, expect, it } from 'vitest';
import { dig, kdig } from './support/dig.ts';
import { useSetting } from './support/setting.ts';
import type { Tab } from './support/tab.ts';

const setting = useSetting();
let tab: Tab;
let zone: string;

const panel = (name: string) => tab.log.getByRole('region', { name, exact: true });

beforeAll(async () => {
  tab = await setting.open(await setting.visitor({ viewport: { width: 1280, height: 1400 } }));
  zone = await tab.settle();
  await tab.add('A', { Name: 'www', 'IPv4 address': '192.0.2.7', TTL: '300' });
});

describe('who asks', () => {
  beforeAll(async () => {
    await tab.button('Who asks').click();
    await panel('Who asks').getByText('Nothing has been asked yet').waitFor();
    await kdig(setting.dnsPort, `sub.${zone}`, 'NS');
    await kdig(setting.dnsPort, `a.sub.${zone}`, 'A');
    await dig(setting.dnsPort, '+dnssec', '+cookie', '+bufsize=1400', '+subnet=8.8.8.0/24', `wWw.${zone}`, 'A');
    await kdig(setting.dnsPort, '+tcp', `www.${zone}`, 'A');
    await panel('Who asks').getByText('sub.', { exact: false }).first().waitFor();
  });

  it('counts by network, country, type, code and transport, over time', async () => {
    const text = (): Promise<string> => panel('Who asks').innerText();
    await expect
      .poll(text)
      .toMatch(/Types[^]*A\s+3[^]*NS\s+1[^]*Codes[^]*NOERROR\s+2[^]*NXDOMAIN\s+2[^]*Transports[^]*UDP\s+3[^]*TCP\s+1/);
    const chart = panel('Who asks').getByRole('img', {
      name: /^Queries over time: The newest 4 queries of the page, at most \d+ in \d+ second/,
    });
    expect(await chart.locator('rect').count()).toBeGreaterThan(0);
  });

  it('has a card for each source that says what it does', async () => {
    const card = panel('Who asks').locator('li:has(.habits)').first();
    const habits = await card
      .locator('.habits li')
      .evaluateAll((items) => items.map((item) => [item.textContent, item.getAttribute('data-seen')]));
    const does = (habit: string) => habits.find(([text]) => text!.includes(habit))![1];
    for (const habit of ['0x20', 'QNAME minimisation', 'EDNS', 'Cookies', 'DO', 'ECS', 'TCP'])
      expect(does(habit), habit).toBe('true');
    for (const habit of ['DoH', 'IPv6']) expect(does(habit), habit).toBe('false');
    expect(await card.innerText()).toContain('up to 1,400');
  });

  it('counts down what resolvers hold, by name and type', async () => {
    const held = panel('Who asks').locator('li', { hasText: `www.${zone}. A` });
    const left = async (): Promise<number> => {
      const [, minutes, seconds] = /(\d+):(\d\d) left/.exec(await held.innerText())!;
      return 60 * Number(minutes) + Number(seconds);
    };
    expect(await held.innerText()).toMatch(/cached until \d\d:\d\d:\d\d/);
    const first = await left();
    expect(first).toBeLessThanOrEqual(300);
    expect(first).toBeGreaterThan(270);
    await expect.poll(left).toBeLessThan(first);
    // A name that is not is remembered as well, for the minute that the SOA says.
    expect(
      await panel('Who asks')
        .locator('li', { hasText: `a.sub.${zone}. A` })
        .innerText(),
    ).toMatch(/“no”[^]*0:\d\d left/);
  });

  it('filters the log with a click', async () => {
    await panel('Who asks').getByTitle('Only NXDOMAIN').click();
    await expect.poll(() => tab.rows.count()).toBe(2);
    expect(new URL(tab.page.url()).search).toBe('?code=NXDOMAIN');
    await tab.button(/^Take away/).click();
    await expect.poll(() => tab.rows.count()).toBe(4);
    await tab.button('Who asks').click();
  });
});

describe('asking in the page', () => {
  it('asks this server over UDP, TCP and HTTPS side by side, and takes the answers apart', async () => {
    await tab.button('Ask').click();
    const ask = panel('Ask');
    await ask.getByLabel('Name', { exact: true }).fill(`www.${zone}`);
    await ask.getByLabel('Client subnet').fill('192.0.2.0/24');
    await ask.getByLabel('this server, TCP').check();
    await ask.getByLabel('this server, HTTPS').check();
    await tab.button('Ask', ask).click();
    const answers = ask.getByRole('group', { name: 'Answers, side by side' }).locator('article');
    await expect.poll(() => answers.count()).toBe(3);
    for (const answer of await answers.all())
      expect((await answer.innerText()).replaceAll(/\s+/g, ' ')).toMatch(/NOERROR QR AA RD[^]*A 300 192\.0\.2\.7/);
    // HTTPS is a query like any other; the other two only work the answer out.
    await expect.poll(async () => (await tab.rows.first().innerText()).replaceAll(/\s+/g, ' ')).toContain('HTTPS 127.0.0.1');
    expect(await tab.rows.count()).toBe(5);
    await answers.first().locator('summary').click();
    expect(await answers.first().locator('.why').innerText()).toContain('has A records, and here they are');
    expect((await answers.first().innerText()).replaceAll(/\s+/g, ' ')).toContain('Client subnet');
  });

  it('says at the field what cannot be asked, and asks for somebody to be asked', async () => {
    const ask = panel('Ask');
    await ask.getByLabel('Type', { exact: true }).fill('NONSENSE');
    await tab.button('Ask', ask).click();
    const type = ask.getByLabel('Type', { exact: true });
    await expect.poll(() => type.getAttribute('aria-invalid')).toBe('true');
    expect(await tab.describedBy(type)).not.toBe('');
    for (const box of await ask.getByRole('group', { name: 'Whom' }).getByRole('checkbox').all()) await box.uncheck();
    await tab.button('Ask', ask).click();
    await ask.getByText('Choose at least one to ask.').waitFor();
  });
});
