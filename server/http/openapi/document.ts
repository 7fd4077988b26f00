import { asking, server } from './asking.ts';
import { log } from './log.ts';
import type { Access, Example, Operation, OperationGroup } from './operation.ts';
import { acmeDns, operator, powerDns } from './others.ts';
import { keys, records, rrsets, session, zone } from './zone.ts';

/** All that the server can be asked over HTTP, in the order in which it is told. */
export const GROUPS: readonly OperationGroup[] = [
  session,
  records,
  rrsets,
  zone,
  log,
  keys,
  powerDns,
  acmeDns,
  asking,
  server,
  operator,
];

/** Any of them will do. */
const SECURITY: Readonly<Record<Access, readonly string[]>> = {
  anybody: [],
  session: ['session'],
  read: ['token', 'key', 'session'],
  write: ['token', 'key', 'session'],
  log: ['token', 'key', 'session'],
  operator: ['token'],
  'acme-dns': ['key'],
};

/** Who may do it, in a sentence; nothing is to be said of some. */
const WHO: Readonly<Partial<Record<Access, string>>> = {
  session: 'Takes a session, which programs do not have.',
  read: 'A token needs the right read.',
  write: 'A token needs the right write, and to be for the records that change.',
  log: 'A token needs the right log, and to be for all names and types.',
};

const SCHEMES = {
  token: { type: 'http', scheme: 'bearer', description: 'A token of a subdomain, made in the page or with POST /api/keys.' },
  key: { type: 'apiKey', in: 'header', name: 'X-API-Key', description: 'The same, as clients of PowerDNS send it.' },
  session: { type: 'apiKey', in: 'cookie', name: 'digpit_session', description: 'The session of a browser.' },
};

type Json = Readonly<Record<string, unknown>>;

/** The description of the server as OpenAPI 3.1 has it. `schemas` are those of the types of the contract. */
export function makeDocument(schemas: Json, version: string): Json {
  const paths: Record<string, Record<string, Json>> = {};
  for (const { name, operations } of GROUPS) {
    for (const operation of operations) {
      const path = operation.path.replace(/:(\w+)/g, '{$1}');
      paths[path] = { ...paths[path], [operation.method]: describe(operation, name) };
    }
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Digpit',
      version,
      description: 'A DNS sandpit over HTTP. Errors are `ErrorJson`; 429 says with Retry-After when to come back.',
      license: { name: 'MIT', identifier: 'MIT' },
    },
    servers: [{ url: '..' }],
    tags: GROUPS.map(({ name, about }) => ({ name, description: about })),
    paths,
    components: { schemas, securitySchemes: SCHEMES },
  };
}

function describe(operation: Operation, tag: string): Json {
  const { method, path, summary, access, body, status, reply, example } = operation;
  const who = WHO[access];
  const words = path.replaceAll(/[^\w]+(\w)/g, (_, letter: string) => letter.toUpperCase());
  const answer = status < 400 ? { [status]: { description: 'Done.', ...content(reply) } } : {};
  const refused = status < 400 ? 'ErrorJson' : reply;
  return {
    operationId: `${method}${words}`,
    tags: [tag],
    summary,
    ...(who !== undefined && { description: who }),
    security: SECURITY[access].map((scheme) => ({ [scheme]: [] })),
    parameters: parametersOf(operation),
    ...(body !== undefined && { requestBody: { required: true, ...content(body, example) } }),
    responses: { ...answer, default: { description: 'Refused, with the reason.', ...content(refused) } },
  };
}

function parametersOf({ path, query = {}, example }: Operation): Json[] {
  const inPath = [...path.matchAll(/:(\w+)/g)].map(([, name]) => ({
    name: name!,
    in: 'path',
    required: true,
    schema: { type: 'string' },
    example: example.params?.[name!],
  }));
  const inQuery = Object.entries(query).map(([name, description]) => ({
    name,
    in: 'query',
    description,
    schema: { type: 'string' },
    ...(example.query?.[name] !== undefined && { example: example.query[name] }),
  }));
  return [...inPath, ...inQuery];
}

/** What a body is: a type of the contract, an object that stands in an example, a media type, or nothing. */
function content(type: string | null, example?: Example): Json {
  if (type === null) return {};
  const isMedia = type.includes('/');
  const media = isMedia ? type : 'application/json';
  const schema = isMedia ? {} : { schema: type === 'object' ? { type } : { $ref: `#/components/schemas/${type}` } };
  const shown = typeof example?.body === 'object' ? { example: example.body } : {};
  return { content: { [media]: { ...schema, ...shown } } };
}
