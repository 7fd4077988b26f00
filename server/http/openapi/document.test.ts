import { Ajv2020 } from 'ajv/dist/2020.js';
import type { InjectOptions } from 'fastify';
import { readdirSync, readFileSync } from 'node:fs';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { House, type Visitor } from '../../../tests/support/http.ts';
import { makeSchemas } from '../../../scripts/openapi.ts';
import type { NewKeyJson } from '../key-protocol.ts';
import type { NewShareJson } from '../protocol.ts';
import { GROUPS, makeDocument } from './document.ts';
import type { Operation } from './operation.ts';

const root = new URL('../../..', import.meta.url).pathname;
const schemas = makeSchemas(root);
const operations = GROUPS.flatMap((group) => group.operations);
const OPERATOR = 'a token of the operator'.replaceAll(' ', '-');

const ajv = new Ajv2020({ strict: false, allErrors: true });
ajv.addSchema({ $id: 'contract', components: { schemas } });

/** What speaks against a value being of a type of the contract. */
function faultsOf(type: string, value: unknown): string {
  const validate = ajv.compile({ $ref: `contract#/components/schemas/${type}` });
  return validate(value) ? '' : ajv.errorsText(validate.errors);
}

let house: House;
let visitor: Visitor;
let known: Record<string, string>;

/** The sandpit of the examples. */
async function begin(): Promise<void> {
  house = new House({ settings: { operatorToken: OPERATOR } });
  visitor = await house.visitor();
  await visitor.request('POST', '/api/records', { name: 'www', type: 'A', ttl: 60, content: '192.0.2.1' });
  house.arrive(visitor, 1, { qname: `www.${visitor.zone}` });
  const share = (await visitor.request('POST', '/api/queries/1/share')).json<NewShareJson>();
  const key = (await visitor.request('POST', '/api/keys', { kind: 'token', label: 'program' })).json<NewKeyJson>();
  known = { SHARE: share.path.split('/')[1]!, TOKEN: key.secret };
  const account = await house.app.inject({ method: 'POST', url: `/acme-dns/${key.secret}/register` });
  const { username, password } = account.json<{ username: string; password: string }>();
  Object.assign(known, { USER: username, PASSWORD: password });
}

/** An example with what only this sandpit knows. */
const fill = <V>(value: V): V =>
  JSON.parse(JSON.stringify(value ?? {}), (_, text: unknown) => (typeof text === 'string' ? (known[text] ?? text) : text)) as V;

function credentials({ access }: Operation): Record<string, string> {
  if (access === 'session') return { cookie: visitor.cookie };
  if (access === 'operator') return { authorization: `Bearer ${OPERATOR}` };
  return access === 'anybody' || access === 'acme-dns' ? {} : { authorization: `Bearer ${known['TOKEN']!}` };
}

function requestOf(operation: Operation): InjectOptions {
  const { params = {}, query, headers, body } = fill(operation.example);
  const url = operation.path.replace(/:(\w+)/g, (_, name: string) => encodeURIComponent(params[name]!));
  const payload = typeof body === 'string' ? Buffer.from(body, 'latin1') : (body as object | undefined);
  return {
    method: operation.method.toUpperCase() as 'GET',
    url,
    headers: { ...credentials(operation), ...headers },
    ...(query !== undefined && { query }),
    ...(payload !== undefined && { payload }),
    // A stream that goes on has an answer all the same.
    payloadAsStream: operation.path === '/api/tail',
  };
}

async function tryExample(operation: Operation): Promise<void> {
  const { body, reply: type, status, example } = operation;
  const reply = await house.app.inject(requestOf(operation));
  expect(reply.statusCode, operation.path === '/api/tail' ? '' : reply.body).toBe(status);
  if (type === null) return expect(reply.body).toBe('');
  if (type.includes('/')) expect(reply.headers['content-type']).toContain(type);
  else expect(faultsOf(type, reply.json())).toBe('');
  if (body !== undefined && body !== 'object' && !body.includes('/')) expect(faultsOf(body, example.body)).toBe('');
}

const rows = (list: readonly Operation[]) =>
  list.map((operation) => [`${operation.method} ${operation.path}`, operation] as const);

describe('examples that only read', () => {
  beforeAll(begin);
  afterAll(() => house.close());

  it.each(rows(operations.filter(({ method }) => method === 'get')))('%s', (_, operation) => tryExample(operation));

  it('and all others are refused without credentials', async () => {
    for (const operation of operations.filter(({ access }) => access !== 'anybody')) {
      const reply = await house.app.inject({ ...requestOf(operation), headers: {}, payloadAsStream: false });
      if (operation.path === '/api/session' && operation.method === 'get') expect(reply.json()).toEqual({ zone: null });
      else expect(reply.statusCode, operation.path).toBe(401);
    }
  });
});

describe('examples that change something', () => {
  beforeEach(begin);
  afterEach(() => house.close());

  it.each(rows(operations.filter(({ method }) => method !== 'get')))('%s', (_, operation) => tryExample(operation));
});

describe('the description', () => {
  it('has every route that there is', () => {
    const folder = `${root}server/http/routes`;
    const files = readdirSync(folder).filter((file) => !file.includes('.test.') && file !== 'powerdns.ts');
    const routes = files.flatMap((file) =>
      [...readFileSync(`${folder}/${file}`, 'utf8').matchAll(/\bapp\.(get|post|put|patch|delete)\(\s*['`]([^'`$]+)['`]/g)].map(
        ([, method, path]) => `${method} ${path}`,
      ),
    );
    const told = new Set(operations.map(({ method, path }) => `${method} ${path}`));
    // WebSockets have no place in OpenAPI.
    expect(routes.filter((route) => !told.has(route) && route !== 'get /api/live')).toEqual([]);
    expect(routes.length).toBeGreaterThan(40);
  });

  it('has schemas that say what is wrong', () => {
    expect(faultsOf('RrsetJson', { name: 'www', type: 'A', ttl: '60', records: [], more: 1 })).toMatch(/ttl must be number/);
    expect(faultsOf('RrsetJson', { name: 'www', type: 'A', ttl: 60, records: [], more: 1 })).toMatch(/additional/);
  });

  it('is OpenAPI 3.1: every reference leads somewhere, and no operation is called like another', () => {
    const document = makeDocument(schemas, '1.2.3');
    expect(document).toMatchObject({ openapi: '3.1.0', info: { title: 'Digpit', version: '1.2.3' } });
    const text = JSON.stringify(document);
    for (const [, name] of text.matchAll(/"#\/components\/schemas\/([^"]+)"/g)) {
      expect(schemas).toHaveProperty([decodeURIComponent(name!)]);
    }
    const ids = [...text.matchAll(/"operationId":"(\w+)"/g)].map(([, id]) => id);
    expect(new Set(ids).size).toBe(operations.length);
  });
});
