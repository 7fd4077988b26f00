import { exec } from 'node:child_process';
import { promisify } from 'node:util';
import type { Locator } from 'playwright-core';
import { beforeEach, expect, it } from 'vitest';
import { dig } from './support/dig.ts';
import { look, STILL } from './support/look.ts';
import { useSetting } from './support/setting.ts';
import type { Tab } from './support/tab.ts';

const setting = useSetting();
const run = promisify(exec);

let tab: Tab;
let zone: string;

/** Somebody who looks at their keys, and has none. */
beforeEach(async () => {
  tab = await setting.open(await setting.visitor(STILL));
  zone = await tab.settle();
  await tab.page.getByRole('link', { name: 'Keys', exact: true }).click();
  await tab.page.getByText('No keys so far').waitFor();
});

const form = (): Locator => tab.page.getByRole('form', { name: 'Make a key' });
const made = (label: string): Locator => tab.page.getByRole('region', { name: `Here is ${label}` });
const key = (label: string): Locator => tab.page.getByRole('listitem').filter({ hasText: label });
const linesFor = async (label: string, tool: string): Promise<string> => {
  await tab.button(tool, made(label)).click();
  return made(label).locator('pre').last().innerText();
};

async function make(label: string): Promise<Locator> {
  await form().getByLabel('What to call it').fill(label);
  await tab.button('Make it', form()).click();
  await made(label).waitFor();
  return made(label);
}

it('a key is made, its lines work as they are, and once it is revoked they do not', async () => {
  const panel = await make('laptop');
  const secret = await panel.locator('.secret').innerText();
  const lines = await linesFor('laptop', 'nsupdate');
  expect(lines).toContain(secret);
  await run(lines, { shell: '/bin/bash' });
  expect((await dig(setting.dnsPort, `www.${zone}`, 'A')).answer).toEqual([`www.${zone}. 60 IN A 192.0.2.1`]);
  await run(lines.replace(secret, Buffer.alloc(32).toString('base64')), { shell: '/bin/bash' }).catch(() => {});
  await tab.button('I have put it away').click();
  await tab.page.reload();
  await key('laptop').getByText('Last used', { exact: false }).waitFor();
  await key('laptop').getByText('the signature was wrong', { exact: false }).waitFor();
  await tab.button('Lines for laptop').click();
  await key('laptop').getByText('update add', { exact: false }).waitFor();
  expect(await key('laptop').innerText()).not.toContain(secret);

  await tab.button('Revoke laptop').focus();
  await tab.page.keyboard.press('Enter');
  await tab.page.keyboard.press('Shift+Tab');
  await tab.page.keyboard.press('Enter');
  await tab.page.getByText('No keys so far').waitFor();
  await expect(run(lines, { shell: '/bin/bash' })).rejects.toThrow(/BADKEY|NOTAUTH/);
});

it('a token reads and writes with curl', async () => {
  await form().getByLabel('API token').check();
  await make('script');
  const { stdout } = await run(await linesFor('script', 'curl').then((lines) => lines.split('\n').slice(0, 2).join('\n')));
  expect(stdout).toContain('"192.0.2.1"');
});

it('limits are filled in for certificates, and what is wrong with them stands at its field', async () => {
  await tab.button('Certificates only').click();
  await form().getByLabel('From where').fill('192.0.2.0/40');
  await form().getByLabel('Ends after').selectOption('4 weeks');
  await form().getByLabel('What to call it').fill('web server');
  await tab.button('Make it').click();
  await form().getByText('A key is called by 1 to 32 letters').waitFor();
  await form().getByText('is not a network such as').waitFor();
  await form().getByLabel('From where').fill('192.0.2.0/24');
  await make('certbot');
  const text = await key('certbot').innerText();
  for (const part of ['_acme-challenge _acme-challenge.*', 'Types: TXT', 'From 192.0.2.0/24', 'Ends in ']) {
    expect(text).toContain(part);
  }
  await tab.button('certbot', made('certbot')).click();
  await look(tab, 'keys');
  await tab.page.setViewportSize({ width: 360, height: 740 });
  await tab.page.getByLabel('Language').selectOption('de');
  await tab.page.getByRole('heading', { name: 'Schlüssel und Token' }).waitFor();
  await key('certbot').getByText('Nie benutzt', { exact: false }).waitFor();
  expect(await tab.overflow()).toBe(0);
});

it('the HTTP interface is described, and its lines work with a token', async () => {
  await form().getByLabel('API token').check();
  await make('script');
  const secret = await made('script').locator('.secret').innerText();
  await tab.page.getByRole('link', { name: 'Everything that can be asked over HTTP' }).click();
  const call = tab.page.locator('details').filter({ hasText: 'Make RRsets what they are to be' });
  await call.locator('summary').focus();
  await tab.page.keyboard.press('Enter');
  const line = await call.locator('.line code').innerText();
  const { stdout } = await run(`${line.replace('TOKEN', secret)} -s`);
  expect(stdout).toContain('"records":["example.org."]');
  await look(tab, 'api');
});
