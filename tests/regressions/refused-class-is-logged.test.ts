import { expect, it } from 'vitest';
import { Counters } from '../../server/answer/counters.ts';
import { Exchange } from '../../server/answer/exchange.ts';
import { Responder } from '../../server/answer/responder.ts';
import { CLOCKS, makeQuery, makeZone, PLAIN, zoneSet } from '../support/dns.ts';

/** Queries in class CHAOS for a visitor's name were refused and forgotten: their owner never saw that somebody had asked. */
it('a query that is refused for its class still belongs to the zone of its name', () => {
  const responder = new Responder(zoneSet(makeZone('example.', 'www 60 A 192.0.2.1', 7)), new Counters(), PLAIN, CLOCKS);
  const exchange = new Exchange();
  for (const [qname, qclass, zone] of [
    ['www.example.', 3, 7],
    ['www.example.', 1, 7],
    ['version.bind.', 3, 0],
  ] as const) {
    const query = makeQuery(qname, 'TXT', { qclass });
    responder.respond(query, query.length, new Uint8Array(65_535), exchange);
    expect(exchange.zone).toBe(zone);
  }
});
