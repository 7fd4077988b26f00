/** Prints .env.example from the table of settings: `node dist/scripts/env-example.js > .env.example`. */
import { SETTINGS } from '../server/settings.ts';

console.log(
  '# Every setting with its default. Copy to .env and uncomment what you change; the environment goes before the file.',
);
for (const { name, default: value, help } of Object.values(SETTINGS)) {
  console.log(`\n${help.replace(/^/gm, '# ')}\n# ${name}=${value}`);
}
