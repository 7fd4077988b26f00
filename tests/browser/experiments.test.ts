import { beforeAll, describe, it } from 'vitest';
import type { Experiment, Step } from '../../web/learn/experiment.ts';
import { EXPERIMENTS } from '../../web/learn/experiments/all.ts';
import { texts } from '../../web/learn/texts/en/all.ts';
import { useSetting } from './support/setting.ts';
import { Reader } from './support/reader.ts';

const setting = useSetting();
let reader: Reader;

beforeAll(async () => {
  const tab = await setting.open();
  await tab.settle();
  reader = new Reader(tab);
});

/** What a reader writes who knows it. */
const ANSWERS: Readonly<Record<string, string>> = { count: '128', turn: '7.2.0.192.in-addr.arpa' };

async function perform(experiment: Experiment, { key, tool }: Step): Promise<void> {
  switch (tool?.kind) {
    case 'record':
      await reader.fillIn(key);
      return reader.press('Add record');
    case 'edit':
      await reader.press(texts.ui.openRecord);
      await reader.staysAt(key);
      return reader.press('Save');
    case 'lines':
      await reader.fillIn(key);
      return reader.press('Add these');
    case 'remove':
      return reader.removeAll();
    case 'ask':
      await reader.fillIn(key);
      return reader.pressUntilDone('Ask', key);
    case 'visit':
      await reader.fillIn(key);
      return reader.pressUntilDone('Visit', key);
    case 'flush':
      return reader.pressAll(tool.resolvers.map((id) => texts.ui.flushOne(texts.ui.whoms[id])));
    case 'clock':
      return reader.press(texts.ui.speed(tool.speed));
    case 'walk':
      return reader.pressUntilDone(texts.ui.walks[tool.walk].send, key);
    case 'tell':
      await reader.answer('not that');
      await reader.said(texts.ui.wrong);
      await reader.staysAt(key);
      return reader.answer(ANSWERS[key] ?? (await reader.addressOfAmber()));
    default:
      throw new Error(`nobody knows how to do ${experiment.id} ${key}`);
  }
}

describe.each(EXPERIMENTS.map((experiment) => [experiment.id, experiment] as const))('%s', (id, experiment) => {
  it('can be done from its first step to its last, and no step is ticked before it was', async () => {
    await reader.goTo(id);
    for (const step of experiment.steps) {
      await reader.staysAt(step.key);
      await perform(experiment, step);
      await reader.isDone(step.key);
    }
    await reader.complete(texts.experiments[id as keyof typeof texts.experiments].story.length);
  });
});
