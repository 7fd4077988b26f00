import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Page } from 'playwright-core';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** WCAG 2.2 up to AA, and what axe holds to be good practice besides. */
export const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/** Those of them that look at colours, each by itself: as a category they come with AAA. */
export const COLOUR_RULES = ['color-contrast', 'link-in-text-block'];

/** What axe finds wrong with the page as it is: rule and place, one a line. */
export async function findBarriers(page: Page, rules = RULES): Promise<string[]> {
  // As the debugger does it: the page itself may load no script of a stranger.
  if (await page.evaluate<boolean>('window.axe === undefined')) await page.evaluate(AXE);
  const expression = `axe.run(document, { runOnly: ${JSON.stringify(rules)}, resultTypes: ['violations'] })
    .then(({ violations }) => violations.flatMap(({ id, nodes }) => nodes.map(({ target, failureSummary }) =>
      id + ' ' + target.join(' ') + ' ' + failureSummary.replaceAll('\\n', ' '))))`;
  return page.evaluate<string[]>(expression);
}
