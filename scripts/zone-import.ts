/**
 * `npm run zone:import -- NAME FILE`: makes the zone of a subdomain what a master file says, and tells what was taken away and brought. FILE may
 * be `-`, standard input. `--add` adds the records of the file to those that are there; `--from ORIGIN` adds those of another zone, moved
 * here; `--dry-run` changes nothing; `--url URL`: the server is there. With a fault in the file nothing is changed, and each is told with
 * its line. The token is DIGPIT_ZONE_TOKEN, one of the zone, or that of the operator.
 */
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { decodeText } from '../server/zone/text-octets.ts';
import type { LineFault } from './server-call.ts';
import { Refused } from './server-call.ts';
import { run, Stop } from './settings.ts';
import { openZone } from './zone-server.ts';

const USAGE = 'usage: npm run zone:import -- NAME FILE [--dry-run] [--add | --from ORIGIN] [--url URL]';

interface Line {
  readonly name: string;
  readonly ttl: number;
  readonly type: string;
  readonly content: string;
}

/** What the server says of an edit by text. */
interface Edit {
  readonly serial: number;
  readonly removed: readonly Line[];
  readonly added: readonly Line[];
  readonly skipped: readonly (Line & { readonly line: number; readonly reason: string })[];
  readonly faults: readonly LineFault[];
}

const REASONS: Readonly<Record<string, string>> = {
  duplicate: 'there already',
  outside: 'not of that zone',
  soa: 'the zone here has its own',
  apex_ns: 'the zone here has its own',
  signature: 'of no use in another zone',
};

await run(async () => {
  const { values, positionals } = readArguments();
  const [name, file, surplus] = positionals;
  if (name === undefined || file === undefined || surplus !== undefined || (values.add === true && values.from !== undefined))
    throw new Stop(USAGE);
  const text = readText(file);
  const zone = await openZone(name, values.url);
  const mode = values.from !== undefined ? 'import' : values.add === true ? 'add' : 'replace';
  const input = { mode, text, ...(values.from !== undefined && { from: values.from }) };
  try {
    const seen = await zone.post<Edit>('zone/preview', input);
    if (seen.faults.length > 0) throw new Refused({ message: 'Nothing was changed.', faults: seen.faults });
    // For the zone that was looked at, and no other.
    const done = values['dry-run'] === true ? seen : await zone.post<Edit>('zone', { ...input, serial: seen.serial });
    tell(done, values['dry-run'] === true);
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    throw new Stop([...error.faults.map((fault) => faultLine(file, fault)), error.message].join('\n'));
  }
});

function readArguments() {
  try {
    return parseArgs({
      allowPositionals: true,
      options: {
        add: { type: 'boolean' },
        from: { type: 'string' },
        'dry-run': { type: 'boolean' },
        url: { type: 'string' },
      },
    });
  } catch (error) {
    throw new Stop(`${(error as Error).message}\n${USAGE}`);
  }
}

function readText(file: string): string {
  let octets: Buffer;
  try {
    octets = readFileSync(file === '-' ? 0 : file);
  } catch (error) {
    throw new Stop((error as Error).message);
  }
  const text = decodeText(octets);
  if (typeof text === 'string') return text;
  throw new Stop(`${faultLine(file, text)}\nNothing was changed.`);
}

function faultLine(file: string, { line, column, message }: LineFault): string {
  const place = line === undefined ? '' : `${line}:${column}:`;
  return `${file === '-' ? 'standard input' : file}:${place} ${message}`;
}

function tell({ serial, removed, added, skipped }: Edit, isDry: boolean): void {
  const show = ({ name, ttl, type, content }: Line) => `${name} ${ttl} ${type} ${content}`;
  for (const line of removed) console.log(`- ${show(line)}`);
  for (const line of added) console.log(`+ ${show(line)}`);
  for (const line of skipped) console.log(`  ${show(line)}   line ${line.line}, left out: ${REASONS[line.reason]}`);
  const counts = `${removed.length} taken away, ${added.length} brought, ${skipped.length} left out`;
  console.log(isDry ? `${counts}; nothing was changed, the serial is ${serial}` : `${counts}; the serial is ${serial}`);
}
