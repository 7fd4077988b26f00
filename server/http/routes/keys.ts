import type { FastifyInstance } from 'fastify';
import type { StoredKey } from '../../store/keys.ts';
import { Name } from '../../wire/name.ts';
import type { HttpDeps } from '../deps.ts';
import { Refusal, refuseKey } from '../errors.ts';
import { readKeyInput } from '../key-input.ts';
import { bodyOf, idOf } from '../parameters.ts';
import type { KeyJson, KeysJson, NewKeyJson } from '../key-protocol.ts';
import type { SessionGate } from '../session-gate.ts';

/** Keys and tokens of the session's zone. Programs cannot make any: that takes the session. */
export function addKeyRoutes(app: FastifyInstance, deps: HttpDeps, gate: SessionGate): void {
  const { keys, settings, clock, random } = deps;

  app.get('/api/keys', (request, reply) => {
    const { zone } = gate.require(request);
    const body: KeysJson = { keys: keys.list(zone.id).map(keyToJson) };
    return reply.send(body);
  });

  app.post('/api/keys', (request, reply) => {
    const { zone } = gate.require(request);
    const wanted = readKeyInput(bodyOf(request), { now: clock.now(), allowsMd5: settings.tsigMd5 });
    if (Array.isArray(wanted)) throw refuseKey(wanted);
    if (keys.list(zone.id).length >= settings.limits.keysPerZone) throw new Refusal('too_many_keys');
    const { kind, label, algorithm, grant } = wanted;
    const seed = { zoneId: zone.id, label, grant, now: clock.now() };
    if (kind === 'token') {
      const { key, token } = keys.createToken(seed, 'token', random);
      return reply.code(201).send({ ...keyToJson(key), secret: token } satisfies NewKeyJson);
    }
    const name = Name.fromText(label, zone.origin);
    if (!(name instanceof Name)) throw refuseKey([{ field: 'label', code: name, message: 'This makes the name too long.' }]);
    // As long as the MAC: a longer secret adds nothing, a shorter one takes away (RFC 8945 §8).
    const secret = random(algorithm.size);
    const key = keys.createTsig(seed, { name, algorithm, secret });
    if (key === null) throw new Refusal('key_exists', { field: 'label' });
    return reply.code(201).send({ ...keyToJson(key), secret: Buffer.from(secret).toString('base64') } satisfies NewKeyJson);
  });

  app.delete('/api/keys/:id', (request, reply) => {
    const { zone } = gate.require(request);
    const id = idOf(request);
    if (id === null || !keys.delete(zone.id, id)) throw new Refusal('no_such_key');
    return reply.code(204).send();
  });
}

function keyToJson({ id, kind, label, grant, createdAt, used, refused, tsig }: StoredKey): KeyJson {
  const { rights, names, types, networks, expiresAt, idleMs } = grant;
  return {
    id,
    kind,
    label,
    ...(tsig !== null && { name: tsig.name.toText().slice(0, -1), algorithm: tsig.algorithm.text }),
    rights: [...rights],
    names: [...names],
    types: [...types],
    networks: [...networks],
    createdAt,
    expiresAt,
    idle: idleMs === null ? null : idleMs / 1000,
    used,
    refused,
  };
}
