import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

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
