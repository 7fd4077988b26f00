import type { FastifyInstance, FastifyRequest } from 'fastify';
import { Refusal } from '../errors.ts';
import type { LiveStreams } from '../live.ts';
import { countOf } from '../parameters.ts';
import { checkSocketOrigin } from '../security.ts';
import type { Onlookers } from '../onlookers.ts';
import type { SessionGate } from '../session-gate.ts';

export const LIVE_PATH = '/api/live';

/** The live stream. Everything is refused before the upgrade, where a refusal can still be a reply. */
export function addLiveRoute(app: FastifyInstance, gate: SessionGate, streams: LiveStreams, onlookers: Onlookers): void {
  app.route({
    method: 'GET',
    url: LIVE_PATH,
    preValidation: async (request) => {
      if (!request.ws) throw upgradeRequired();
      checkSocketOrigin(request);
      onlookers.checkRoom(gate.require(request).zone.id, request.ip);
      afterOf(request);
    },
    handler: () => {
      throw upgradeRequired();
    },
    wsHandler: (socket, request) => streams.open(socket, gate.require(request), request.ip, afterOf(request)),
  });
}

function upgradeRequired(): Refusal {
  return new Refusal('upgrade_required', { headers: { upgrade: 'websocket' } });
}

function afterOf(request: FastifyRequest): number {
  return countOf(request, 'after', 0, Number.MAX_SAFE_INTEGER) ?? 0;
}
