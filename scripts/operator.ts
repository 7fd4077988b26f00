/**
 * `npm run operator -- list | search TEXT | show NAME | suspend NAME | resume NAME | delete NAME`: looks after the subdomains of the
 * server that runs with these settings, with the token of DIGPIT_OPERATOR_TOKEN. NAME is a subdomain, such as otter1. Exit code 1
 * when it could not be done.
 */
import { loadSettings, run, Stop } from './settings.ts';

const USAGE = 'usage: npm run operator -- list | search TEXT | show NAME | suspend NAME | resume NAME | delete NAME';
/** An address to connect to, where the server listens on all. */
const LOCAL: Readonly<Record<string, string>> = { '0.0.0.0': '127.0.0.1', '::': '[::1]' };

interface Account {
  id: number;
  label: string;
  createdAt: number;
  seenAt: number;
  suspendedAt: number | null;
  records: number | { name: string; ttl: number; type: string; content: string }[];
}

await run(async () => {
  const [command = '', what = ''] = process.argv.slice(2);
  const { httpHost, httpPort, operatorToken } = loadSettings();
  if (operatorToken === null) throw new Stop('DIGPIT_OPERATOR_TOKEN is not set, here or for the server: see .env.example');
  const host = LOCAL[httpHost] ?? (httpHost.includes(':') ? `[${httpHost}]` : httpHost);
  const call = (method: string, path: string) =>
    callServer(`http://${host}:${httpPort}/api/operator/${path}`, method, operatorToken);
  const path = `accounts/${encodeURIComponent(what.split('.')[0]!)}`;
  if (command === 'list') await list(call, '');
  else if (command === 'search' && what !== '') await list(call, what);
  else if (command === 'show' && what !== '') show((await call('GET', path)) as Account);
  else if ((command === 'suspend' || command === 'resume') && what !== '')
    show((await call('POST', `${path}/${command}`)) as Account);
  else if (command === 'delete' && what !== '') {
    await call('DELETE', path);
    console.log(`${what} is deleted`);
  } else throw new Stop(USAGE);
});

type Call = (method: string, path: string) => Promise<unknown>;

/** All pages, the newest first. */
async function list(call: Call, search: string): Promise<void> {
  for (let before = ''; ;) {
    const { accounts } = (await call('GET', `accounts?search=${encodeURIComponent(search)}${before}`)) as {
      accounts: Account[];
    };
    for (const account of accounts) show(account);
    if (accounts.length === 0) return;
    before = `&before=${accounts.at(-1)!.id}`;
  }
}

function show({ label, createdAt, seenAt, suspendedAt, records }: Account): void {
  const day = (time: number) => new Date(time).toISOString().slice(0, 10);
  const count = typeof records === 'number' ? records : records.length;
  const state = suspendedAt === null ? '' : `, suspended ${day(suspendedAt)}`;
  console.log(`${label}: ${count} records, made ${day(createdAt)}, owner seen ${day(seenAt)}${state}`);
  if (typeof records !== 'number')
    for (const { name, ttl, type, content } of records) console.log(`  ${name} ${ttl} ${type} ${content}`);
}

async function callServer(url: string, method: string, token: string): Promise<unknown> {
  const headers = { authorization: `Bearer ${token}` };
  const response = await fetch(url, { method, headers }).catch((error: Error) => {
    throw new Stop(`the server does not answer at ${url} (${error.message}): is it running, with these settings?`);
  });
  const text = await response.text();
  if (!response.ok) throw new Stop((JSON.parse(text) as { error: { message: string } }).error.message);
  return text === '' ? null : JSON.parse(text);
}
