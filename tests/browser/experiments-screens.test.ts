import { beforeAll, it } from 'vitest';
import { EXPERIMENTS } from '../../web/learn/experiments/all.ts';
import { look, MAKES_PICTURES, STILL } from './support/look.ts';
import { Reader } from './support/reader.ts';
import { useSetting } from './support/setting.ts';
import type { Tab } from './support/tab.ts';

const setting = useSetting();
/** One half done and one not begun; of all the others, too, pictures are made. */
const SHOWN = MAKES_PICTURES ? EXPERIMENTS.map(({ id }) => `experiments/${id}`) : ['experiments/mx', 'experiments/ttl'];

/** Of somebody in the middle of an experiment. */
let tab: Tab;

beforeAll(async () => {
  tab = await setting.open(await setting.visitor(STILL));
  await tab.settle();
  const reader = new Reader(tab);
  await reader.goTo('mx');
  await reader.fillIn('address');
  await reader.press('Add record');
  await reader.isDone('address');
  await reader.pressUntilDone('Send the mail server', 'implicit');
});

it.each(['experiments', ...SHOWN, 'words', 'about'])('%s fits, stands out and keeps nobody out', async (page) => {
  await tab.page.goto(`${setting.server.page}#/${page}`);
  await tab.page.reload();
  await tab.page.locator('main h1').waitFor();
  const spoil = tab.page.getByText('Show the explanation now');
  if ((await spoil.count()) > 0) await spoil.click();
  await look(tab, page.replace('/', '-'));
});
