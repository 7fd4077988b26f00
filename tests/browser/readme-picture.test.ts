import { mkdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { dig, kdig } from './support/dig.ts';
import { useSetting } from './support/setting.ts';

const setting = useSetting();
const FILE = new URL('../../docs/screenshots/first-light.png', import.meta.url).pathname;

/** The picture of the README, which is not a test: it runs only when asked for, see vitest.config.ts. */
describe('the picture of the README', () => {
  it('shows records, and queries from several networks', async () => {
    const tab = await setting.open(await setting.visitor({ viewport: { width: 1280, height: 740 }, colorScheme: 'light' }));
    const zone = await tab.settle();
    const port = setting.dnsPort;
    await tab.add('MX', { Name: '@', 'Mail server': `mail.${zone}` });
    await tab.add('TXT', { Name: '@', Text: 'v=spf1 mx -all' });
    await tab.add('CNAME', { Name: '*', Target: `www.${zone}` });
    await tab.add('AAAA', { Name: 'www', 'IPv6 address': '2001:db8::7' });
    await tab.add('A', { Name: 'www', 'IPv4 address': '192.0.2.7' });
    await kdig(port, '+tcp', zone, 'MX');
    await dig(port, '+subnet=185.222.222.0/24', `www.${zone}`, 'HTTPS');
    await dig(port, '+subnet=77.88.8.0/24', `mail.${zone}`);
    await dig(port, '+subnet=208.67.222.0/24', zone, 'TXT');
    await dig(port, '+subnet=94.140.14.0/24', `wWw.${zone}`, 'AAAA');
    await dig(port, '+subnet=9.9.9.0/24', `no.www.${zone}`);
    await dig(port, '+subnet=1.1.1.0/24', `anything.${zone}`, 'A');
    await dig(port, '+subnet=8.8.8.0/24', `www.${zone}`, 'A');
    await tab.row(`www.${zone}`, 'A').waitFor();
    // Without what was said about the last edit, and without the focus.
    await tab.page.reload();
    await tab.live();
    await tab.record('www', 'A').waitFor();
    await tab.fill({ Name: 'shop', 'IPv4 address': '192.0.2.80' });
    await tab.field('IPv4 address').blur();
    mkdirSync(new URL('.', `file://${FILE}`), { recursive: true });
    await tab.page.screenshot({ path: FILE });
    expect(await tab.overflow()).toBe(0);
  });
});
