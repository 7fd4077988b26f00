import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { BELOW_ADDRESS, startSmallInternet, type SmallInternet } from './internet.ts';

/** What a zone on loopback cannot have otherwise, and why. */
const OF_LOOPBACK: Readonly<Record<string, string>> = {
  NAMESERVER_IP_PRIVATE_NETWORK: 'the name servers have addresses of 127.0.0.0/8, and have to',
};

interface Finding {
  readonly level: string;
  readonly tag: string;
  readonly testcase: string;
  readonly args: Readonly<Record<string, unknown>>;
}

const root = mkdtempSync(join(tmpdir(), 'digpit-zonemaster-'));
let internet: SmallInternet;
beforeAll(async () => {
  internet = await startSmallInternet(root);
});
afterAll(async () => {
  await internet.stop();
  rmSync(root, { recursive: true, force: true });
});

/** What Zonemaster finds of level NOTICE and above. */
function examine(zone: string): Finding[] {
  const options = ['--no-ipv6', '--hints', internet.hints, '--level', 'NOTICE', '--json', '--no-progress', '--no-time'];
  const { stdout, stderr } = spawnSync('zonemaster-cli', [...options, zone.slice(0, -1)], { encoding: 'utf8' });
  if (!stdout.startsWith('[')) throw new Error(`zonemaster-cli: ${stdout}${stderr}`);
  return JSON.parse(stdout) as Finding[];
}

it('Zonemaster finds nothing above NOTICE that is ours', { timeout: 120_000 }, () => {
  for (const zone of internet.zones) {
    const findings = examine(zone);
    const lines = findings.map(({ level, testcase, tag, args }) => `  ${level} ${testcase} ${tag} ${JSON.stringify(args)}\n`);
    process.stdout.write(`${zone}\n${lines.join('')}`);
    // Something is always found, such as that the zone is not signed: an empty list would mean that nothing was asked.
    expect(findings.map(({ tag }) => tag)).toContain('NOT_SIGNED');
    expect(findings.filter(({ level, tag }) => level !== 'NOTICE' && !(tag in OF_LOOPBACK))).toEqual([]);
  }
});

/** The header line, the flags, the OPT and the rest of what `dig` prints. */
function dig(options: string): string {
  const { stdout } = spawnSync('dig', [`@${BELOW_ADDRESS}`, '+norec', ...options.split(' ')], { encoding: 'utf8' });
  return stdout;
}

/** The questions of RFC 8906 §8 as it puts them, and what must and must not stand in what `dig` prints. */
const QUESTIONS: [question: string, options: string, must: RegExp[], mustNot: RegExp[]][] = [
  [
    '§8.1.1 the zone is served',
    '+noedns +noad soa zone.test',
    [/status: NOERROR/, /flags:[ a-z]* aa/, /ANSWER: 1,/],
    [/flags:[ a-z]* (rd|ad|ra)/],
  ],
  [
    '§8.1.2 unknown types',
    '+noedns +noad type1000 zone.test',
    [/status: NOERROR/, /flags:[ a-z]* aa/, /ANSWER: 0,/],
    [/flags:[ a-z]* (rd|ad)/],
  ],
  ['§8.1.3.1 CD', '+noedns +noad +cd soa zone.test', [/status: NOERROR/, /ANSWER: 1,/], [/flags:[ a-z]* (rd|ad)/]],
  ['§8.1.3.1 AD', '+noedns +ad soa zone.test', [/status: NOERROR/, /ANSWER: 1,/], [/flags:[ a-z]* (rd|ad)/]],
  ['§8.1.3.2 reserved bit', '+noedns +noad +zflag soa zone.test', [/status: NOERROR/, /ANSWER: 1,/], [/MBZ/]],
  ['§8.1.3.3 RD', '+noedns +noad +rec soa zone.test', [/status: NOERROR/, /flags:[ a-z]* rd/], [/flags:[ a-z]* (ad|ra)/]],
  [
    '§8.1.4 unknown opcodes',
    '+noedns +noad +opcode=15 +header-only zone.test',
    [/status: NOTIMP/, /ANSWER: 0,/, /opcode: RESERVED15/],
    [/ANSWER: 1,/],
  ],
  ['§8.1.5 TCP', '+noedns +noad +tcp soa zone.test', [/status: NOERROR/, /ANSWER: 1,/, /\(TCP\)/], []],
  ['§8.2.1 EDNS', '+edns=0 +nocookie soa zone.test', [/status: NOERROR/, /EDNS: version: 0/], [/flags:[ a-z]* (rd|ad)/]],
  [
    '§8.2.2 unknown version',
    '+edns=1 +noednsneg +nocookie soa zone.test',
    [/status: BADVERS/, /ANSWER: 0,/, /EDNS: version: 0/],
    [/ANSWER: 1,/],
  ],
  ['§8.2.3 unknown option', '+edns=0 +nocookie +ednsopt=100 soa zone.test', [/status: NOERROR/, /ANSWER: 1,/], [/OPT=100/]],
  ['§8.2.4 unknown flags', '+edns=0 +nocookie +ednsflags=0x40 soa zone.test', [/status: NOERROR/, /ANSWER: 1,/], [/MBZ/]],
  [
    '§8.2.5 version, flag',
    '+edns=1 +noednsneg +nocookie +ednsflags=0x40 soa zone.test',
    [/status: BADVERS/, /ANSWER: 0,/, /version: 0/],
    [/MBZ/],
  ],
  [
    '§8.2.6 version, option',
    '+edns=1 +noednsneg +nocookie +ednsopt=100 soa zone.test',
    [/status: BADVERS/, /ANSWER: 0,/, /version: 0/],
    [/OPT=100/],
  ],
  [
    '§8.2.7 truncated',
    '+edns=0 +nocookie +dnssec +bufsize=512 +ignore dnskey zone.test',
    [/status: NOERROR/, /EDNS: version: 0/],
    [],
  ],
  ['§8.2.8 DO', '+edns=0 +nocookie +dnssec soa zone.test', [/status: NOERROR/, /flags: do/, /ANSWER: 1,/], []],
  [
    '§8.2.9 many options',
    '+edns=0 +cookie +nsid +expire +subnet=0.0.0.0/0 soa zone.test',
    [/status: NOERROR/, /NSID:.*"below"/, /COOKIE: [0-9a-f]{48} \(good\)/],
    [],
  ],
];

describe('the questions of RFC 8906 §8, asked with dig', () => {
  it.each(QUESTIONS)('%s', (_, options, must, mustNot) => {
    const said = dig(options);
    for (const pattern of must) expect(said).toMatch(pattern);
    for (const pattern of mustNot) expect(said).not.toMatch(pattern);
  });
});
