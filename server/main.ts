import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { App } from './app.ts';
import { readConfig, unknownSettings } from './config.ts';
import { STDOUT } from './feeds/place.ts';
import { giveBack, limitHeap } from './memory.ts';

// From dist/server/main.js: the root of the project.
const root = fileURLToPath(new URL('../..', import.meta.url));
const { version } = JSON.parse(readFileSync(`${root}/package.json`, 'utf8')) as { version: string };

if (existsSync(`${root}/.env`)) process.loadEnvFile(`${root}/.env`);
const config = readConfig(process.env);
if (Array.isArray(config)) {
  for (const { message } of config) process.stderr.write(`digpit: ${message}\n`);
  process.exit(1);
}
await limitHeap(config.memoryBytes, fileURLToPath(import.meta.url));
// Only here, because until here all is done twice.
const { startApp } = await import('./app.ts');
const { explain } = await import('./explanation.ts');
const { makeLogger } = await import('./logger.ts');
const logger = makeLogger(config.logLevel);
for (const name of unknownSettings(process.env)) logger.warn(`${name} is not a setting; .env.example has those that are`);

let app: App;
try {
  app = await startApp(config, { root, webDir: fileURLToPath(new URL('../web', import.meta.url)), version }, logger);
} catch (error) {
  process.stderr.write(`digpit: ${explain(error)}\n`);
  process.exit(1);
}

process.on('SIGHUP', () => app.reload());
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, stop);

const addresses = app.dns.map(({ address, port }) => `${address} port ${port}`).join(', ');
const overTls = app.tls.map(({ address, port }) => `  Over TLS:  ${address} port ${port}\n`).join('');
const reports = app.reportsAt.map((place) => `  Reports:   ${place}\n`).join('');
// Standard output is for queries alone, where they go there.
const told = config.jsonOut === STDOUT ? process.stderr : process.stdout;
told.write(`Digpit ${version} is ready.
  The page:  ${app.page}
  DNS:       ${addresses}, UDP and TCP, below ${config.baseDomain.toText()}
${overTls}${reports}  Data:      ${config.dataDir}
`);

void giveBack();

/** A second signal does not wait for the first to be done. */
function stop(): void {
  process.once('SIGINT', () => process.exit(1));
  app.stop().then(
    () => process.exit(0),
    (error: unknown) => {
      logger.error({ err: error }, 'stopping failed');
      process.exit(1);
    },
  );
}
