import { mkdirSync } from 'node:fs';
import { expect } from 'vitest';
import { COLOUR_RULES, findBarriers, RULES } from './axe.ts';
import { FAINT_TEXT } from './contrast.ts';
import type { Tab } from './tab.ts';

const FOLDER = new URL('../screenshots/', import.meta.url).pathname;
/** Everything is looked at by somebody, too. */
export const MAKES_PICTURES = process.env['MAKE_SCREENSHOT'] !== undefined;

const SCHEMES = ['light', 'dark'] as const;
/** The widest last: there it goes on. */
const SIZES = [
  { width: 360, height: 740 },
  { width: 768, height: 1024 },
  { width: 1280, height: 800 },
];

/** For visitors whose pages are looked at: nothing moves, so nothing has to be waited for. */
export const STILL = { viewport: SIZES.at(-1)!, reducedMotion: 'reduce' } as const;

/** The layout of a size or theme that was just set is there with the second frame. */
const DRAWN = 'new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))';

/**
 * Looks at what a page shows now, in each theme and size: nothing is wider than its place, every text stands out, and at the
 * widest axe finds nothing. With MAKE_SCREENSHOT it makes pictures of all, to be looked at.
 */
export async function look(tab: Tab, name: string): Promise<void> {
  for (const colorScheme of SCHEMES) {
    await tab.page.emulateMedia({ colorScheme });
    for (const viewport of SIZES) {
      await tab.page.setViewportSize(viewport);
      await tab.evaluate(DRAWN);
      const place = `${name}-${viewport.width}-${colorScheme}`;
      if (MAKES_PICTURES) await takePicture(tab, place);
      expect({ overflow: await tab.overflow(), faint: await tab.evaluate(FAINT_TEXT) }, place).toEqual({
        overflow: 0,
        faint: [],
      });
    }
    // A theme changes nothing but colours.
    const rules = colorScheme === 'light' ? RULES : COLOUR_RULES;
    expect(await findBarriers(tab.page, rules), `${name} ${colorScheme}`).toEqual([]);
  }
}

async function takePicture(tab: Tab, place: string): Promise<void> {
  mkdirSync(FOLDER, { recursive: true });
  await tab.page.screenshot({ path: `${FOLDER}${place}.png`, fullPage: true });
}
