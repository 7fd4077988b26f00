import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect } from 'vitest';
import { removeDir, startServer, type RunningServer } from '../../support/server.ts';
import { openBrowser } from './browser.ts';
import { Tab } from './tab.ts';

/** A server and a browser for the tests of one file. */
export class Setting {
  server!: RunningServer;
  browser!: Browser;
  private readonly tabs: Tab[] = [];
  /** What was open before the test. */
  private kept: ReadonlySet<BrowserContext | Page> = new Set();

  get dnsPort(): number {
    return this.server.dnsPort;
  }

  /** A browser of somebody's own: no cookies, nothing remembered. */
  visitor(options: BrowserContextOptions = {}): Promise<BrowserContext> {
    return this.browser.newContext({ viewport: { width: 1280, height: 800 }, ...options });
  }

  /** Opens the page. Without a context, in a browser of somebody new. */
  async open(context?: BrowserContext): Promise<Tab> {
    const tab = await Tab.open(context ?? (await this.visitor()), this.server.page);
    this.tabs.push(tab);
    return tab;
  }

  /** Stops the server as Ctrl-C does, and waits for `meanwhile` before it starts again where it was. */
  async restart(meanwhile: () => Promise<void> = async () => {}): Promise<void> {
    const { page, dnsPort, dataDir } = this.server;
    const code = await this.server.stop('SIGINT');
    if (code !== 0) throw new Error(`the server ended with ${code}: ${this.server.said()}`);
    await meanwhile();
    this.server = await startServer({ DIGPIT_HTTP_PORT: new URL(page).port, DIGPIT_DNS_PORT: String(dnsPort) }, dataDir);
  }

  /** Whether the server has ended without being asked to, and how. */
  untimelyEnd(): string | null {
    const { exitCode, signalCode } = this.server.process;
    if (exitCode === null && signalCode === null) return null;
    return `the server ended with ${exitCode ?? signalCode}: ${this.server.said()}`;
  }

  /** From here on, what is opened belongs to one test. */
  begin(): void {
    const contexts = this.browser.contexts();
    this.kept = new Set([...contexts, ...contexts.flatMap((context) => context.pages())]);
  }

  /** Closes what the test opened: pages that nobody looks at ask, draw and listen all the same. */
  async end(): Promise<void> {
    for (const context of this.browser.contexts()) {
      const closed = this.kept.has(context) ? context.pages().filter((page) => !this.kept.has(page)) : [context];
      await Promise.all(closed.map((one) => one.close()));
    }
  }

  /** Everything that any page complained of. */
  takeComplaints(): string[] {
    return this.tabs.flatMap(({ complaints }) => complaints.splice(0));
  }
}

/**
 * Sets the stage of a test file, and clears it away. After each test, the server must be there and no page may have
 * complained.
 */
export function useSetting(settings: Record<string, string> = {}): Setting {
  const setting = new Setting();
  beforeAll(async () => {
    [setting.server, setting.browser] = await Promise.all([startServer(settings), openBrowser()]);
  });
  beforeEach(() => setting.begin());
  afterEach(async () => {
    const complaints = setting.takeComplaints();
    await setting.end();
    expect(setting.untimelyEnd()).toBeNull();
    expect(complaints).toEqual([]);
  });
  afterAll(async () => {
    await setting.browser?.close();
    await setting.server?.stop();
    if (setting.server) removeDir(setting.server.dataDir);
  });
  return setting;
}
