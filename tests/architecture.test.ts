import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';

const root = new URL('..', import.meta.url).pathname;

/**
 * Which room may import from which, as ARCHITECTURE.md draws it. A room is a folder of server/, or a file directly in it.
 * `type:` means types only.
 */
const MAY_IMPORT: Record<string, readonly string[]> = {
  'server/wire': [],
  'server/asn': [],
  'server/clock.ts': [],
  'server/logger.ts': ['server/clock.ts'],
  'server/tsig': ['server/wire'],
  'server/keys': ['server/wire'],
  'server/zone': ['server/wire'],
  'server/update': ['server/wire', 'server/zone'],
  'server/transfer': ['server/wire', 'server/zone', 'server/tsig'],
  'server/desk': [
    'server/wire',
    'server/zone',
    'server/tsig',
    'server/keys',
    'server/update',
    'server/transfer',
    'server/answer',
    'server/store',
    'type:server/net',
  ],
  'server/signing.ts': [
    'server/desk',
    'server/transfer',
    'server/store',
    'server/zone',
    'server/wire',
    'server/clock.ts',
    'server/logger.ts',
    'server/http/limits.ts',
    'server/http/room.ts',
    'type:server/querylog',
    'type:server/answering.ts',
    'type:server/config.ts',
  ],
  'server/answer': ['server/wire', 'server/zone'],
  'server/net': ['server/wire', 'server/answer'],
  'server/querylog': ['server/wire', 'server/asn', 'server/answer', 'server/clock.ts'],
  'server/feeds': [
    'server/wire',
    'server/zone',
    'server/asn',
    'server/answer',
    'server/querylog',
    'server/keys',
    'server/clock.ts',
  ],
  'server/store': ['server/wire', 'server/zone', 'server/querylog', 'server/tsig', 'server/keys'],
  'server/http': [
    'server/store',
    'server/querylog',
    'server/zone',
    'server/wire',
    'server/asn/asn.ts',
    'server/answer/transport.ts',
    'server/answer/reason.ts',
    'server/practice',
    'server/targets',
    'server/tsig',
    'server/keys',
  ],
  'server/practice': ['server/wire', 'server/net'],
  'server/targets': ['server/wire'],
  'server/practising.ts': [
    'server/wire',
    'server/practice',
    'server/targets',
    'server/zone',
    'server/clock.ts',
    'server/logger.ts',
    'type:server/answering.ts',
    'type:server/config.ts',
  ],
  'server/setting-values.ts': ['server/wire', 'server/tsig', 'server/feeds/place.ts', 'type:server/transfer'],
  'server/settings.ts': ['server/setting-values.ts', 'server/keys', 'server/feeds/place.ts'],
  'server/config.ts': ['server/settings.ts', 'server/setting-values.ts', 'server/wire'],
  'server/static-zones.ts': ['server/wire', 'server/zone'],
  'server/threads': [
    'server/wire',
    'server/zone',
    'server/asn',
    'server/answer',
    'server/net',
    'server/querylog',
    'server/feeds',
    'server/store',
    'server/clock.ts',
    'type:server/keys',
  ],
  'server/answering.ts': [
    'server/wire',
    'server/zone',
    'server/answer',
    'server/net',
    'server/querylog',
    'server/threads',
    'server/clock.ts',
    'server/logger.ts',
    'type:server/desk',
    'type:server/config.ts',
  ],
  'server/feeding.ts': [
    'server/feeds',
    'server/threads',
    'type:server/querylog',
    'type:server/asn',
    'type:server/zone',
    'type:server/config.ts',
  ],
  'server/asn-refresh.ts': ['server/asn', 'type:server/config.ts'],
  'server/expiry.ts': ['server/clock.ts', 'server/store', 'server/zone'],
  'server/app.ts': ['*'],
  'server/memory.ts': ['server/net'],
  'server/priority.ts': [],
  'server/command.ts': [],
  'server/explanation.ts': ['server/store/fault.ts', 'server/command.ts'],
  'server/main.ts': [
    'server/feeds/place.ts',
    'server/explanation.ts',
    'server/app.ts',
    'server/config.ts',
    'server/logger.ts',
    'server/memory.ts',
  ],
  scripts: [
    'server/http/openapi',
    'server/config.ts',
    'server/settings.ts',
    'server/command.ts',
    'server/asn',
    'server/zone',
    'server/store',
    'server/wire',
  ],
  web: ['protocol', 'asking-protocol', 'operator-protocol', 'key-protocol'].map((file) => `type:server/http/${file}.ts`),
};

/** Libraries that belong to one room alone, so that each can be replaced by editing one folder. */
const OWNED_BY: Record<string, readonly string[]> = {
  'better-sqlite3': ['server/store', 'scripts/bench'],
  fastify: ['server/http'],
  '@fastify/cookie': ['server/http'],
  '@fastify/static': ['server/http'],
  '@fastify/websocket': ['server/http'],
  'prom-client': ['server/http'],
  pino: [
    'server/logger.ts',
    'server/app.ts',
    'server/answering.ts',
    'server/static-zones.ts',
    'server/asn-refresh.ts',
    'server/expiry.ts',
    'server/practising.ts',
    'server/signing.ts',
    'server/feeding.ts',
  ],
  dns2: ['scripts', 'server/practice'],
  koffi: ['server/net/libc.ts'],
  '@bufbuild/protobuf/wire': ['server/feeds'],
  'mmdb-lib': ['server/asn', 'scripts'],
  svelte: ['web'],
};

interface Import {
  readonly from: string;
  readonly to: string;
  readonly typeOnly: boolean;
}

function* filesOf(dir: string): Generator<string> {
  for (const entry of readdirSync(join(root, dir), { withFileTypes: true })) {
    const path = `${dir}/${entry.name}`;
    if (entry.isDirectory()) yield* filesOf(path);
    else if (/\.(ts|svelte|mjs)$/.test(entry.name) && !/\.test\.ts$|vite\.config/.test(entry.name)) yield path;
  }
}

function importsOf(file: string): Import[] {
  const text = readFileSync(join(root, file), 'utf8');
  const statements = text.matchAll(
    /^\s*(import|export)\s+(type\s)?[^;'"]*?from\s+['"]([^'"]+)['"]|^\s*import\s+['"]([^'"]+)['"]/gm,
  );
  return [...statements].map(([, , type, from, bare]) => {
    const target = from ?? bare!;
    const to = target.startsWith('.') ? relative(root, resolve(root, dirname(file), target)) : target;
    return { from: file, to, typeOnly: type !== undefined };
  });
}

function roomOf(file: string): string {
  const rooms = Object.keys(MAY_IMPORT).filter((room) => file === room || file.startsWith(`${room}/`));
  return rooms.sort((a, b) => b.length - a.length)[0] ?? file;
}

const within = (path: string, place: string) => path === place || path.startsWith(`${place}/`);

function isAllowed({ from, to, typeOnly }: Import): boolean {
  const room = roomOf(from);
  if (within(to, room)) return true;
  return (MAY_IMPORT[room] ?? []).some((place) => {
    if (place === '*') return true;
    return place.startsWith('type:') ? typeOnly && within(to, place.slice(5)) : within(to, place);
  });
}

const imports = ['server', 'scripts', 'web'].flatMap((dir) => [...filesOf(dir)]).flatMap(importsOf);
const isOurs = ({ to }: Import) => /^(server|scripts|web|tests|dist|db)\//.test(to);

describe('the house', () => {
  it('was read at all', () => {
    expect(imports.length).toBeGreaterThan(200);
    expect(new Set(imports.map(({ from }) => roomOf(from))).size).toBeGreaterThan(10);
  });

  it('has every file in a room', () => {
    const homeless = imports.map(({ from }) => from).filter((file) => !(roomOf(file) in MAY_IMPORT));
    expect([...new Set(homeless)]).toEqual([]);
  });

  it('has no arrow that ARCHITECTURE.md does not draw', () => {
    const wrong = imports.filter((one) => isOurs(one) && !isAllowed(one) && one.to !== 'dist/server/main.js');
    expect(wrong.map(({ from, to, typeOnly }) => `${from} → ${to}${typeOnly ? ' (type)' : ''}`)).toEqual([]);
  });

  it('keeps each library in its own room', () => {
    const wrong = imports.filter(({ from, to, typeOnly }) => {
      const library = Object.keys(OWNED_BY).find((name) => within(to, name));
      return library !== undefined && !typeOnly && !OWNED_BY[library]!.some((room) => within(from, room));
    });
    expect(wrong.map(({ from, to }) => `${from} → ${to}`)).toEqual([]);
  });
});
