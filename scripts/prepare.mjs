/**
 * Makes node_modules/ and dist/ what the lock file and the sources say, and does nothing when they are already.
 * Plain JavaScript, because it runs before anything is installed. `--force` builds in any case, `--install` does not build.
 */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const OLDEST_NODE = [20, 19];

/** What dist/ is made from. Files of tests do not count: changing a test rebuilds nothing. */
const SOURCES = ['server', 'scripts', 'web', 'package-lock.json', 'tsconfig.json', 'tsconfig.build.json'];

function run(title, command, args) {
  console.error(`digpit: ${title}`);
  const { status, error } = spawnSync(command, args, { cwd: root, stdio: ['ignore', 2, 2] });
  if (status === 0) return;
  console.error(`digpit: "${command} ${args.join(' ')}" failed${error ? `: ${error.message}` : ''}`);
  process.exit(1);
}

function* filesOf(path) {
  const entries = readdirSync(path, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1));
  for (const entry of entries) {
    const inner = join(path, entry.name);
    if (entry.isDirectory()) yield* filesOf(inner);
    else if (!entry.name.includes('.test.')) yield inner;
  }
}

function digest(paths) {
  const hash = createHash('sha256').update(process.version);
  for (const path of paths) hash.update(relative(root, path)).update('\0').update(readFileSync(path)).update('\0');
  return hash.digest('hex');
}

/** Runs `make` unless the stamp says that `inputs` are the ones it last ran for. */
function ensure(stamp, inputs, force, make) {
  const want = digest(inputs);
  if (!force && existsSync(stamp) && readFileSync(stamp, 'utf8') === want) return;
  make();
  writeFileSync(stamp, want);
}

export function prepare({ force = false, installOnly = false } = {}) {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major < OLDEST_NODE[0] || (major === OLDEST_NODE[0] && minor < OLDEST_NODE[1])) {
    console.error(`digpit: Node ${OLDEST_NODE.join('.')} or newer is needed, this is ${process.versions.node}`);
    process.exit(1);
  }
  const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';
  const bin = (name, script) => [process.execPath, [join(root, 'node_modules', name, script)]];

  ensure(join(root, 'node_modules/.digpit'), [join(root, 'package-lock.json')], false, () => {
    run('installing what package-lock.json says (better-sqlite3 is compiled, which takes a minute or two)', npm, ['ci']);
  });

  if (installOnly) return;

  const inputs = SOURCES.flatMap((name) => {
    const path = join(root, name);
    return name.includes('.') ? [path] : [...filesOf(path)];
  });
  const dist = join(root, 'dist');
  ensure(join(dist, '.stamp'), inputs, force, () => {
    rmSync(dist, { recursive: true, force: true });
    mkdirSync(dist, { recursive: true });
    const [node, tsc] = bin('typescript', 'bin/tsc');
    run('compiling the server', node, [...tsc, '-p', 'tsconfig.build.json']);
    const [, vite] = bin('vite', 'bin/vite.js');
    run('building the page', node, [...vite, 'build', '--config', 'web/vite.config.ts', '--logLevel', 'warn']);
    run('describing the API', process.execPath, [join(root, 'dist/scripts/openapi.js')]);
  });
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  prepare({ force: process.argv.includes('--force'), installOnly: process.argv.includes('--install') });
}
