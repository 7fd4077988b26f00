import { existsSync } from 'node:fs';

/** Scripts that people are told to run, by their names for npm, and their files. */
const FILES = { 'asn:update': 'update-asn', backup: 'backup', doctor: 'doctor/main', restore: 'restore' } as const;

/** Where npm runs scripts it makes them first. The image has what is made, and neither this nor npm. From server/ or dist/server/. */
const HAS_NPM = ['..', '../..'].some((root) => existsSync(new URL(`${root}/scripts/prepare.mjs`, import.meta.url)));

/** The line that runs a script where this runs: with npm, or in the image. `alone`: beside a server that does not run. */
export function commandOf(script: keyof typeof FILES, args = '', alone = false, hasNpm = HAS_NPM): string {
  if (hasNpm) return args === '' ? `npm run ${script}` : `npm run ${script} -- ${args}`;
  const how = alone ? 'run --rm' : 'exec';
  return `docker compose ${how} digpit node dist/scripts/${FILES[script]}.js ${args}`.trimEnd();
}

/** What is done for settings to be taken over, behind the word "set". */
export function whereToSet(hasNpm = HAS_NPM): string {
  return hasNpm ? 'in .env (with systemd in /etc/digpit/digpit.env) and start it anew' : 'in .env, then "docker compose up -d"';
}
