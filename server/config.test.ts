import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { readConfig, unknownSettings, type Config } from './config.ts';
import { SETTINGS } from './settings.ts';

const read = (env: Record<string, string>) => readConfig(env) as Config;
const faults = (env: Record<string, string>) => {
  const result = readConfig(env);
  return Array.isArray(result) ? result.map(({ message }) => message) : [];
};

describe('settings', () => {
  it('have defaults that make a server on this machine alone', () => {
    const config = read({});
    expect(config).toMatchObject({
      dnsHosts: ['127.0.0.1'],
      dnsPort: 5354,
      httpHost: '127.0.0.1',
      httpPort: 8080,
      trustProxy: false,
      zonesDir: null,
    });
    expect(config.baseDomain.toText()).toBe('digpit.test.');
    expect(config.nameservers.map((name) => name.toText())).toEqual(['ns1.digpit.test.']);
    expect(config.nsAddresses).toEqual(['127.0.0.1']);
    expect([config.logMaxBytes, config.logMaxAge]).toEqual([128 * 2 ** 20, 7 * 86_400_000]);
  });

  it('understand units, lists and blanks', () => {
    const config = read({
      DIGPIT_LOG_MAX_BYTES: ' 2g ',
      DIGPIT_LOG_MAX_AGE: '36h',
      DIGPIT_DNS_HOST: '0.0.0.0, ::1',
      DIGPIT_NAMESERVERS: 'a.test,b.test.',
    });
    expect([config.logMaxBytes, config.logMaxAge, config.dnsHosts]).toEqual([2 ** 31, 36 * 3_600_000, ['0.0.0.0', '::1']]);
    expect(config.nameservers.map((name) => name.toText())).toEqual(['a.test.', 'b.test.']);
    expect(config.nsAddresses).toEqual(['::1']);
  });

  it('about practice are three ports or nothing, two addresses or none', () => {
    expect(read({ DIGPIT_PRACTICE_PORTS: '5361,5362,5363' }).practicePorts).toEqual([5361, 5362, 5363]);
    expect(read({}).targetHosts).toEqual(['127.0.0.21', '127.0.0.22']);
    expect(read({ DIGPIT_TARGET_HOSTS: 'none' }).targetHosts).toEqual([]);
    expect(faults({ DIGPIT_PRACTICE_PORTS: '5361', DIGPIT_TARGET_ADDRESSES: '192.0.2.1,192.0.2.2,192.0.2.3' })).toEqual([
      'DIGPIT_PRACTICE_PORTS=5361 is not three ports, or nothing',
      'DIGPIT_TARGET_ADDRESSES=192.0.2.1,192.0.2.2,192.0.2.3 is not a list of at most 2',
    ]);
  });

  it('that are wrong are all named at once, with what they should be', () => {
    expect(
      faults({
        DIGPIT_DNS_PORT: '70000',
        DIGPIT_HTTP_HOST: 'localhost',
        DIGPIT_BASE_DOMAIN: 'a..b',
        DIGPIT_LOG_MAX_AGE: '5',
        DIGPIT_UDP: 'fast',
      }),
    ).toEqual([
      'DIGPIT_BASE_DOMAIN=a..b is not a domain name such as digpit.example',
      'DIGPIT_DNS_PORT=70000 is not a whole number from 0 to 65535',
      'DIGPIT_HTTP_HOST=localhost is not an IPv4 or IPv6 address',
      'DIGPIT_LOG_MAX_AGE=5 is not a time, at least 1m, such as 36h or 7d',
      'DIGPIT_UDP=fast is not auto, batched or dgram',
    ]);
  });

  it('about TLS go together, certificate and key', () => {
    expect(readConfig({ DIGPIT_TLS_CERT: '/c', DIGPIT_TLS_KEY: '/k' })).toMatchObject({ tlsCert: '/c', tlsKey: '/k' });
    const alone = readConfig({ DIGPIT_TLS_CERT: '/c' });
    expect(alone).toMatchObject([{ name: 'DIGPIT_TLS_KEY', message: expect.stringContaining('go together') }]);
  });

  it('that are misspelt are noticed', () => {
    expect(unknownSettings({ DIGPIT_DNSPORT: '53', DIGPIT_DNS_PORT: '53', PATH: '' })).toEqual(['DIGPIT_DNSPORT']);
  });
});

it('.env.example has every setting with its default and its help, in order', () => {
  const file = readFileSync(new URL('../.env.example', import.meta.url), 'utf8');
  const expected = Object.values(SETTINGS).map(
    ({ name, default: value, help }) => `${help.replace(/^/gm, '# ')}\n# ${name}=${value}`,
  );
  expect(file.split('\n\n').slice(1).join('\n\n').trimEnd()).toBe(expected.join('\n\n'));
});
