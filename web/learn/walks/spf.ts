import { textOfTxt, type Look, type Notes } from './walk.ts';

export type SpfResult = 'none' | 'neutral' | 'pass' | 'fail' | 'softfail' | 'permerror';

/** RFC 7208 §4.6.4: terms that ask the DNS. */
const MAX_LOOKUPS = 10;
const QUALIFIERS: Readonly<Record<string, SpfResult>> = { '+': 'pass', '-': 'fail', '~': 'softfail', '?': 'neutral' };

interface Check {
  readonly look: Look;
  readonly notes: Notes;
  readonly address: string;
  lookups: number;
}

/** What SPF says of a letter from `domain` that comes in from an IPv4 address (RFC 7208 §4). Macros are not spoken here. */
export function checkSpf(look: Look, address: string, domain: string, notes: Notes): Promise<SpfResult> {
  return check({ look, notes, address, lookups: 0 }, domain);
}

async function check(run: Check, domain: string): Promise<SpfResult> {
  const texts = (await run.notes.look(run.look, domain, 'TXT')).map(({ content }) => textOfTxt(content));
  const policies = texts.filter((text) => /^v=spf1( |$)/i.test(text));
  if (policies.length === 0) return 'none';
  if (policies.length > 1) return 'permerror';
  const terms = policies[0]!.split(/ +/).slice(1).filter(Boolean);
  for (const term of terms) {
    const result = await evaluate(run, term, domain);
    if (result !== null) {
      run.notes.say('spfTerm', term, result);
      return result;
    }
    run.notes.say('spfNoMatch', term, run.address);
  }
  const redirect = terms.find((term) => /^redirect=/i.test(term));
  return redirect && count(run) ? check(run, `${redirect.slice('redirect='.length).replace(/\.$/, '')}.`) : 'neutral';
}

/** What a term decides, or null when it does not match. */
async function evaluate(run: Check, term: string, domain: string): Promise<SpfResult | null> {
  if (/^[a-z][\w.-]*=/i.test(term)) return null;
  const [, sign = '', name = '', , value = '', , bits = '32'] = /^([+?~-]?)([a-z\d]+)(:([^/]+))?(\/(\d+))?$/i.exec(term) ?? [];
  const matches = await match(run, name.toLowerCase(), {
    host: value === '' ? domain : `${value.replace(/\.$/, '')}.`,
    value,
    bits,
  });
  if (typeof matches === 'string') return matches;
  return matches ? QUALIFIERS[sign || '+']! : null;
}

async function match(
  run: Check,
  mechanism: string,
  { host, value, bits }: { host: string; value: string; bits: string },
): Promise<boolean | 'permerror'> {
  const within = (network: string) => isWithin(run.address, network, Number(bits));
  if (mechanism === 'all') return true;
  if (mechanism === 'ip4') return within(value);
  if (mechanism === 'ip6') return false;
  if (!['a', 'mx', 'include', 'exists'].includes(mechanism) || !count(run)) return 'permerror';
  if (mechanism === 'include') {
    const inner = await check(run, host);
    return inner === 'none' || inner === 'permerror' ? 'permerror' : inner === 'pass';
  }
  const hosts = mechanism === 'mx' ? (await run.notes.look(run.look, host, 'MX')).map(exchangeOf) : [host];
  for (const one of hosts) {
    const addresses = await run.notes.look(run.look, one, 'A');
    if (addresses.some(({ content }) => mechanism === 'exists' || within(content))) return true;
  }
  return false;
}

function exchangeOf({ content }: { content: string }): string {
  return content.split(' ')[1]!;
}

function count(run: Check): boolean {
  return ++run.lookups <= MAX_LOOKUPS;
}

function toNumber(address: string): number {
  return address.split('.').reduce((number, part) => number * 256 + Number(part), 0);
}

/** Whether an IPv4 address lies in the network of so many bits about another. */
export function isWithin(address: string, network: string, bits: number): boolean {
  const size = 2 ** (32 - bits);
  return Math.floor(toNumber(address) / size) === Math.floor(toNumber(network) / size);
}
