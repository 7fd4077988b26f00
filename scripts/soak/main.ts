/**
 * `npm run soak -- [--seconds=600] [--asn=FOLDER] [--docs] [--json=FILE]`: a machine of 465 MB, as a group of the kernel, holding
 * Digpit with the table of networks in FOLDER (or DIGPIT_ASN_DIR, or one that is made up), PowerDNS, a neighbour and restic, under
 * load; see docs/soak.md. Exit code 1 when it did not keep to what is asked of it. Linux, root, gcc, pdns-server,
 * pdns-backend-sqlite3, restic.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { run, Stop } from '../settings.ts';
import { drawChart } from './chart.ts';
import { Machine, MACHINE_MB, ROOT } from './machine.ts';
import { judge, type Soak } from './report.ts';

await run(async () => {
  const { values } = parseArgs({
    options: {
      seconds: { type: 'string', default: '600' },
      asn: { type: 'string' },
      docs: { type: 'boolean' },
      json: { type: 'string' },
    },
  });
  if (process.getuid?.() !== 0) throw new Stop('a group of the kernel wants root: run it as root, on Linux');
  const asnDir = values.asn ?? process.env['DIGPIT_ASN_DIR'];
  const soak = await new Machine(asnDir).run(Number(values.seconds));
  const { lines, failures } = judge(soak);
  for (const line of lines) console.log(line);
  if (values.json !== undefined) writeFileSync(values.json, `${JSON.stringify(soak)}\n`);
  if (values.docs === true) writeDocs(soak, lines);
  if (failures.length > 0)
    throw new Stop(`It did not keep to what is asked of it:\n${failures.map((text) => `  ${text}`).join('\n')}`);
});

/** Draws the curve, and puts what came of the run into docs/soak.md, between its marks. */
function writeDocs({ samples }: Soak, lines: readonly string[]): void {
  writeFileSync(join(ROOT, 'docs/soak.svg'), drawChart(samples, MACHINE_MB));
  const path = join(ROOT, 'docs/soak.md');
  const list = lines.map((line) => `- ${line}`).join('\n');
  const day = new Date().toISOString().slice(0, 10);
  const text = `<!-- soak: made by npm run soak -- --docs -->\n\n${day}:\n\n${list}\n\n<!-- /soak -->`;
  writeFileSync(
    path,
    readFileSync(path, 'utf8').replace(/<!-- soak:[^]*<!-- \/soak -->/, () => text),
  );
}
