/**
 * `npm run doctor -- [--backup=DIR] [--page=NAME]`: looks at an installation from inside, with the settings of its server, and says what to do:
 * ports, certificates, data, disk, memory, the table of networks, backup, and where there is a network what the world sees. Exit code 1 when something is
 * to be done.
 */
import { parseArgs } from 'node:util';
import { loadSettings, run } from '../settings.ts';
import { checkHttps, checkTls } from './certificate.ts';
import type { Finding } from './finding.ts';
import { checkBackup, checkData, checkMemory, checkSettings } from './machine.ts';
import { checkDns, checkPage } from './service.ts';
import { checkWorld } from './world.ts';

const MARKS: Record<Finding['state'], string> = { ok: '  ok', skipped: '   -', bad: 'TODO' };

await run(async () => {
  const { values } = parseArgs({ options: { backup: { type: 'string' }, page: { type: 'string' } } });
  const config = loadSettings();
  const findings = [
    await checkPage(config),
    ...(await checkDns(config)),
    ...(await checkTls(config)),
    // As in docker-compose.yml.
    ...(await checkHttps(values.page ?? process.env['PAGE_NAME'])),
    ...checkData(config),
    checkBackup(values.backup),
    ...checkMemory(config),
    ...checkSettings(config),
    ...(await checkWorld(config)),
  ];
  for (const { state, what } of findings) console.log(`${MARKS[state]}  ${what}`);
  const todo = findings.filter(({ state }) => state === 'bad').length;
  console.log(todo === 0 ? '\nAll is well.' : `\n${todo} ${todo === 1 ? 'thing is' : 'things are'} to be done.`);
  process.exit(todo === 0 ? 0 : 1);
});
