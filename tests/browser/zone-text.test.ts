import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Locator } from 'playwright-core';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { dig, kdig } from './support/dig.ts';
import { useSetting } from './support/setting.ts';
import type { Tab } from './support/tab.ts';

const setting = useSetting();
let tab: Tab;
let zone: string;

beforeAll(async () => {
  tab = await setting.open();
  zone = await tab.settle();
});

beforeEach(() => tab.view('Table'));

const answer = async (name: string, type: string) => (await dig(setting.dnsPort, `${name}.${zone}`, type)).answer;
const text = (label: string) => tab.page.getByLabel(label, { exact: true });

/** Writes a text and waits for as many lines of preview. */
async function write(label: string, lines: string, planned: number): Promise<string[]> {
  await text(label).fill(lines);
  await expect.poll(() => tab.planned.count()).toBe(planned);
  return (await tab.planned.allInnerTexts()).map((line) => line.replaceAll(/\s+/g, ' '));
}

describe('pasting lines', () => {
  it('shows what will change, does it all at once, and dig sees it', async () => {
    await tab.view('Paste lines');
    const planned = await write('Lines to add', 'www 300 A 192.0.2.1\n    300 A 192.0.2.2\n@ MX 10 mail\n', 3);
    expect(planned[1]).toBe('+ New: www 300 A 192.0.2.1');
    await tab.button('Add these').click();
    await tab.said('Done: 3 new, 0 gone.');
    expect(await answer('www', 'A')).toHaveLength(2);
    expect((await kdig(setting.dnsPort, '+tcp', zone, 'MX')).answer).toEqual([`${zone}. 300 IN MX 10 mail.${zone}.`]);
    // Back at the table, where they are.
    await tab.record('www', 'A', '192.0.2.2').waitFor();
  });

  it('marks every fault by its line, leads there, and does nothing', async () => {
    await tab.view('Paste lines');
    await text('Lines to add').fill('ok A 192.0.2.9\nwww CNAME a.test.\n\nbad A 192.0.2.300\n');
    await tab.page.getByText('2 faults to mend first').waitFor();
    expect(await tab.page.locator('.faulty').allInnerTexts()).toEqual(['2', '4']);
    expect(await tab.describedBy(text('Lines to add'))).toContain('2 faults to mend first');
    expect(await tab.button('Add these').isDisabled()).toBe(true);
    await tab.button('Line 4').click();
    expect(await tab.evaluate('document.activeElement.value.slice(document.activeElement.selectionStart)')).toMatch(/^bad A/);
    expect(await answer('ok', 'A')).toEqual([]);
    await tab.page.keyboard.type('bad A 192.0.2.30');
    await tab.button('Line 4').waitFor({ state: 'detached' });
    await tab.button('Line 2').waitFor();
    await text('Lines to add').fill('');
  });

  it('keeps what is written when one looks elsewhere, and speaks another language', async () => {
    await tab.view('Paste lines');
    await text('Lines to add').fill('later A 192.0.2.1');
    await tab.view('Table');
    await tab.fill({ Name: 'begun' });
    await tab.page.getByLabel('Language').selectOption('de');
    await tab.page.getByRole('heading', { name: 'Einträge', exact: true }).waitFor();
    expect(await tab.page.getByRole('form', { name: 'Eintrag hinzufügen' }).getByLabel('Name').inputValue()).toBe('begun');
    await tab.page.getByLabel('Sprache').selectOption('en');
    await tab.view('Paste lines');
    expect(await text('Lines to add').inputValue()).toBe('later A 192.0.2.1');
    await text('Lines to add').fill('');
  });
});

describe('the zone as text', () => {
  it('is edited whole, and says before what goes and what comes', async () => {
    await tab.view('As text');
    await expect.poll(() => text('The zone file').inputValue()).toMatch(/^\$ORIGIN/);
    const now = await text('The zone file').inputValue();
    const planned = await write(
      'The zone file',
      now.replace(/^www.*192\.0\.2\.2\n/m, '').replace('192.0.2.1', '192.0.2.11'),
      3,
    );
    expect(planned.map((line) => line[0])).toEqual(['−', '−', '+']);
    await tab.button('Save the zone').click();
    await tab.said('Done: 1 new, 2 gone.');
    expect(await answer('www', 'A')).toEqual([`www.${zone}. 300 IN A 192.0.2.11`]);
  });

  it('is not saved over what another tab has done since', async () => {
    await tab.view('As text');
    await expect.poll(() => text('The zone file').inputValue()).toMatch(/^\$ORIGIN/);
    const now = await text('The zone file').inputValue();
    await text('The zone file').fill(`${now}mine 60 A 192.0.2.5\n`);
    const other = await setting.open(tab.page.context());
    await other.live();
    await other.add('TXT', { Name: 'meanwhile', Text: 'x' });
    await tab.front();
    await tab.page.getByText('The zone was changed since you loaded it').waitFor();
    expect(await tab.button('Save the zone').isDisabled()).toBe(true);
    expect(await answer('meanwhile', 'TXT')).toHaveLength(1);
    await tab.button('Load it afresh').click();
    await expect.poll(() => text('The zone file').inputValue()).toContain('meanwhile');
    await other.page.close();
  });

  it('is downloaded as a file that named-checkzone accepts', async () => {
    const waiting = tab.page.waitForEvent('download');
    await tab.page.getByRole('link', { name: 'Zone file' }).click();
    const download = await waiting;
    expect(download.suggestedFilename()).toBe(`${zone}.zone`);
    const file = join(setting.server.dataDir, 'taken.zone');
    writeFileSync(file, readFileSync(await download.path()));
    const { status, stdout } = spawnSync('named-checkzone', ['-k', 'fail', zone, file], { encoding: 'utf8' });
    expect([status, stdout]).toEqual([0, expect.stringContaining('OK')]);
  });
});

describe('importing', () => {
  it('brings what dig printed of another domain here', async () => {
    const { text: printed } = await dig(setting.dnsPort, 'digpit.test', 'SOA');
    await tab.view('Import');
    const lines =
      'example.com. 3600 IN MX 5 mx.example.com.\nmx.example.com. 60 IN AAAA 2001:db8::25\ncdn.test. 60 IN A 192.0.2.1\n';
    const label = 'What dig printed, or a zone file';
    await write(label, `$ dig example.com mx\n${lines}`, 4);
    await tab.page.getByText('It looks like example.com.').waitFor();
    await tab.page.getByText('1 line is left out').click();
    await tab.page.getByText('is not of that domain').waitFor();
    await tab.button('Import these').click();
    await tab.said(/^Done: \d new/);
    expect(await answer('mx', 'AAAA')).toEqual([`mx.${zone}. 60 IN AAAA 2001:db8::25`]);
    // What a real dig prints is understood to the last comment.
    await tab.view('Import');
    await text(label).fill(printed);
    await tab.page.getByText('Nothing would change.').waitFor();
    await tab.page.getByText('your zone has its own SOA').waitFor({ state: 'attached' });
    await text(label).fill('');
  });
});

describe('the history', () => {
  it('shows each edit, and leads back to before it with one press', async () => {
    await tab.add('TXT', { Name: 'first', Text: 'one' });
    await tab.edit('first', 'TXT', { Text: 'two' });
    await tab.view('History');
    const newest = tab.page.locator('#records ol li').first();
    await newest.getByRole('button', { name: 'Changed first TXT', exact: true }).click();
    await newest.locator('li[data-gone="true"]').getByText('"one"').waitFor();
    await newest.locator('li[data-gone="false"]').getByText('"two"').waitFor();
    await tab.button('Back to before this: Changed first TXT').click();
    await tab.said('The zone is what it was.');
    expect(await answer('first', 'TXT')).toEqual([`first.${zone}. 60 IN TXT "one"`]);
    await newest.getByRole('button', { name: /^Went back/ }).waitFor();
    // To go back is an edit like any other.
    await tab.button(/^Back to before this: Went back/).click();
    await expect.poll(() => answer('first', 'TXT')).toEqual([`first.${zone}. 60 IN TXT "two"`]);
  });
});

describe('what strangers write is text here, too', () => {
  const NAMES = [
    String.raw`\000\010\255`,
    String.raw`\226\128\174gpj`,
    '<img\\032src=x\\032onerror=alert\\(1\\)>',
    `${'w'.repeat(63)}.${'w'.repeat(63)}.${'w'.repeat(63)}`,
  ];

  it('in preview, table, text and history', async () => {
    const harmless = async () => {
      expect(await tab.evaluate("document.querySelectorAll('img, iframe, h1 ~ script').length")).toBe(0);
      expect(await tab.evaluate('/[\\u202a-\\u202e\\0]/.test(document.body.innerText)')).toBe(false);
      expect(await tab.overflow()).toBe(0);
    };
    await tab.page.setViewportSize({ width: 360, height: 740 });
    await tab.view('Paste lines');
    const lines = NAMES.map((name) => `${name} TXT "<img src=x onerror=alert(1)>" "\\226\\128\\174"\n`).join('');
    await write('Lines to add', lines, NAMES.length);
    await harmless();
    await tab.button('Add these').click();
    await tab.said('Done: 4 new');
    await tab.record(NAMES[0]!, 'TXT', '\\226\\128\\174').waitFor();
    await harmless();
    await tab.button(`Edit ${NAMES[2]} TXT`).click();
    await harmless();
    await tab.view('As text');
    await expect.poll(() => text('The zone file').inputValue()).toContain(NAMES[1]);
    await harmless();
    await tab.view('History');
    await tab.page.locator('#records ol [aria-expanded]').first().click();
    await tab.page.locator('#records ol li[data-gone]').first().waitFor();
    await harmless();
    await tab.page.setViewportSize({ width: 1280, height: 800 });
  });
});

describe('by keyboard alone, 360 pixels wide,', () => {
  /** Presses Tab until it has the focus, and sees that the focus is seen. */
  const tabTo = async (target: Locator) => {
    for (let step = 0; step < 30 && !(await tab.hasFocus(target)); step++) await tab.page.keyboard.press('Tab');
    expect(await tab.hasFocus(target)).toBe(true);
    // The frame of an editor is around its line numbers, too.
    const framed = "document.activeElement.closest('.editor') ?? document.activeElement";
    expect(await tab.evaluate(`getComputedStyle(${framed}).outlineStyle`)).toBe('solid');
  };
  const press = async (target: Locator) => {
    await tabTo(target);
    await tab.page.keyboard.press('Enter');
  };

  beforeEach(async () => {
    await tab.page.setViewportSize({ width: 360, height: 740 });
    await tab.button('Table').focus();
  });

  it('lines are pasted', async () => {
    await press(tab.button('Paste lines'));
    await tabTo(text('Lines to add'));
    await tab.page.keyboard.type('keys A 192.0.2.1');
    await expect.poll(() => tab.planned.count()).toBe(1);
    await press(tab.button('Add these'));
    await tab.said('Done: 1 new');
    await expect.poll(() => tab.hasFocus(tab.button('Table'))).toBe(true);
  });

  it('the whole zone is written, a fault in it found by its line, and saved', async () => {
    const { keyboard } = tab.page;
    await press(tab.button('As text'));
    await expect.poll(() => text('The zone file').inputValue()).toMatch(/^\$ORIGIN/);
    await tabTo(text('The zone file'));
    await keyboard.press('Control+End');
    await keyboard.type('typed 60 A 192.0.2.300');
    const fault = tab.button(/^Line \d+$/);
    await fault.waitFor();
    await press(fault);
    // It leads to the line, with the cursor at its beginning.
    await expect.poll(() => tab.hasFocus(text('The zone file'))).toBe(true);
    await keyboard.press('End');
    await keyboard.press('Backspace');
    await expect.poll(() => tab.planned.count()).toBe(1);
    await press(tab.button('Save the zone'));
    await tab.said('Done: 1 new, 0 gone.');
    expect(await answer('typed', 'A')).toEqual([`typed.${zone}. 60 IN A 192.0.2.30`]);
  });

  it('another domain is imported', async () => {
    await press(tab.button('Import'));
    await tabTo(text('What dig printed, or a zone file'));
    await tab.page.keyboard.type('mail.example.com. 60 IN A 192.0.2.25');
    await expect.poll(() => tab.planned.count()).toBe(1);
    await press(tab.button('Import these'));
    await tab.said('Done: 1 new');
  });

  it('the history is opened, and leads back', async () => {
    await press(tab.button('History'));
    const newest = tab.page.locator('#records ol li').first();
    await press(newest.locator('[aria-expanded]'));
    await newest.locator('li[data-gone="false"]').first().waitFor();
    await press(newest.getByRole('button', { name: /^Back to before this/ }));
    await tab.said('The zone is what it was.');
  });
});
