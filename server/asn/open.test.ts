import { mkdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { answerOf, partsOf, tableOf, withFolder } from '../../tests/asn/table.ts';
import { parseAddress } from './address.ts';
import { openTable, PACKED_FILE } from './open.ts';
import { encodeParts, writePackedFile } from './packed-file.ts';
import { SwappableTable } from './swappable.ts';

const FALLBACK = '8.8.8.0/24\t15169\tGOOGLE\tUS\tpublic resolver\tGoogle Public DNS\n';
const address = parseAddress('8.8.8.8')!;

async function packed(name: string, lines = 1): Promise<Uint8Array> {
  const text = Array.from({ length: lines }, (_, i) => `8.8.${8 + i}.0\t8.8.${8 + i}.255\t${i + 1}\tUS\t${name}\n`).join('');
  return encodeParts(await partsOf({ 'a.tsv': text }));
}

function ask(table: SwappableTable): string {
  const { asn, country, name } = table.entry(table.lookup(address, 0, 4));
  return `${asn} ${country} ${name}`;
}

async function withData(
  use: (paths: { dataDir: string; networksFile: string; file: string }) => void | Promise<void>,
): Promise<void> {
  await withFolder(async (folder) => {
    const networksFile = join(folder, 'networks.tsv');
    writeFileSync(networksFile, FALLBACK);
    await use({ dataDir: folder, networksFile, file: join(folder, PACKED_FILE) });
  });
}

test('without a packed file the list is the table, and that is told', async () => {
  await withData((paths) => {
    const { table, problems } = openTable(paths);
    expect(ask(table)).toBe('15169 US GOOGLE');
    expect(table.isPacked).toBe(false);
    expect(table.known?.find(address, 0, 4, 15169)?.brand).toBe('Google Public DNS');
    expect(problems).toEqual([expect.stringMatching(/no table of networks is built yet/)]);
  });
});

test('with a sound packed file that one is the table', async () => {
  await withData(async (paths) => {
    writePackedFile(paths.file, await packed('NEW'));
    const { table, problems } = openTable(paths);
    expect(problems).toEqual([]);
    expect(ask(table)).toBe('1 US NEW');
    expect(table.isPacked).toBe(true);
  });
});

test('with a damaged packed file the list is the table, and that is told', async () => {
  await withData(async (paths) => {
    writeFileSync(paths.file, (await packed('NEW')).slice(0, -8));
    const { table, problems } = openTable(paths);
    expect(ask(table)).toBe('15169 US GOOGLE');
    expect(problems).toEqual([expect.stringMatching(/asn\.bin has \d+ octets where its header says.*hand-written list/)]);
  });
});

test('nothing at all is no failure either', async () => {
  await withData((paths) => {
    mkdirSync(paths.file);
    const { table, problems } = openTable({ dataDir: paths.dataDir, networksFile: join(paths.dataDir, 'nowhere') });
    expect(table.lookup(address, 0, 4)).toBe(-1);
    expect(problems).toHaveLength(2);
  });
});

test('reload swaps to a new file, keeps the table when the new one is damaged or gone, and does nothing twice', async () => {
  await withData(async (paths) => {
    writePackedFile(paths.file, await packed('ONE'));
    const { table } = openTable(paths);
    expect(table.reload()).toEqual({ outcome: 'unchanged' });

    writePackedFile(paths.file, await packed('TWO', 2));
    expect(table.reload()).toMatchObject({ outcome: 'swapped', ranges: 2 });
    expect(ask(table)).toBe('1 US TWO');
    expect(table.size).toBe(2);

    writeFileSync(paths.file, 'no table');
    utimesSync(paths.file, 1, 1);
    expect(table.reload()).toMatchObject({ outcome: 'refused', problem: expect.stringMatching(/is not a packed table/) });
    expect(ask(table)).toBe('1 US TWO');
    // Told once: a timer that finds the same bad file every minute has nothing new to say.
    expect(table.reload()).toEqual({ outcome: 'unchanged' });

    rmSync(paths.file);
    expect(table.reload()).toEqual({ outcome: 'missing' });
    expect(ask(table)).toBe('1 US TWO');

    writePackedFile(paths.file, await packed('THREE'));
    expect(table.reload()).toMatchObject({ outcome: 'swapped' });
    expect(ask(table)).toBe('1 US THREE');
  });
});

test('no look-up fails between any two steps of a replacement', async () => {
  await withData(async (paths) => {
    writePackedFile(paths.file, await packed('N0'));
    const { table } = openTable(paths);
    for (let i = 1; i <= 20; i++) {
      writePackedFile(paths.file, await packed(`N${i}`, i), true);
      expect(ask(table)).toBe(`1 US N${i - 1}`);
      table.reload();
      expect(ask(table)).toBe(`1 US N${i}`);
    }
  });
});

test('a swappable table says of its table what the table says', async () => {
  const table = await tableOf({ 'a.tsv': '8.8.8.0\t8.8.8.255\t15169\tUS\tGOOGLE\n' });
  const swappable = new SwappableTable('nowhere', table);
  expect(answerOf(table, address)).toBe('15169|US|GOOGLE');
  const handle = swappable.lookup(address, 0, 4);
  expect([swappable.asnOf(handle), swappable.countryOf(handle)]).toEqual([15169, 0x5553]);
  expect([swappable.byteLength, swappable.size]).toEqual([table.byteLength, table.size]);
});

test('everybody who watches is told of another table', async () => {
  await withData(async (paths) => {
    const { table } = openTable(paths);
    const told: number[] = [];
    table.watch(({ size }) => told.push(size));
    table.watch(({ size }) => told.push(-size));
    writePackedFile(paths.file, await packed('A'));
    expect(table.reload().outcome).toBe('swapped');
    expect(told).toEqual([table.size, -table.size]);
  });
});
