import type { BrowserContext, Locator, Page } from 'playwright-core';

/** What Chromium says of every 4xx and of a server that is away. The page shows those in its own words. */
const EXPECTED = /^Failed to load resource|^WebSocket connection to .* failed/;

/** One open page, and everything it complained of. */
export class Tab {
  readonly page: Page;
  /** Errors on the console, exceptions, and dialogs, which we never open. */
  readonly complaints: string[] = [];

  constructor(page: Page) {
    this.page = page;
    page.setDefaultTimeout(10_000);
    page.on('console', (message) => {
      if (message.type() === 'error' && !EXPECTED.test(message.text())) this.complaints.push(message.text());
    });
    page.on('pageerror', (error) => this.complaints.push(String(error)));
    page.on('dialog', (dialog) => {
      this.complaints.push(`dialog: ${dialog.message()}`);
      void dialog.dismiss();
    });
  }

  static async open(context: BrowserContext, url: string): Promise<Tab> {
    const tab = new Tab(await context.newPage());
    await tab.page.goto(url);
    return tab;
  }

  /** From the landing page to a subdomain. Gives its name without the final dot, and the key. */
  async takeSubdomain(): Promise<{ zone: string; key: string }> {
    await this.button('Dig a subdomain').click();
    const key = await this.keyPanel.locator('code').innerText();
    return { zone: await this.zoneTitle.innerText(), key };
  }

  /** The same, with the key kept and the stream open. */
  async settle(): Promise<string> {
    const { zone } = await this.takeSubdomain();
    await this.button('I have kept it').click();
    await this.live();
    return zone;
  }

  /** Brings the tab before others of the same browser, which draws those behind once a second only. */
  async front(): Promise<this> {
    await this.page.bringToFront();
    return this;
  }

  get zoneTitle(): Locator {
    return this.page.getByRole('heading', { level: 1 });
  }

  get keyPanel(): Locator {
    return this.page.getByRole('region', { name: 'Keep this key' });
  }

  /** The form for a new record. */
  get form(): Locator {
    return this.page.getByRole('form', { name: 'Add a record' });
  }

  /** The lines of the table of records, but for headings. */
  get records(): Locator {
    return this.page.getByRole('table', { name: /^Records of/ }).locator('tr:has(td)');
  }

  get log(): Locator {
    return this.page.getByRole('region', { name: 'Live log' });
  }

  /** The queries in the log. */
  get rows(): Locator {
    return this.log.locator('li[data-id]');
  }

  /** Queries for one name, given without its final dot, and type. */
  row(name: string, type: string): Locator {
    return this.rows.filter({ has: this.button(`${name}. ${type}`) });
  }

  /** Ids of the queries in the log, from top to bottom. */
  async ids(): Promise<number[]> {
    return (await this.evaluate<string[]>(`[...document.querySelectorAll('li[data-id]')].map((row) => row.dataset.id)`)).map(
      Number,
    );
  }

  button(name: string | RegExp, within: Page | Locator = this.page): Locator {
    return within.getByRole('button', { name, ...(typeof name === 'string' && { exact: true }) });
  }

  field(label: string, within: Locator = this.form): Locator {
    return within.getByLabel(label, { exact: true });
  }

  /** Waits until the stream is open. */
  async live(): Promise<void> {
    await this.log.getByText('Live', { exact: true }).waitFor();
  }

  /** The line of a record, by its name, its type and something of its content. */
  record(name: string, type: string, content: string | RegExp = ''): Locator {
    return this.records.filter({ has: this.button(`Edit ${name} ${type}`) }).filter({ hasText: content });
  }

  /** Writes a type into the field that searches for types, and takes it. */
  async chooseType(type: string): Promise<void> {
    await this.field('Type').fill(type);
    await this.field('Type').press('Enter');
  }

  /** Fills a form; a field's label leads to what goes into it, or to the value to choose there. */
  async fill(fields: Record<string, string>, form = this.form): Promise<void> {
    for (const [label, value] of Object.entries(fields)) {
      const field = this.field(label, form);
      if ((await field.evaluate((node) => node.tagName)) === 'SELECT') await field.selectOption(value);
      else await field.fill(value);
    }
  }

  /** Goes to another view of the records. */
  async view(name: string): Promise<void> {
    await this.button(name, this.page.getByRole('navigation', { name: 'Ways to look at the records' })).click();
  }

  /** What the preview of a text says: `+` or `−` and the line. */
  get planned(): Locator {
    return this.page.getByRole('region', { name: /^What will change/ }).locator('li[data-gone]');
  }

  /** Fills the form for a new record and sends it off, whatever comes of it. */
  async send(type: string, fields: Record<string, string>): Promise<void> {
    await this.chooseType(type);
    await this.fill(fields);
    await this.button('Add record').click();
  }

  /** Adds a record, and waits until the page says that it is answered. */
  async add(type: string, fields: Record<string, string>): Promise<void> {
    await this.send(type, fields);
    await this.said(/^Added/);
  }

  /** Opens a record, changes some of its fields and saves it. */
  async edit(name: string, type: string, fields: Record<string, string>): Promise<void> {
    await this.button(`Edit ${name} ${type}`).click();
    const form = this.page.getByRole('form', { name: `Edit ${name} ${type}`, exact: true });
    await this.fill(fields, form);
    await this.button('Save', form).click();
    await this.said(/^Saved/);
  }

  async remove(name: string, type: string): Promise<void> {
    await this.button(`Delete ${name} ${type}`).click();
    await this.said(`Deleted ${name} ${type}.`);
  }

  /** Waits until the page says something about the records. */
  async said(text: string | RegExp): Promise<void> {
    await this.page.getByRole('status').filter({ hasText: text }).waitFor();
  }

  /** What a screen reader says of a field after its name. */
  async describedBy(field: Locator): Promise<string> {
    const ids = (await field.getAttribute('aria-describedby')) ?? '';
    const texts = ids.split(' ').map((id) => this.evaluate<string>(`document.getElementById('${id}')?.innerText ?? ''`));
    return (await Promise.all(texts)).join(' ');
  }

  hasFocus(element: Locator): Promise<boolean> {
    return element.evaluate((node) => node.ownerDocument.activeElement === node);
  }

  /** Something of the page's own, in the page: an expression, because these files know no DOM. */
  evaluate<T>(expression: string): Promise<T> {
    return this.page.evaluate<T>(expression);
  }

  /** By how many pixels the page, or a scrolling part of it, is wider than its place. */
  overflow(): Promise<number> {
    return this.evaluate(`Math.max(...[document.documentElement, ...document.querySelectorAll('main, section')]
      .map((part) => part.scrollWidth - part.clientWidth))`);
  }
}
