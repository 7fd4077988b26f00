import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { SETTINGS } from '../server/settings.ts';

const root = new URL('..', import.meta.url).pathname;
const read = (file: string) => readFileSync(join(root, file), 'utf8');
const PAPERS = [
  'README.md',
  'ARCHITECTURE.md',
  'CONTRIBUTING.md',
  'SECURITY.md',
  'CHANGELOG.md',
  'db/README.md',
  'docs/asn-table.md',
  'docs/secondaries.md',
  'docs/feeds.md',
  'docs/scale.md',
  'docs/backup.md',
  'docs/self-hosting.md',
  'docs/soak.md',
];
const packageJson = JSON.parse(read('package.json')) as {
  scripts: Record<string, string>;
  dependencies: Record<string, string>;
  devDependencies: Record<string, string>;
  license: string;
};

describe('README.md', () => {
  it('has every setting with its default, in the order of the table in settings.ts, and no other', () => {
    const rows = [...read('README.md').matchAll(/^\| `(DIGPIT_\w+)` \| (.*?) \|/gm)].map(([, name, value]) => [name, value]);
    expect(rows).toEqual(Object.values(SETTINGS).map(({ name, default: value }) => [name, value === '' ? '' : `\`${value}\``]));
  });

  it('has the help of every setting', () => {
    const text = read('README.md').replaceAll('`', '');
    for (const { help } of Object.values(SETTINGS))
      expect(text).toContain(help.replaceAll('\n', ' ').replaceAll('`', '').replaceAll('|', '\\|'));
  });
});

describe('the RFCs that README.md says we speak', () => {
  const rows = [...read('README.md').matchAll(/^\| (RFC \d+(?:, RFC \d+)*) \| [^|]+ \| ([^|]+) \|$/gm)];
  const linked = new Set(rows.flatMap(([, , tests]) => [...tests!.matchAll(/\]\(([^)]+)\)/g)].map(([, path]) => path!)));

  it('have each a test that there is, which names its document', () => {
    expect(rows.length).toBeGreaterThan(20);
    for (const [, documents, tests] of rows) {
      const texts = [...tests!.matchAll(/\]\(([^)]+)\)/g)].map(([, path]) => `${path} ${read(path!)}`).join('\n');
      for (const document of documents!.split(', ')) expect(texts.replace(/rfc(?=\d)/g, 'RFC '), document).toContain(document);
    }
  });

  it('are all those that have a conformance test', () => {
    const files = readdirSync(join(root, 'tests/conformance')).map((file) => `tests/conformance/${file}`);
    expect(files.filter((file) => !linked.has(file))).toEqual([]);
  });
});

describe('the papers', () => {
  it.each(PAPERS)('%s names only commands that there are', (paper) => {
    const commands = [...read(paper).matchAll(/npm run ([\w:]+)/g)].map(([, name]) => name!);
    for (const command of commands) expect(packageJson.scripts).toHaveProperty([command]);
  });

  it.each(PAPERS)('%s names only files that there are', (paper) => {
    const links = [...read(paper).matchAll(/\]\((?!https?:|#)([^)#]+)\)/g)].map(([, path]) => join(paper, '..', path!));
    const named = [...read(paper).matchAll(/`((?:server|web|db|scripts|tests|docs)\/[\w./-]+\.\w+)`/g)].map(
      ([, path]) => path!,
    );
    expect([...links, ...named].filter((path) => !existsSync(join(root, path)))).toEqual([]);
  });

  it.each([
    'docker-compose.yml',
    'docs/docker/tls.yml',
    'docs/self-hosting.md',
    'docs/backup.md',
    'docs/feeds.md',
    'docs/monitoring/alerts.yml',
    'docs/systemd/digpit.service',
    'docs/systemd/digpit-backup.service',
  ])('%s names only settings that there are', (paper) => {
    const known = new Set(Object.values(SETTINGS).map(({ name }) => name));
    const named = [...read(paper).matchAll(/DIGPIT_[A-Z\d_]+/g)].map(([name]) => name);
    expect(named.filter((name) => !known.has(name))).toEqual([]);
  });

  it('docker-compose.yml hands on every setting that the image does not fix', () => {
    const fixed = ['DIGPIT_DATA_DIR', 'DIGPIT_DNS_HOST', 'DIGPIT_HTTP_HOST', 'DIGPIT_HTTP_PORT'];
    const names = Object.values(SETTINGS).map(({ name }) => name);
    const handedOn = [...read('docker-compose.yml').matchAll(/^ {6}(DIGPIT_\w+):/gm)].map(([, name]) => name!);
    expect([...handedOn, ...fixed].sort()).toEqual(names.sort());
  });

  it('say for every dependency what it does here', () => {
    const rows = [...read('ARCHITECTURE.md').matchAll(/^\| ([^|]+) \| [^|]+ \|/gm)].map(([, packages]) =>
      packages!.split(', '),
    );
    const all = Object.keys({ ...packageJson.dependencies, ...packageJson.devDependencies });
    const isHelper = (name: string) => /^@types\/|^@sveltejs\/|^prettier-plugin/.test(name);
    expect(all.filter((name) => !isHelper(name) && !rows.flat().includes(name))).toEqual([]);
  });

  it('cite RFCs in one form only, so that one search finds every place', () => {
    for (const paper of PAPERS) expect(read(paper)).not.toMatch(/\bRFC\d|(?<![/\w])rfc ?\d{3}|RFC \d+ (section|§ )/);
  });
});

it('the licence is the one that package.json says', () => {
  expect(read('LICENSE')).toContain(`${packageJson.license} License`);
});
