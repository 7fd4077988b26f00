import { exec } from 'node:child_process';
import { promisify } from 'node:util';
import type { Locator } from 'playwright-core';
import { expect } from 'vitest';
import type { Tab } from './tab.ts';

/** Milliseconds in which a step that ticks itself too early would have done so. */
const TOO_EARLY = 70;

/** Somebody who does experiments. */
export class Reader {
  readonly tab: Tab;

  constructor(tab: Tab) {
    this.tab = tab;
  }

  async goTo(id: string): Promise<void> {
    await this.tab.evaluate(`location.hash = '#/experiments/${id}'`);
    await this.tab.page.locator('main [data-step]').first().waitFor();
  }

  step(key: string): Locator {
    return this.tab.page.locator(`main [data-step="${key}"]`);
  }

  /** The step that is to be done now. */
  get now(): Locator {
    return this.tab.page.locator('main [data-step][aria-current="step"]');
  }

  /** This step is the one to do, and stays it for as long as nothing is done. */
  async staysAt(key: string): Promise<void> {
    await this.step(key).and(this.now).waitFor();
    await this.tab.page.waitForTimeout(TOO_EARLY);
    expect(await this.now.getAttribute('data-step')).toBe(key);
  }

  async isDone(key: string): Promise<void> {
    await this.step(key).locator('.seen').waitFor();
  }

  press(name: string): Promise<void> {
    return this.tab.button(name, this.now).click();
  }

  /** Has a form filled in, which alone does nothing. */
  async fillIn(key: string): Promise<void> {
    await this.press('Fill it in for me');
    await this.staysAt(key);
  }

  async answer(text: string): Promise<void> {
    await this.now.getByLabel('Your answer').fill(text);
    await this.press('Check');
  }

  async said(text: string): Promise<void> {
    await this.now.getByText(text).waitFor();
  }

  /** What a step offers to be typed in a terminal. */
  async linesOf(key: string): Promise<string[]> {
    const lines = this.step(key).locator('code', { hasText: /^(dig|nslookup) / });
    await lines.first().waitFor();
    return lines.allInnerTexts();
  }

  /** Types that one of them that begins with the program. */
  async typeLine(key: string, program: string): Promise<void> {
    const line = (await this.linesOf(key)).find((one) => one.startsWith(`${program} `));
    await promisify(exec)(line!);
  }

  /** What the list of questions says of who asked. */
  async addressOfAmber(): Promise<string> {
    const text = await this.tab.page.locator('main aside').innerText();
    return /Amber, ([\d.]+)/.exec(text)![1]!;
  }

  /** The last of them may end the step. */
  async pressAll(names: readonly string[]): Promise<void> {
    const step = this.now;
    for (const name of names) await this.tab.button(name, step).click();
  }

  /** Deletes everything that the step lists. */
  async removeAll(): Promise<void> {
    const buttons = this.now.getByRole('button', { name: /^Delete/ });
    for (let left = await buttons.count(); left > 0; left--) {
      await buttons.first().click();
      await expect.poll(() => buttons.count()).toBe(left - 1);
    }
  }

  /** Chance may need more than one go. */
  async pressUntilDone(name: string, key: string): Promise<void> {
    for (let goes = 1; goes < 60; goes++) {
      await this.tab.button(name, this.step(key)).click();
      const outcome = this.step(key).locator(`.seen, [data-goes="${goes}"]`);
      await outcome.first().waitFor();
      await this.tab.page.waitForTimeout(TOO_EARLY);
      if ((await this.step(key).locator('.seen').count()) > 0) return;
    }
  }

  /** The end of an experiment, with its pictures. */
  async complete(pictures: number): Promise<void> {
    await this.tab.page.getByText('All done.').waitFor();
    expect(await this.tab.page.locator('main figure svg[role="img"]').count()).toBe(pictures);
  }
}
