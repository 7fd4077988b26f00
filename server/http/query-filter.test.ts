import { describe, expect, it } from 'vitest';
import { exchange, makeQuery, makeZone, zoneSet, type Ask } from '../../tests/support/dns.ts';
import { exampleTable } from '../../tests/support/querylog.ts';
import { TRANSPORT } from '../answer/transport.ts';
import type { AsnTable } from '../asn/asn.ts';
import type { LoggedQuery } from '../querylog/event.ts';
import { readFilter } from './query-filter.ts';

const ZONES = zoneSet(makeZone('otter1.digpit.test.', 'www 60 A 192.0.2.1'));
const TABLE: AsnTable = {
  ...exampleTable,
  known: { find: (address) => (address[0] === 8 ? { brand: 'Google Public DNS', kind: 'public resolver' } : undefined) },
};

function logged(qname: string, qtype: string, rest: Partial<LoggedQuery> = {}, ask: Ask = {}): LoggedQuery {
  const query = makeQuery(qname, qtype, ask);
  const source = { address: Uint8Array.of(192, 0, 2, 53), port: 4242, asn: 64500, country: 'DE', transport: TRANSPORT.UDP };
  return { id: 9, zone: 1, time: 0, ...source, query, response: exchange(ZONES, query)!, ...rest } as LoggedQuery;
}

const QUERIES = {
  plain: logged('www.otter1.digpit.test.', 'A'),
  mixed: logged('WwW.Otter1.digpit.test.', 'AAAA', { transport: TRANSPORT.TCP }),
  missing: logged('nope.otter1.digpit.test.', 'TYPE65280', { address: Uint8Array.of(8, 8, 8, 8), country: 'US', asn: 15169 }),
  version: logged('a!b.otter1.digpit.test.', 'A', { transport: TRANSPORT.DOH }, { edns: { udpSize: 512, version: 3 } }),
  broken: logged('www.otter1.digpit.test.', 'A', { query: Uint8Array.of(1, 2, 3), address: Uint8Array.of(192, 0, 2, 5) }),
};

const ids = (parameters: Record<string, unknown>) =>
  Object.entries(QUERIES)
    .filter(([, query]) => readFilter(parameters, TABLE)!.passes(query))
    .map(([key]) => key);

describe('a filter', () => {
  it.each([
    [{ name: 'WWW.ot' }, ['plain', 'mixed']],
    [{ name: '!!' }, ['plain', 'mixed', 'missing', 'broken']],
    [{ type: 'a' }, ['plain', 'version']],
    [{ type: ['aaaa', 'type65280'] }, ['mixed', 'missing']],
    [{ type: ['!A', '!AAAA'] }, ['missing', 'broken']],
    [{ code: 'nxdomain' }, ['missing']],
    // The upper bits of BADVERS are in OPT, RFC 6891 §6.1.3.
    [{ code: 'BADVERS' }, ['version']],
    [{ source: '192.0.2.5' }, ['broken']],
    [{ source: '192.0.2.' }, ['plain', 'mixed', 'version', 'broken']],
    [{ source: ['192.0.', '!192.0.2.53'] }, ['broken']],
    [{ brand: 'Google Public DNS' }, ['missing']],
    [{ brand: '!Google Public DNS' }, ['plain', 'mixed', 'version', 'broken']],
    [{ transport: ['tcp', 'https'] }, ['mixed', 'version']],
    [{ transport: 'udp', country: 'DE' }, ['plain', 'broken']],
  ])('%j', (parameters, expected) => {
    expect(ids(parameters)).toEqual(expected);
  });

  it('is none where nothing asks for one', () => {
    expect(readFilter({ limit: '7' }, TABLE)).toBeNull();
  });

  it('is refused when it is longer than anybody needs', () => {
    expect(() => readFilter({ type: Array.from({ length: 33 }, () => 'A') }, TABLE)).toThrow('at most 32 times');
  });
});
