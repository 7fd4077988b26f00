import Database from 'better-sqlite3';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, it } from 'vitest';
import { askServer } from '../support/dns-client.ts';
import { makeDataDir, removeDir, startServer, Visitor, type RunningServer } from '../support/server.ts';

/** How often it is killed: 200 times on demand. */
const KILLS = Number(process.env['KILLS'] ?? 8);
/** Milliseconds of work between a start and the kill. */
const WORK_MS = [30, 600] as const;
/** Processor time that a start may take on a machine with much else to do, in seconds; left alone it takes less than two. */
const START_SECONDS = 4;
const NAMES = 40;

let server: RunningServer;
const dataDir = makeDataDir();

afterEach(async () => {
  await server.stop('SIGKILL');
  removeDir(dataDir);
});

/** What a name has: text, or null for nothing. */
type Text = string | null;
interface RecordJson {
  id: number;
  name: string;
  type: string;
  text?: string;
}

/** Somebody who edits without rest, and knows what was acknowledged. */
class Editor {
  /** What was acknowledged last, by name. */
  readonly known = new Map<string, Text>();
  /** What was asked for and not answered. */
  readonly open = new Map<string, Text>();
  acknowledged = 0;
  private readonly ids = new Map<string, number>();

  async work(visitor: Visitor, isOver: () => boolean): Promise<void> {
    for (let n = Math.floor(Math.random() * NAMES); !isOver(); n = (n + 7) % NAMES) {
      const name = `n${n}`;
      if (this.open.has(name)) continue;
      const text: Text = this.ids.has(name) && Math.random() < 0.2 ? null : `t${Math.random()}`;
      this.open.set(name, text);
      if (await this.edit(visitor, name, text).catch(() => false)) this.acknowledge(name, text);
    }
  }

  private acknowledge(name: string, text: Text): void {
    this.open.delete(name);
    this.known.set(name, text);
    this.acknowledged++;
  }

  private async edit(visitor: Visitor, name: string, text: Text): Promise<boolean> {
    const id = this.ids.get(name);
    const body = { name, type: 'TXT', ttl: 60, text };
    if (text === null) {
      const { status } = await visitor.call('DELETE', `/api/records/${id}`);
      if (status === 204) this.ids.delete(name);
      return status === 204;
    }
    const [method, path] = id === undefined ? ['POST', '/api/records'] : ['PUT', `/api/records/${id}`];
    const reply = await visitor.call<{ id: number }>(method!, path!, body);
    const done = reply.status === 200 || reply.status === 201;
    if (done) this.ids.set(name, reply.body.id);
    return done;
  }

  /** Compares with what is there after a start. What was not answered may have been done or not. */
  async compare(visitor: Visitor): Promise<void> {
    const { body } = await visitor.call<{ records: RecordJson[] }>('GET', '/api/records');
    const there = new Map(body.records.filter(({ type }) => type === 'TXT').map((record) => [record.name, record]));
    for (const [name, text] of this.open) {
      const found = there.get(name)?.text ?? null;
      expect([this.known.get(name) ?? null, text]).toContain(found);
      this.known.set(name, found);
    }
    this.open.clear();
    const texts = [...this.known].map(([name, text]) => [name, there.get(name)?.text ?? null, text]);
    expect(texts.filter(([, found, wanted]) => found !== wanted)).toEqual([]);
    this.ids.clear();
    for (const [name, { id }] of there) this.ids.set(name, id);
  }
}

/** Somebody who asks without rest, each name once. */
class Asker {
  /** Numbers of the queries that were answered, in order. */
  readonly answered: number[] = [];
  private next = 0;

  async work(zone: string, isOver: () => boolean): Promise<void> {
    while (!isOver()) {
      const number = this.next++;
      const answer = await askServer(server.dnsPort, `q${number}.${zone}`, 'A').catch(() => null);
      if (answer !== null) this.answered.push(number);
    }
  }

  /** The log holds all that was answered but for the last. Returns how many are missing since `from`. */
  async compare(visitor: Visitor, from: number): Promise<number> {
    const logged = new Set<number>();
    for (let before: number | undefined; ;) {
      const query = before === undefined ? '' : `&before=${before}`;
      const { body } = await visitor.call<{ queries: { id: number; qname: string }[]; more: boolean }>(
        'GET',
        `/api/queries?limit=500${query}`,
      );
      for (const { qname } of body.queries) logged.add(Number(/^q(\d+)\./.exec(qname)?.[1]));
      before = body.queries.at(-1)?.id;
      if (!body.more || before === undefined) break;
    }
    const since = this.answered.slice(from);
    const lost = since.filter((number) => !logged.has(number));
    // The newest, one behind the other: nothing from the middle.
    expect(lost).toEqual(since.slice(since.length - lost.length));
    return lost.length;
  }
}

function processorSeconds(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]!.split(' ');
  return (Number(fields[11]) + Number(fields[12])) / 100;
}

it(`${KILLS} times kill -9 under load and edits: what was acknowledged is there`, { timeout: KILLS * 30_000 }, async () => {
  server = await startServer({}, dataDir);
  const person = new Visitor(server.page);
  const { zone, key } = await person.begin();
  const editor = new Editor();
  const asker = new Asker();
  let lost = 0;
  let slowest = 0;
  for (let kill = 0; kill < KILLS; kill++) {
    const visitor = new Visitor(server.page);
    expect((await visitor.call('POST', '/api/session', { key })).status).toBe(200);
    const from = asker.answered.length;
    let over = false;
    const isOver = () => over;
    const work = [editor.work(visitor, isOver), editor.work(visitor, isOver), asker.work(zone, isOver)];
    await new Promise((resolve) => setTimeout(resolve, WORK_MS[0] + Math.random() * (WORK_MS[1] - WORK_MS[0])));
    const dead = server.stop('SIGKILL');
    over = true;
    await Promise.all([dead, ...work]);

    server = await startServer({}, dataDir);
    slowest = Math.max(slowest, processorSeconds(server.process.pid!));
    expect(server.said()).not.toContain('damaged');
    const again = new Visitor(server.page);
    await again.call('POST', '/api/session', { key });
    await editor.compare(again);
    lost = Math.max(lost, await asker.compare(again, from));
    const db = new Database(join(dataDir, 'digpit.sqlite'), { readonly: true });
    expect(db.pragma('integrity_check', { simple: true })).toBe('ok');
    db.close();
  }
  expect(editor.acknowledged).toBeGreaterThan(KILLS);
  expect(asker.answered.length).toBeGreaterThan(KILLS);
  expect(slowest).toBeLessThan(START_SECONDS);
  process.stdout.write(
    `${KILLS} kills: ${editor.acknowledged} edits acknowledged, all there; of ${asker.answered.length} queries answered ` +
      `the newest ${lost} at most unlogged; a start took ${slowest} s of the processor at most\n`,
  );
});
