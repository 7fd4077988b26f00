import { expect, it } from 'vitest';
import { commandOf, whereToSet } from './command.ts';

it('names the command that works where it is said', () => {
  expect(commandOf('asn:update')).toBe('npm run asn:update');
  expect(commandOf('backup', '/srv/backup', false, true)).toBe('npm run backup -- /srv/backup');
  expect(commandOf('asn:update', '', false, false)).toBe('docker compose exec digpit node dist/scripts/update-asn.js');
  expect(commandOf('restore', 'DIR --yes', true, false)).toBe(
    'docker compose run --rm digpit node dist/scripts/restore.js DIR --yes',
  );
  expect([whereToSet(true), whereToSet(false)]).toEqual([
    expect.stringContaining('digpit.env'),
    expect.stringContaining('docker compose up -d'),
  ]);
});
