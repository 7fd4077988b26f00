/** What scripts of the operator begin with: the settings of the server, from the same places. */
import { readConfig, type Config } from '../server/config.ts';
import { loadEnvironment } from './environment.ts';

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
