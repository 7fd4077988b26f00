import { describe, expect, it } from 'vitest';
import type { MessageJson } from '../../../server/http/protocol.ts';
import { orderOf, type Service } from './client.ts';
import { tagsOf } from './receiver.ts';
import { isWithin } from './spf.ts';
import { textOfTxt, type Look } from './walk.ts';
import { walk, type Way } from './walks.ts';

/** A name server with these records and no others: `name TYPE content`. Above `test.` it knows nothing. */
function server(...lines: string[]): Look {
  const records = lines.map((line) => {
    const [, name = '', type = '', content = ''] = /^(\S+) (\S+) (.*)$/.exec(line) ?? [];
    return { name, type, class: 'IN', ttl: 60, content };
  });
  return async (name, type) => {
    const answer = records.filter((record) => record.name === name && record.type === type);
    const exists = records.some((record) => record.name === name || record.name.endsWith(`.${name}`));
    const rcode = name === 'test.' ? 'REFUSED' : exists ? 'NOERROR' : 'NXDOMAIN';
    return { rcode, answer, flags: [], authority: [], additional: [] } as unknown as MessageJson;
  };
}

const go = async (look: Look, way: Partial<Way> & Pick<Way, 'walk'>) =>
  (await walk(look, { at: 'a.test.', input: '', zone: 'test.', ...way })).verdict;

describe('SPF, RFC 7208', () => {
  const spf = async (policy: string, address: string, ...more: string[]) => {
    const { lines } = await walk(server(`a.test. TXT "v=spf1 ${policy}"`, ...more), {
      walk: 'receiver',
      at: 'a.test.',
      input: address,
      zone: 'test.',
    });
    return lines.find(({ say }) => say === 'spfResult')?.with[0];
  };

  it.each([
    ['ip4:192.0.2.0/25 -all', '192.0.2.127', 'pass'],
    ['ip4:192.0.2.0/25 -all', '192.0.2.128', 'fail'],
    ['ip4:192.0.2.1 ~all', '192.0.2.2', 'softfail'],
    ['ip4:192.0.2.1 ?all', '192.0.2.2', 'neutral'],
    ['ip4:192.0.2.1', '192.0.2.2', 'neutral'],
    ['-ip4:192.0.2.1 all', '192.0.2.1', 'fail'],
    ['a -all', '192.0.2.7', 'pass'],
    ['mx -all', '192.0.2.8', 'pass'],
    ['mx/24 -all', '192.0.2.99', 'pass'],
    ['include:b.test -all', '192.0.2.9', 'pass'],
    ['include:nobody.test -all', '192.0.2.9', 'permerror'],
    ['redirect=b.test', '192.0.2.9', 'pass'],
    ['include:a.test -all', '192.0.2.10', 'permerror'],
    ['nonsense -all', '192.0.2.10', 'permerror'],
  ])('%s from %s is %s', async (policy, address, result) => {
    const more = ['a.test. A 192.0.2.7', 'a.test. MX 10 mail.test.', 'mail.test. A 192.0.2.8'];
    expect(await spf(policy, address, ...more, 'b.test. TXT "v=spf1 ip4:192.0.2.9 -all"')).toBe(result);
  });

  it('two policies are none', async () => {
    expect(await spf('-all', '192.0.2.1', 'a.test. TXT "v=spf1 +all"')).toBe('permerror');
  });

  it('compares as many bits as it is told', () => {
    expect(isWithin('10.0.0.1', '10.0.0.0', 0) && isWithin('10.0.0.1', '10.0.0.1', 32)).toBe(true);
    expect(isWithin('10.0.0.1', '10.0.0.2', 32)).toBe(false);
  });
});

describe('a receiver', () => {
  const unsigned = (...lines: string[]) =>
    go(server('a.test. TXT "v=spf1 -all"', ...lines), { walk: 'receiver', input: '192.0.2.1' });

  it('does what DMARC asks for, RFC 7489 §6.3', async () => {
    expect(await unsigned()).toBe('unsure');
    expect(await unsigned('_dmarc.a.test. TXT "v=DMARC1; p=quarantine"')).toBe('junk');
    expect(await unsigned('_dmarc.a.test. TXT "v=DMARC1; p=reject"')).toBe('rejected');
    expect(await unsigned('_dmarc.a.test. TXT "p=reject"')).toBe('unsure');
  });

  it('reads tags as RFC 6376 §3.2 writes them', () => {
    expect([...tagsOf('v=DKIM1; k = rsa ; p=AB CD==')]).toEqual([
      ['v', 'DKIM1'],
      ['k', 'rsa'],
      ['p', 'ABCD=='],
    ]);
  });
});

it('a mail server takes the lowest preference that has an address, or the name itself, or nobody', async () => {
  const exchanges = ['a.test. MX 20 two.test.', 'a.test. MX 10 one.test.', 'two.test. AAAA 2001:db8::2'];
  expect(await go(server('a.test. A 192.0.2.1'), { walk: 'mailer' })).toBe('implicit');
  expect(await go(server(...exchanges, 'one.test. A 192.0.2.1'), { walk: 'mailer' })).toBe('first');
  expect(await go(server(...exchanges), { walk: 'mailer' })).toBe('later');
  expect(await go(server('a.test. MX 0 .'), { walk: 'mailer' })).toBe('refused');
  expect(await go(server('a.test. MX 5 gone.test.'), { walk: 'mailer' })).toBe('undeliverable');
});

describe('an authority', () => {
  const may = (name: string, ...lines: string[]) => go(server(...lines), { walk: 'authority', at: name, input: 'ca.example' });

  it('climbs to the nearest name that has CAA, RFC 8659 §3', async () => {
    expect(await may('www.a.test.', 'www.a.test. A 192.0.2.1')).toBe('unrestricted');
    expect(await may('www.a.test.', 'a.test. CAA 0 issue "ca.example; account=1"')).toBe('allowed');
    expect(await may('www.a.test.', 'a.test. CAA 0 issue "ca.example"', 'www.a.test. CAA 0 issue ";"')).toBe('refused');
  });

  it('heeds issuewild for stars alone, and what is critical', async () => {
    const wild = ['a.test. CAA 0 issue "ca.example"', 'a.test. CAA 0 issuewild ";"'];
    expect(await may('a.test.', ...wild)).toBe('allowed');
    expect(await may('*.a.test.', ...wild)).toBe('refused');
    expect(await may('*.a.test.', 'a.test. CAA 0 issue "ca.example"')).toBe('allowed');
    expect(await may('a.test.', 'a.test. CAA 0 iodef "mailto:a@b.test"')).toBe('unrestricted');
    expect(await may('a.test.', 'a.test. CAA 128 tbs "x"', 'a.test. CAA 0 issue "ca.example"')).toBe('refused');
  });
});

it('a browser follows aliases, takes the lowest priority, and gives up on circles', async () => {
  const address = 'a.test. A 192.0.2.1';
  expect(await go(server(address), { walk: 'browser' })).toBe('plain');
  expect(await go(server(address, 'a.test. HTTPS 2 . alpn="h2"', 'a.test. HTTPS 1 . alpn="h2,h3"'), { walk: 'browser' })).toBe(
    'h3',
  );
  expect(await go(server('a.test. HTTPS 0 b.test.', 'b.test. A 192.0.2.1'), { walk: 'browser' })).toBe('aliased');
  expect(await go(server('a.test. HTTPS 1 . ipv4hint=192.0.2.1'), { walk: 'browser' })).toBe('bound');
  expect(await go(server('a.test. HTTPS 0 a.test.'), { walk: 'browser' })).toBe('nowhere');
});

it('a polite resolver shows one label more each time, and stops where nothing is', async () => {
  const look = server('x.y.a.test. A 192.0.2.1');
  const way = { walk: 'minimiser', zone: 'a.test.' } as const;
  expect(await go(look, { ...way, at: 'x.y.a.test.' })).toBe('found');
  expect(await go(look, { ...way, at: 'y.a.test.' })).toBe('nothing');
  const { lines, verdict } = await walk(look, { ...way, at: 'secret.none.a.test.', input: '' });
  expect(verdict).toBe('stopped');
  expect(lines.filter(({ say }) => say === 'asked').map(({ with: [name] }) => name)).toEqual(['none.a.test']);
});

it('a challenge is met by the text that was asked for, among others if need be', async () => {
  const at = (...contents: string[]) =>
    go(server(...contents.map((content) => `_acme-challenge.a.test. TXT ${content}`)), { walk: 'challenge', input: 'tok' });
  expect(await at()).toBe('missing');
  expect(await at('"other"')).toBe('wrong');
  expect(await at('"other"', '"tok"')).toBe('met');
});

describe('a client of SRV', () => {
  const service = (priority: number, weight: number, target: string): Service => ({ priority, weight, port: '1', target });

  it('takes priorities in order and draws by weight within one, RFC 2782', () => {
    const services = [service(20, 0, 'c'), service(10, 30, 'b'), service(10, 70, 'a')];
    const first = (random: number) =>
      orderOf(services, () => random)
        .map(({ target }) => target)
        .join('');
    expect([first(0), first(0.29), first(0.31), first(0.99)]).toEqual(['bac', 'bac', 'abc', 'abc']);
    expect(orderOf([service(1, 0, 'a'), service(1, 0, 'b')], () => 0.5)).toHaveLength(2);
  });

  it('goes on to whom it can reach', async () => {
    const services = ['a.test. SRV 10 0 4000 one.test.', 'a.test. SRV 20 0 4001 two.test.', 'two.test. A 192.0.2.2'];
    expect(await go(server(...services), { walk: 'client' })).toBe('fallback');
    expect(await go(server(...services, 'one.test. A 192.0.2.1'), { walk: 'client' })).toBe('connected');
    expect(await go(server('a.test. SRV 0 0 0 .'), { walk: 'client' })).toBe('refused');
  });
});

it('the text of TXT is its strings without anything between', () => {
  expect(textOfTxt('"v=spf1 " "ip4:1.2.3.4 \\"x\\\\ \\195\\164" bare')).toBe('v=spf1 ip4:1.2.3.4 "x\\ Ã¤bare');
});
