import { dig, kdig } from './dig.ts';
import type { Tab } from './tab.ts';

const KEY = `v=DKIM1; k=rsa; p=${'MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEA'.repeat(7)}`;

/** Fills a new subdomain with what people do there: records of several types, and queries of several outcomes. */
export async function playScene(tab: Tab, port: number, zone: string): Promise<void> {
  await tab.add('TXT', { Name: 'sel._domainkey', Text: KEY });
  await tab.add('MX', { Name: '@', 'Mail server': `mail.${zone}` });
  await tab.add('TXT', { Name: '@', Text: 'v=spf1 mx -all' });
  await tab.add('CNAME', { Name: '*', Target: `www.${zone}` });
  await tab.add('HTTPS', { Name: 'www', Target: '.', Parameters: 'alpn=h2,h3 port=8443' });
  await tab.add('AAAA', { Name: 'www', 'IPv6 address': '2001:db8::7' });
  await tab.add('A', { Name: 'www', 'IPv4 address': '192.0.2.7' });
  await dig(port, `sel._domainkey.${zone}`, 'TXT');
  await dig(port, zone, 'TXT', '-c', 'CH');
  await dig(port, `www.${zone}`, 'SRV');
  await dig(port, '+subnet=208.67.222.0/24', zone, 'TXT');
  await kdig(port, '+tcp', zone, 'MX');
  await dig(port, '+subnet=9.9.9.0/24', `no.www.${zone}`);
  await dig(port, `WwW.${zone}`, 'HTTPS');
  await dig(port, '+subnet=1.1.1.0/24', `anything.${zone}`, 'AAAA');
  await dig(port, '+subnet=8.8.8.0/24', `www.${zone}`, 'A');
  await tab.row(`www.${zone}`, 'A').waitFor();
}
