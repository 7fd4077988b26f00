import { describe, expect, it } from 'vitest';
import { Visitor } from '../support/server.ts';
import { dig } from './support/dig.ts';
import { useSetting } from './support/setting.ts';

const setting = useSetting();

describe('a subdomain of one’s own', () => {
  it('is one click away: a word, a number, and a key that is shown once', async () => {
    const tab = await setting.open();
    expect(await tab.zoneTitle.innerText()).toContain('Dig a hole');
    const { zone, key } = await tab.takeSubdomain();
    expect(zone).toMatch(/^[a-z]+\d+\.digpit\.test$/);
    expect(key).toMatch(/^[a-z\d]{4}(-[a-z\d]{4}){6}$/);
    expect(await tab.page.title()).toBe(`${zone} · Digpit`);
    // Apex SOA and NS are there without anyone adding them, in the page and in the DNS.
    await tab.record('@', 'SOA').waitFor();
    await tab.record('@', 'NS').waitFor();
    expect((await dig(setting.dnsPort, zone, 'NS')).answer).toEqual([`${zone}. 300 IN NS ns1.digpit.test.`]);

    await tab.button('I have kept it').click();
    await tab.keyPanel.waitFor({ state: 'detached' });
    await tab.page.reload();
    await tab.record('@', 'SOA').waitFor();
    expect([await tab.zoneTitle.innerText(), await tab.keyPanel.count()]).toEqual([zone, 0]);
  });

  it('two people have two', async () => {
    const [one, two] = await Promise.all([setting.open(), setting.open()]);
    const first = await one.takeSubdomain();
    const second = await two.takeSubdomain();
    expect(first.zone).not.toBe(second.zone);
    await one.add('TXT', { Name: 'mine', Text: 'one' });
    await two.page.reload();
    await two.record('@', 'SOA').waitFor();
    expect(await two.record('mine', 'TXT').count()).toBe(0);
  });
});

describe('the key', () => {
  it('brings the same subdomain back in another browser, with its records', async () => {
    const home = await setting.open();
    const { zone, key } = await home.takeSubdomain();
    await home.add('TXT', { Name: 'note', Text: 'left here' });

    const elsewhere = await setting.open();
    // People copy blanks along.
    await elsewhere.page.getByLabel('I have a key').fill(`  ${key} `);
    await elsewhere.button('Bring it back').click();
    await elsewhere.record('note', 'TXT', 'left here').waitFor();
    expect([await elsewhere.zoneTitle.innerText(), await elsewhere.keyPanel.count()]).toEqual([zone, 0]);
    await elsewhere.live();
  });

  it('that is wrong is refused in a sentence at its field', async () => {
    const tab = await setting.open();
    const field = tab.page.getByLabel('I have a key');
    await field.fill('not-a-key');
    await field.press('Enter');
    await tab.page.getByText('No subdomain has this key.').waitFor();
    expect(await tab.describedBy(field)).toContain('No subdomain has this key.');
    await expect.poll(() => tab.hasFocus(field)).toBe(true);
  });
});

describe('the end of a session', () => {
  it('is asked about, goes back to the landing page, and the old cookie opens nothing', async () => {
    const context = await setting.visitor();
    const tab = await setting.open(context);
    const other = await setting.open(context);
    const { zone, key } = await (await tab.front()).takeSubdomain();
    await other.page.reload();
    await other.live();
    const [cookie] = await context.cookies();
    expect(cookie).toMatchObject({ httpOnly: true, sameSite: 'Lax' });

    await (await tab.front()).button('End session').click();
    await tab.button('Stay here').click();
    await expect.poll(() => tab.hasFocus(tab.button('End session'))).toBe(true);
    await tab.button('End session').click();
    await tab.button('End session', tab.page.getByRole('group', { name: 'End this session?' })).click();
    await tab.button('Dig a subdomain').waitFor();
    // The stream of the other tab ends with it.
    await other.button('Dig a subdomain').waitFor();
    await other.page.getByText('That session has ended.').waitFor();

    const thief = new Visitor(setting.server.page);
    thief.cookie = `${cookie!.name}=${cookie!.value}`;
    expect((await thief.call('GET', '/api/records')).status).toBe(401);
    await tab.page.reload();
    await tab.button('Dig a subdomain').waitFor();
    expect((await dig(setting.dnsPort, zone, 'SOA')).status).toBe('NOERROR');

    await tab.page.getByLabel('I have a key').fill(key);
    await tab.page.keyboard.press('Enter');
    await tab.record('@', 'SOA').waitFor();
    expect(await tab.zoneTitle.innerText()).toBe(zone);
  });
});
