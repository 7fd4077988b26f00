/** What scripts of the operator begin with: the settings of the server, from the same places. */
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { readConfig, type Config } from '../server/config.ts';

/** From dist/scripts: the root of the project or of the image. */
export const root = fileURLToPath(new URL('../..', import.meta.url));

/** Where a server has its settings: beside the program, or where docs/systemd/digpit.service has them. */
const FILES = [`${root}/.env`, '/etc/digpit/digpit.env'];

/** Takes the settings of the server into the environment, where they are not yet. */
export function loadEnvironment(): void {
  const file = FILES.find(existsSync);
  if (file === undefined) return;
  try {
    process.loadEnvFile(file);
  } catch (error) {
    console.error(`${file} cannot be read (${(error as Error).message}): run this as root`);
    process.exit(1);
  }
}

/** The settings as the server would read them. Ends the process with every fault when there are any. */
export function loadSettings(): Config {
  loadEnvironment();
  const config = readConfig(process.env);
  if (!Array.isArray(config)) return config;
  for (const { message } of config) console.error(message);
  process.exit(1);
}

/** A sentence for whoever runs a script that cannot do what it is asked. */
export class Stop extends Error {}

/** Runs a script to its exit code: 1 with a sentence when it throws one. */
export async function run(main: () => Promise<void>): Promise<void> {
  try {
    await main();
  } catch (error) {
    console.error(error instanceof Stop ? error.message : error);
    process.exitCode = 1;
  }
}
