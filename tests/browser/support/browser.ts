import { chromium, type Browser } from 'playwright-core';

/** The browser that is installed; playwright-core brings none of its own. */
const CHROMIUM = process.env['CHROMIUM'] ?? '/usr/bin/chromium';

export function openBrowser(): Promise<Browser> {
  // The sandbox of Chromium needs what containers and root do not have; the page here is our own.
  return chromium.launch({ executablePath: CHROMIUM, args: ['--no-sandbox'] });
}
