import { mkdirSync } from 'node:fs';
import type { BrowserContextOptions } from 'playwright-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { EXPERIMENTS } from '../../web/learn/experiments/all.ts';
import { findBarriers } from './support/axe.ts';
import { FAINT_TEXT } from './support/contrast.ts';
import { Reader } from './support/reader.ts';
import { useSetting } from './support/setting.ts';
import { Tab } from './support/tab.ts';

const setting = useSetting();
const FOLDER = new URL('./screenshots/', import.meta.url).pathname;
const ALL = process.env['MAKE_SCREENSHOT'] !== undefined;
const SCREENS = [360, 768, 1280].flatMap((width) =>
  (['light', 'dark'] as const).map((colorScheme) => ({ width, colorScheme })),
);
/** Every size and every theme once; with MAKE_SCREENSHOT all of them, and every experiment, to be looked at. */
const SHOWN = ALL ? SCREENS : SCREENS.filter((_, i) => i === 0 || i === 3 || i === 4);
const PAGES = ALL ? EXPERIMENTS.map(({ id }) => `experiments/${id}`) : ['experiments/mx', 'experiments/ttl'];

/** Somebody in the middle of an experiment. */
let storageState: NonNullable<BrowserContextOptions['storageState']>;

beforeAll(async () => {
  mkdirSync(FOLDER, { recursive: true });
  const context = await setting.visitor();
  const tab = await Tab.open(context, setting.server.page);
  await tab.settle();
  const reader = new Reader(tab);
  await reader.goTo('mx');
  await reader.fillIn('address');
  await reader.press('Add record');
  await reader.isDone('address');
  await reader.pressUntilDone('Send the mail server', 'implicit');
  storageState = await context.storageState();
  await context.close();
});

describe.each(SHOWN)('at $width px, $colorScheme', ({ width, colorScheme }) => {
  it.each(['experiments', ...PAGES, 'words', 'about'])('%s fits, stands out and keeps nobody out', async (page) => {
    const context = await setting.visitor({ viewport: { width, height: 800 }, colorScheme, storageState });
    const tab = await Tab.open(context, `${setting.server.page}#/${page}`);
    await tab.zoneTitle.waitFor();
    await tab.page.locator('main h1').waitFor();
    const spoil = tab.page.getByText('Show the explanation now');
    if ((await spoil.count()) > 0) await spoil.click();
    if (ALL)
      await tab.page.screenshot({ path: `${FOLDER}${page.replace('/', '-')}-${width}-${colorScheme}.png`, fullPage: true });
    expect({ overflow: await tab.overflow(), faint: await tab.evaluate(FAINT_TEXT) }).toEqual({ overflow: 0, faint: [] });
    if (width === 1280) expect(await findBarriers(tab.page)).toEqual([]);
    expect(tab.complaints).toEqual([]);
    await context.close();
  });
});
