/**
 * `npm run zone:export -- NAME [FILE]`: the zone of a subdomain in master-file form, to FILE or standard output. NAME is the subdomain or its
 * whole name. `--url URL`: the server is there. The token is DIGPIT_ZONE_TOKEN, one of the zone, or that of the operator.
 */
import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { run, Stop } from './settings.ts';
import { openZone } from './zone-server.ts';

const USAGE = 'usage: npm run --silent zone:export -- NAME [FILE] [--url URL]';

await run(async () => {
  const { values, positionals } = readArguments();
  const [name, file = '-', surplus] = positionals;
  if (name === undefined || surplus !== undefined) throw new Stop(USAGE);
  const { text } = await openZone(name, values.url);
  if (file === '-') process.stdout.write(text);
  else writeFileSync(file, text);
});

function readArguments() {
  try {
    return parseArgs({ allowPositionals: true, options: { url: { type: 'string' } } });
  } catch (error) {
    throw new Stop(`${(error as Error).message}\n${USAGE}`);
  }
}
