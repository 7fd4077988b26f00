/**
 * `npm run operator -- list | search TEXT | show NAME | suspend NAME | resume NAME | delete NAME`: looks after the subdomains of the
 * server that runs with these settings, with the token of DIGPIT_OPERATOR_TOKEN. NAME is a subdomain, such as otter1. Exit code 1
 * when it could not be done.
 */
import { callServer, serverAddress } from './server-call.ts';
import { loadSettings, run, Stop } from './settings.ts';

const USAGE = 'usage: npm run operator -- list | search TEXT | show NAME | suspend NAME | resume NAME | delete NAME';
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
  const settings = loadSettings();
  const { operatorToken } = settings;
  if (operatorToken === null) throw new Stop('DIGPIT_OPERATOR_TOKEN is not set, here or for the server: see .env.example');
  const call = async (method: string, path: string) => {
    const text = await callServer(`${serverAddress(settings)}/api/operator/${path}`, operatorToken, method);
    return text === '' ? null : (JSON.parse(text) as unknown);
  };
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
