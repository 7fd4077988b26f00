import { spawn, spawnSync } from 'node:child_process';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { removeDir, startServer, until, Visitor, type RunningServer } from '../support/server.ts';

interface Key {
  name: string;
  algorithm: string;
  secret: string;
}

describe.each(['auto', 'dgram'] as const)('with UDP read %s', (udp) => {
  let server: RunningServer;
  let visitor: Visitor;
  let zone: string;
  let key: Key;

  beforeAll(async () => {
    server = await startServer({ DIGPIT_UDP: udp });
    visitor = new Visitor(server.page);
    ({ zone } = await visitor.begin());
    key = (await visitor.call<Key>('POST', '/api/keys', { kind: 'tsig', label: 'tool' })).body;
  });
  afterAll(async () => {
    await server.stop();
    removeDir(server.dataDir);
  });

  const records = async () => {
    const { body } = await visitor.call<{ records: { name: string; type: string; content: string }[] }>('GET', '/api/records');
    return body.records.map(({ name, type, content }) => `${name} ${type} ${content}`);
  };

  const log = async (query: string) =>
    (
      await visitor.call<{ queries: { id: number; rcode: string; qname: string; qtype: string }[] }>(
        'GET',
        `/api/queries?${query}`,
      )
    ).body.queries;

  /** Runs a program with lines for its standard input; gives its exit code and all that it said. */
  async function run(command: string, args: string[], lines: string[]): Promise<{ code: number; said: string }> {
    const child = spawn(command, args);
    let said = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (piece: Buffer) => (said += piece.toString()));
    child.stdin.end(`${lines.join('\n')}\n`);
    return { code: await new Promise((resolve) => child.once('close', (code) => resolve(code ?? -1))), said };
  }

  const place = () => [`server 127.0.0.1 ${server.dnsPort}`];
  const keyOf = ({ algorithm, name, secret }: Key) => ['-y', `${algorithm}:${name}:${secret}`];

  it.each([[[]], [['-v']]])('nsupdate %s finds the zone, and changes it', async (options) => {
    const added = await run(
      'nsupdate',
      [...options, ...keyOf(key)],
      [...place(), `update add ns.${zone} 60 TXT "hello"`, 'send'],
    );
    expect(added).toEqual({ code: 0, said: '' });
    expect(await records()).toContain('ns TXT "hello"');
    const refused = await run(
      'nsupdate',
      [...options, ...keyOf(key)],
      [...place(), `prereq nxrrset ns.${zone} TXT`, `update delete ns.${zone}`, 'send'],
    );
    expect(refused.said).toContain('YXRRSET');
    const gone = await run('nsupdate', [...options, ...keyOf(key)], [...place(), `update delete ns.${zone} TXT`, 'send']);
    expect([gone, (await records()).some((line) => line.startsWith('ns '))]).toEqual([{ code: 0, said: '' }, false]);
  });

  it.each([[[]], [['-v']]])('knsupdate %s', async (options) => {
    const lines = [...place(), `zone ${zone}`, `update add kn.${zone} 60 A 192.0.2.1`, 'send'];
    expect(await run('knsupdate', [...options, ...keyOf(key)], lines)).toEqual({ code: 0, said: '' });
    expect(await records()).toContain('kn A 192.0.2.1');
  });

  it.each(['hmac-sha1', 'hmac-sha224', 'hmac-sha384', 'hmac-sha512'])('a key for %s', async (algorithm) => {
    const made = (await visitor.call<Key>('POST', '/api/keys', { kind: 'tsig', label: algorithm, algorithm })).body;
    expect(await run('nsupdate', keyOf(made), [...place(), `update add ${algorithm}.${zone} 60 TXT "x"`, 'send'])).toEqual({
      code: 0,
      said: '',
    });
    expect(await records()).toContain(`${algorithm} TXT "x"`);
  });

  it('a wrong key is told what is wrong, and so is its owner', async () => {
    const forged = { ...key, secret: Buffer.from('a secret that somebody guessed').toString('base64') };
    const tried = await run('nsupdate', keyOf(forged), [...place(), `zone ${zone}`, `update delete www.${zone}`, 'send']);
    expect(tried.code).not.toBe(0);
    expect(tried.said).toMatch(/BADSIG|tsig indicates error/);
    const { body } = await visitor.call<{ keys: { refused: unknown }[] }>('GET', '/api/keys');
    expect(body.keys[0]!.refused).toMatchObject({ why: 'signature', from: '127.0.0.1' });
    const row = await until(async () => (await log('code=NOTAUTH'))[0]);
    expect(row.qname).toBe(zone);
  });

  it('what strangers try gets the error of the protocol, stands in the log of the owner, and changes nothing', async () => {
    const stranger = new Visitor(server.page);
    await stranger.begin();
    const theirs = (await stranger.call<Key>('POST', '/api/keys', { kind: 'tsig', label: 'tool' })).body;
    const unknown = { ...key, name: `nobody.${zone}` };
    const change = [...place(), `zone ${zone}`, `update add stranger.${zone} 60 A 192.0.2.66`, 'send'];
    const before = await records();
    const last = (await log(''))[0]?.id ?? 0;
    const dig = (...args: string[]) => run('dig', ['@127.0.0.1', '-p', `${server.dnsPort}`, ...args], []);
    expect((await run('nsupdate', [], change)).said).toContain('REFUSED');
    expect((await run('nsupdate', keyOf(theirs), change)).said).toContain('REFUSED');
    expect((await run('nsupdate', keyOf(unknown), change)).said).toMatch(/NOTAUTH\(BADKEY\)|tsig indicates error/);
    expect((await dig(zone, 'AXFR')).said).toContain('Transfer failed');
    expect((await dig(...keyOf(theirs), zone, 'AXFR')).said).toContain('Transfer failed');
    expect((await dig(...keyOf(unknown), zone, 'AXFR')).said).toMatch(/BADKEY|Transfer failed/);
    expect((await dig(...keyOf(theirs), zone, 'IXFR=1')).said).toContain('Transfer failed');
    expect(await records()).toEqual(before);
    const told = await until(async () => {
      const rows = (await log('')).filter(({ id, rcode }) => id > last && rcode !== 'NOERROR');
      return rows.length >= 7 ? rows.map(({ rcode, qtype }) => `${qtype} ${rcode}`).sort() : undefined;
    });
    expect(told).toEqual([
      'AXFR NOTAUTH',
      'AXFR REFUSED',
      'AXFR REFUSED',
      'IXFR REFUSED',
      'SOA NOTAUTH',
      'SOA REFUSED',
      'SOA REFUSED',
    ]);
    // And who has the key learns what it was used for.
    const { keys } = (await stranger.call<{ keys: { refused: unknown }[] }>('GET', '/api/keys')).body;
    expect(keys[0]!.refused).toMatchObject({ why: 'zone', from: '127.0.0.1' });
  });

  it('dig takes the zone over TCP and checks every signature', async () => {
    const dig = (...args: string[]) =>
      spawnSync('dig', ['@127.0.0.1', '-p', `${server.dnsPort}`, ...args], { encoding: 'utf8' }).stdout;
    const taken = dig(...keyOf(key), zone, 'AXFR', '+onesoa');
    expect(taken).toContain(`XFR size:`);
    expect(taken).not.toContain("Couldn't verify signature");
    expect(dig(zone, 'AXFR')).toContain('Transfer failed');
    const signed = dig(...keyOf(key), zone, 'SOA');
    expect(signed).toContain('status: NOERROR');
    expect(signed).not.toContain("Couldn't verify");
  });

  it("certbot's plugin finds the zone, adds a challenge and takes it away", async () => {
    const challenge = (
      await visitor.call<Key>('POST', '/api/keys', {
        kind: 'tsig',
        label: 'certbot',
        algorithm: 'hmac-sha512',
        names: ['_acme-challenge', '_acme-challenge.*'],
        types: ['TXT'],
      })
    ).body;
    const script = `
import sys
from certbot_dns_rfc2136._internal.dns_rfc2136 import _RFC2136Client
import dns.tsig
port, name, secret, zone = int(sys.argv[1]), sys.argv[2], sys.argv[3], sys.argv[4]
client = _RFC2136Client('127.0.0.1', port, name, secret, dns.tsig.HMAC_SHA512)
client.add_txt_record('_acme-challenge.www.' + zone, 'token-of-the-challenge', 120)
print('added'); sys.stdout.flush(); sys.stdin.readline()
client.del_txt_record('_acme-challenge.www.' + zone, 'token-of-the-challenge')
print('deleted')
try:
    client.add_txt_record('www.' + zone, 'not allowed', 120)
except Exception as error:
    print(error)
`;
    const child = spawn('/usr/bin/python3', [
      '-c',
      script,
      `${server.dnsPort}`,
      challenge.name,
      challenge.secret,
      zone.slice(0, -1),
    ]);
    let said = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (piece: Buffer) => (said += piece.toString()));
    const ended = new Promise((resolve) => child.once('close', resolve));
    await until(() => (said.includes('added') || child.exitCode !== null ? true : undefined), 15_000);
    expect([said.trim(), await records()]).toEqual([
      'added',
      expect.arrayContaining(['_acme-challenge.www TXT "token-of-the-challenge"']),
    ]);
    child.stdin.end('\n');
    await ended;
    expect((await records()).some((line) => line.startsWith('_acme'))).toBe(false);
    expect(said).toMatch(/deleted\n.*REFUSED/);
  });

  it('what programs did stands in the history', async () => {
    const { body } = await visitor.call<{ edits: { kind: string }[] }>('GET', '/api/history');
    expect(body.edits.map(({ kind }) => kind)).toContain('update');
  });
});
