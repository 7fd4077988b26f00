import type { FastifyInstance } from 'fastify';
import { NO_ENTRY } from '../../asn/asn.ts';
import { parseAddress } from '../../wire/address.ts';
import type { HttpDeps } from '../deps.ts';
import { Refusal } from '../errors.ts';
import type { AsnJson } from '../protocol.ts';
import { brandOf } from '../query-json.ts';

/** The network of an address, for anybody. */
export function addAsnRoutes(app: FastifyInstance, { asn: table }: HttpDeps): void {
  app.get('/api/asn/:address', (request, reply) => {
    const octets = parseAddress((request.params as { address: string }).address);
    if (octets === null) throw new Refusal('bad_address', { field: 'address' });
    const handle = table.lookup(octets, 0, octets.length);
    if (handle === NO_ENTRY) throw new Refusal('no_network');
    const { asn, name, country } = table.entry(handle);
    const body: AsnJson = { asn, name, country, ...brandOf(octets, asn, table) };
    return reply.send(body);
  });
}
