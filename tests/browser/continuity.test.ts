import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import type { QueriesJson } from '../../server/http/protocol.ts';
import { dig } from './support/dig.ts';
import { flood as floodPort } from './support/flood.ts';
import { useSetting } from './support/setting.ts';
import type { Tab } from './support/tab.ts';

const setting = useSetting();

const flood = (names: readonly string[]): Promise<void> => floodPort(setting.dnsPort, names);
const numbered = (count: number, zone: string): string[] => Array.from({ length: count }, (_, i) => `q${i}.${zone}.`);

/** Ids of all logged queries, newest first, as the server has them. */
async function logged(tab: Tab): Promise<number[]> {
  const { queries } = await tab.evaluate<QueriesJson>(`fetch('api/queries?limit=500').then((reply) => reply.json())`);
  return queries.map(({ id }) => id);
}

/** Waits until a page shows what the server has logged, each query once. */
async function showsAll(tab: Tab): Promise<void> {
  const expected = await logged(tab);
  await expect.poll(() => tab.ids(), { timeout: 10_000 }).toEqual(expected);
}

/** Gives a page of somebody new, with some queries in it. */
async function begin(): Promise<{ tab: Tab; zone: string }> {
  const tab = await setting.open();
  const zone = await tab.settle();
  await flood(numbered(5, zone));
  await expect.poll(() => tab.rows.count()).toBe(5);
  return { tab, zone };
}

describe('nothing is lost and nothing comes twice', () => {
  it('after a reload, and in a second tab', async () => {
    const { tab, zone } = await begin();
    await tab.page.reload();
    await tab.live();
    await showsAll(tab);
    const second = await setting.open(tab.page.context());
    await second.live();
    await flood(numbered(5, zone));
    await expect.poll(() => second.rows.count()).toBe(10);
    await showsAll(tab);
    await showsAll(second);
  });

  it('after the network was away', async () => {
    const { tab, zone } = await begin();
    await tab.page.context().setOffline(true);
    await flood(numbered(5, zone));
    await sleep(300);
    await tab.page.context().setOffline(false);
    await flood([`back.${zone}.`]);
    await tab.row(`back.${zone}`, 'A').waitFor();
    await tab.live();
    expect(await tab.rows.count()).toBe(11);
    await showsAll(tab);
  });

  it('after the server was stopped and started again: all is there, and the page comes back by itself', async () => {
    const { tab, zone } = await begin();
    await tab.add('TXT', { Name: 'note', Text: 'before the end' });
    await dig(setting.dnsPort, `note.${zone}`, 'TXT');
    await setting.restart(async () => {
      await tab.log.getByText('Reconnecting…').waitFor();
      // What is tried meanwhile says so, and loses nothing of what was typed.
      await tab.send('TXT', { Name: 'meanwhile', Text: 'nobody hears' });
      await tab.page.getByText('The server cannot be reached at the moment.').first().waitFor();
      expect(await tab.field('Text').inputValue()).toBe('nobody hears');
    });
    await tab.live();
    const { answer } = await dig(setting.dnsPort, `note.${zone}`, 'TXT');
    expect(answer).toEqual([`note.${zone}. 60 IN TXT "before the end"`]);
    await expect.poll(() => tab.row(`note.${zone}`, 'TXT').count()).toBe(2);
    await showsAll(tab);
    await tab.record('note', 'TXT', 'before the end').waitFor();
    await tab.button('Add record').click();
    await tab.record('meanwhile', 'TXT').waitFor();
  });
});

describe('the past', () => {
  it('pages in as one scrolls, without a gap', async () => {
    const { tab, zone } = await begin();
    await flood(numbered(350, zone));
    await tab.row(`q349.${zone}`, 'A').waitFor();
    expect(await tab.rows.count()).toBeLessThan(100);
    await tab.page.reload();
    await tab.rows.first().hover();
    const end = tab.log.getByText('That is the beginning of the log.');
    await expect
      .poll(
        async () => {
          await tab.page.mouse.wheel(0, 20_000);
          return end.isVisible();
        },
        { timeout: 20_000 },
      )
      .toBe(true);
    const ids = await tab.ids();
    expect(ids).toHaveLength(355);
    expect(ids).toEqual(await logged(tab));
  });

  it('does not move under someone who reads it', async () => {
    const { tab, zone } = await begin();
    await flood(numbered(40, zone));
    await tab.row(`q39.${zone}`, 'A').waitFor();
    await tab.rows.first().hover();
    await tab.page.mouse.wheel(0, 900);
    await tab.evaluate('new Promise((done) => setTimeout(done, 300))');
    const before = await tab.ids();
    await flood([`new.${zone}.`]);
    await tab.button('1 new query · show').waitFor();
    expect((await tab.ids()).slice(0, 30)).toEqual(before.slice(0, 30));
    await tab.button('1 new query · show').click();
    await tab.row(`new.${zone}`, 'A').waitFor();
    await expect.poll(() => tab.evaluate("document.querySelector('#log').scrollTop")).toBe(0);
  });
});
