/**
 * Writes the description of what the server can be asked over HTTP (OpenAPI 3.1) into the built page, when that is built. Schemas are
 * made from the types of the contract, so that there is one place where a type stands.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createGenerator } from 'ts-json-schema-generator';
import { makeDocument } from '../server/http/openapi/document.ts';

/** The schemas of all types that cross between the server and others, as components of a description. */
export function makeSchemas(root: string): Record<string, unknown> {
  const path = join(root, 'server/http/*protocol.ts').replaceAll('\\', '/');
  const { definitions } = createGenerator({ path, skipTypeCheck: true, type: '*', topRef: true }).createSchema('*');
  const text = JSON.stringify(definitions).replaceAll('#/definitions/', '#/components/schemas/');
  return JSON.parse(text) as Record<string, unknown>;
}

if (process.argv[1]?.endsWith('openapi.js')) {
  const root = join(import.meta.dirname, '../..');
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string };
  writeFileSync(join(root, 'dist/web/openapi.json'), JSON.stringify(makeDocument(makeSchemas(root), version)));
}
