import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Recipe } from '../../web/keys/recipe.ts';
import { recipesFor } from '../../web/keys/recipes.ts';
import type { KeyInput, NewKeyJson } from '../../server/http/key-protocol.ts';
import { dig } from '../browser/support/dig.ts';
import { removeDir, startServer, Visitor, type RunningServer } from '../support/server.ts';
import { Authority } from './authority.ts';

let server: RunningServer;
let visitor: Visitor;
let zone: string;
let authority: Authority;
let directory: string;
let dir: string;

beforeEach(async () => {
  // lexicon finds zones by the list of public suffixes, and .test is not among them.
  server = await startServer({ DIGPIT_BASE_DOMAIN: 'digpit.org' });
  visitor = new Visitor(server.page);
  zone = (await visitor.begin()).zone.slice(0, -1);
  authority = new Authority(txtOf);
  directory = await authority.start();
  dir = mkdtempSync(join(tmpdir(), 'digpit-tools-'));
});
afterEach(async () => {
  authority.stop();
  await server.stop();
  removeDir(server.dataDir);
  rmSync(dir, { recursive: true });
});

/** The texts at a name, behind an alias too. */
async function txtOf(name: string): Promise<string[]> {
  const { answer } = await dig(server.dnsPort, name, 'TXT');
  return answer.flatMap((line) => / TXT "(.*)"$/.exec(line)?.[1] ?? []);
}

async function make(input: KeyInput): Promise<Map<string, Recipe>> {
  const { body } = await visitor.call<NewKeyJson>('POST', '/api/keys', input);
  const place = { zone: `${zone}.`, dns: { host: '127.0.0.1', port: server.dnsPort }, page: server.page };
  return new Map(recipesFor(body, body.secret, place).map((recipe) => [recipe.tool, recipe]));
}

async function run(lines: string): Promise<{ code: number; said: string }> {
  const child = spawn('/bin/bash', ['-c', lines], { cwd: dir, stdio: ['ignore', 'pipe', 'pipe'] });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (piece: Buffer) => (said += piece.toString()));
  return { code: await new Promise((resolve) => child.once('close', (code) => resolve(code ?? -1))), said };
}

/** The lines of the page, for the authority of the test and for a server that no resolver leads to. */
function lego(recipe: Recipe | undefined): string {
  const here = `lego --accept-tos --server ${directory} --dns.disable-cp --dns.resolvers 127.0.0.1:${server.dnsPort} --path .`;
  return recipe!.parts[0]!.text.replace('lego ', `${here} `);
}

const texts = async () => {
  const { body } = await visitor.call<{ records: { name: string; type: string }[] }>('GET', '/api/records');
  return body.records.filter(({ type }) => type === 'TXT').map(({ name }) => name);
};

describe('lego has a certificate made', () => {
  it('through the interface of PowerDNS, for the zone and its wildcard', async () => {
    const recipes = await make({ kind: 'token', label: 'lego', names: ['_acme-challenge'], types: ['TXT'] });
    const { code, said } = await run(lego(recipes.get('lego')));
    expect([code, authority.certified], said).toEqual([0, [zone, `*.${zone}`]]);
    expect(await texts()).toEqual([]);
  });

  it('through dynamic updates', async () => {
    const recipes = await make({ kind: 'tsig', label: 'lego', algorithm: 'hmac-sha512' });
    const { code, said } = await run(lego(recipes.get('lego')).replace(`--domains '*.${zone}' `, ''));
    expect([code, authority.certified], said).toEqual([0, [zone]]);
    expect(await texts()).toEqual([]);
  });
});

it('lexicon adds, lists, changes and deletes', async () => {
  const { body } = await visitor.call<NewKeyJson>('POST', '/api/keys', { kind: 'token', label: 'lexicon' });
  const lexicon = (what: string) =>
    run(`lexicon --delegated ${zone} powerdns --pdns-server ${server.page} --auth-token ${body.secret} ${what}`);
  for (const address of ['192.0.2.1', '192.0.2.2']) {
    const added = await lexicon(`create ${zone} A --name www --content ${address} --ttl 90`);
    expect(added.code, added.said).toBe(0);
  }
  expect((await lexicon(`list ${zone} A`)).said).toContain('192.0.2.2');
  const deleted = await lexicon(`delete ${zone} A --name www --content 192.0.2.1`);
  expect(deleted.code, deleted.said).toBe(0);
  expect((await dig(server.dnsPort, `www.${zone}`, 'A')).answer).toEqual([`www.${zone}. 90 IN A 192.0.2.2`]);
});
