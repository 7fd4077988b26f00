import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { removeDir, startServer, Visitor, type RunningServer } from '../support/server.ts';
import { findBarriers } from './support/axe.ts';
import { openBrowser } from './support/browser.ts';

const TOKEN = 'a-token-of-the-tests';
let browser: Browser;
let server: RunningServer;

beforeAll(async () => {
  [browser, server] = await Promise.all([openBrowser(), startServer({ DIGPIT_OPERATOR_TOKEN: TOKEN })]);
});
afterAll(async () => {
  await browser.close();
  await server.stop();
  removeDir(server.dataDir);
});

it('the operator finds, looks at, suspends and deletes subdomains, and nobody does without the token', async () => {
  const visitor = new Visitor(server.page);
  const { zone } = await visitor.begin();
  const label = zone.split('.')[0]!;
  await visitor.call('POST', '/api/records', { name: 'www', type: 'A', ttl: 60, address: '203.0.113.7' });
  await new Visitor(server.page).begin();

  const page = await browser.newPage();
  const faults: string[] = [];
  page.on('console', (message) => message.type() === 'error' && !message.text().includes('401') && faults.push(message.text()));
  await page.goto(`${server.page}/operator/`);
  await page.getByLabel('Token').fill('guessed');
  await page.getByRole('button', { name: 'Enter' }).click();
  await page.getByRole('alert').waitFor();
  expect(await page.getByRole('table').count()).toBe(0);
  await page.getByLabel('Token').fill(TOKEN);
  await page.getByRole('button', { name: 'Enter' }).click();
  await page.getByRole('rowheader').nth(1).waitFor();

  await page.getByRole('searchbox').fill('203.0.113.7');
  await page.getByRole('button', { name: 'Find' }).click();
  const row = page.getByRole('row', { name: label });
  await page.getByRole('rowheader').nth(1).waitFor({ state: 'detached' });
  await row.getByRole('button', { name: 'Records' }).click();
  await page.getByText('www 60 A 203.0.113.7').waitFor();
  expect(await findBarriers(page)).toEqual([]);

  await row.getByRole('button', { name: 'Suspend' }).click();
  await row.getByRole('cell', { name: 'suspended' }).waitFor();
  expect((await visitor.call('GET', '/api/records')).status).toBe(403);
  await row.getByRole('button', { name: 'Resume' }).click();
  await row.getByRole('cell', { name: 'answers' }).waitFor();
  expect((await visitor.call('GET', '/api/records')).status).toBe(200);
  if (process.env['PICTURE'] !== undefined) await page.screenshot({ path: process.env['PICTURE'], fullPage: true });

  await row.getByRole('button', { name: 'Delete' }).click();
  await page.getByRole('button', { name: 'Delete for good' }).click();
  await row.waitFor({ state: 'detached' });
  expect((await visitor.call('GET', '/api/records')).status).toBe(401);
  expect(faults).toEqual([]);
});
