import type { FastifyInstance, FastifyReply } from 'fastify';
import { Readable } from 'node:stream';
import type { LoggedQuery } from '../../querylog/event.ts';
import type { HttpDeps } from '../deps.ts';
import { Refusal } from '../errors.ts';
import { CSV_HEADER, toCsv } from '../exports/csv.ts';
import { toDnsJson } from '../../querylog/dns-json.ts';
import { PcapngWriter } from '../exports/pcapng.ts';
import { readAll, readAllForward } from '../log-page.ts';
import type { QueryJson } from '../protocol.ts';
import { readFilter, WANTS_ALL } from '../query-filter.ts';
import { queriesToJson, queryToJson } from '../query-json.ts';
import type { SessionGate } from '../session-gate.ts';

type Pieces = AsyncGenerator<string | Uint8Array>;
type Parts = AsyncGenerator<LoggedQuery[]>;

/** The log of the session's zone as files, written while they are read: never more than a part of it is in memory. */
export function addExportRoutes(app: FastifyInstance, deps: HttpDeps, gate: SessionGate): void {
  const { queryLog, asn, settings } = deps;
  const writing = new Map<number, number>();

  addFile('csv', 'text/csv; charset=utf-8; header=present', readAll, async function* (parts) {
    yield CSV_HEADER;
    for await (const part of parts) yield queriesToJson(part, asn).map(toCsv).join('');
  });

  addFile('json', 'application/json', readAll, async function* (parts) {
    let mark = '[';
    for await (const part of parts) {
      for (const query of part) {
        yield `${mark}\n${JSON.stringify(toDnsJson(query))}`;
        mark = ',';
      }
    }
    yield mark === '[' ? '[]\n' : '\n]\n';
  });

  addFile('pcapng', 'application/x-pcapng', readAllForward, async function* (parts) {
    const writer = new PcapngWriter(settings.dns.host);
    yield writer.begin();
    for await (const part of parts) {
      if (part.length > 0) yield Buffer.concat(part.map((query) => writer.write(query, sourceOf(queryToJson(query, asn)))));
    }
  });

  function addFile(ending: string, type: string, read: typeof readAll, write: (parts: Parts) => Pieces): void {
    app.get(`/api/queries.${ending}`, (request, reply) => {
      const { zone } = gate.allowAll(request, 'log');
      const filter = readFilter(request.query as Record<string, unknown>, asn) ?? WANTS_ALL;
      const file = `${zone.origin.toText()}${ending}`;
      void reply.type(type).header('Content-Disposition', `attachment; filename="${file}"`);
      return reply.send(Readable.from(held(zone.id, reply, write(read(queryLog, zone.id, filter)))));
    });
  }

  /** Counts a file while it is being written. */
  function held(zone: number, reply: FastifyReply, pieces: Pieces): Pieces {
    const count = writing.get(zone) ?? 0;
    if (count >= settings.limits.exportsPerZone) throw new Refusal('too_many_exports', { headers: { 'retry-after': '5' } });
    writing.set(zone, count + 1);
    reply.raw.once('close', () => {
      const left = writing.get(zone)! - 1;
      if (left > 0) writing.set(zone, left);
      else writing.delete(zone);
    });
    return pieces;
  }
}

/** Who asked, in a line for a packet. */
function sourceOf({ source, transport }: QueryJson): string {
  const network = source.asn === null ? '' : `AS${source.asn} ${source.name} ${source.country}`;
  const words = [source.brand, network, transport === 'https' && 'over HTTPS'].filter(Boolean);
  // A name from a table that somebody else wrote.
  return words.join(', ').replace(/\p{C}/gu, '');
}
