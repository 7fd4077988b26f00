import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { App } from './app.ts';
import { readConfig, unknownSettings } from './config.ts';
import { makeLogger } from './logger.ts';
import { forgetStart, limitHeap } from './memory.ts';

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
const { startApp } = await import('./app.ts');
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
process.stdout.write(`Digpit ${version} is ready.
  The page:  ${app.page}
  DNS:       ${addresses}, UDP and TCP, below ${config.baseDomain.toText()}
  Data:      ${config.dataDir}
`);

// What is rare at the start, but follows soon, such as the first page, is to be over by then.
setTimeout(forgetStart, 2000).unref();

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

/** What went wrong at the start, and what to do, for the faults that people meet. */
function explain(error: unknown): string {
  const { code, message, address, port } = error as NodeJS.ErrnoException & { address?: string; port?: number };
  switch (code) {
    case 'EADDRINUSE':
      return `${address} port ${port} is taken by another program: stop that, or set DIGPIT_DNS_PORT or DIGPIT_HTTP_PORT`;
    case 'EADDRNOTAVAIL':
      return `${address} is not an address of this machine: set DIGPIT_DNS_HOST or DIGPIT_HTTP_HOST to one that is`;
    case 'EACCES':
      return port === undefined
        ? `no permission: ${message}`
        : `no permission for port ${port}: ports below 1024 are for root or CAP_NET_BIND_SERVICE`;
    case 'SQLITE_CORRUPT':
    case 'SQLITE_NOTADB':
      return `the database is damaged (${message}): restore it from a backup, or move digpit.sqlite out of DIGPIT_DATA_DIR to begin anew`;
    case 'SQLITE_BUSY':
      return `another program is at work in DIGPIT_DATA_DIR (${message}): one folder is for one Digpit; end the other, or give this one another`;
    case 'SQLITE_CANTOPEN':
    case 'SQLITE_READONLY':
      return `the database cannot be opened or written (${message}): see to the permissions of DIGPIT_DATA_DIR`;
    default:
      return message;
  }
}
