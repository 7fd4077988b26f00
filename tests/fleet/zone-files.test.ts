import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { HistoryJson } from '../../server/http/protocol.ts';
import type { NewKeyJson } from '../../server/http/key-protocol.ts';
import { RDATA_TYPES } from '../../server/wire/rdata.ts';
import { askServer } from '../support/dns-client.ts';
import { runScript, type Ended } from '../support/script.ts';
import { removeDir, startServer, Visitor, type RunningServer } from '../support/server.ts';

const OPERATOR = 'the-token-of-the-operator';
let server: RunningServer;
let visitor: Visitor;
let zone: string;
let text: string;

beforeAll(async () => {
  server = await startServer({ DIGPIT_OPERATOR_TOKEN: OPERATOR });
  visitor = new Visitor(server.page);
  ({ zone } = await visitor.begin());
  expect(await importText(zone, EVERYTHING)).toMatchObject({ code: 0 });
  text = (await exportZone(zone)).said;
});
afterAll(async () => {
  await server.stop();
  removeDir(server.dataDir);
});

/** A record of every type, owners and texts of all octets, wildcards, a delegation with glue. */
const EVERYTHING = String.raw`
@ 300 SOA ns1.digpit.test. host\.master.digpit.test. 7 3600 600 604800 60
@ 300 NS ns1.digpit.test.
@ 300 MX 10 mail
@ 300 MX 0 .
@ 300 CAA 128 issue "ca.example; a=\"b\""
@ 300 HTTPS 1 . alpn="h2,h3" ipv4hint=192.0.2.1 ipv6hint=2001:db8::1
@ 300 TXT "v=spf1 -all"
@ 300 DNSKEY 257 3 13 mdsswUyr3DPW132mOi8V9xESWE8jTo0dxCjjnopKl+GqJxpVXckHAeF+KkxLbxILfDLUT0rAK9iUzy1L53eKGQ==
@ 300 CDNSKEY 0 3 0 AA==
@ 300 CDS 0 0 0 00
@ 300 NSEC3PARAM 1 0 0 -
@ 300 CSYNC 66 3 A NS AAAA
* 60 A 192.0.2.9
*.deep.wild 60 TXT "any"
a 60 A 192.0.2.1
a 60 AAAA 2001:db8::1
mail 60 A 192.0.2.25
alias 60 CNAME www.example.
tree 60 DNAME example.net.
sub 60 NS ns.sub
sub 60 DS 60485 8 2 D4B7D520E7BB5F0F67674A0CCEB1E3E0614B93C4F9E99B8383F6A1E4469DA50A
ns.sub 60 A 192.0.2.53
afsdb 60 AFSDB 1 a.test.
apl 60 APL 1:192.0.2.0/24 !2:2001:db8::/32
cert 60 CERT PKIX 1 RSASHA256 AQID
dhcid 60 DHCID AAIBY2/AuCccgoJbsaxcQc9TUapptP69lOjxfNuVAA2kjEA=
eui48 60 EUI48 00-00-5e-00-53-2a
eui64 60 EUI64 00-00-5e-ef-10-00-00-2a
hinfo 60 HINFO "PC \"x\"" ""
hip 60 HIP 2 200100107B1A74DF365639CC39F1D578 AwEAAbdxyhNuSutc5EMzxTs9LBPCIkOFH8cIvM4p9+LrV4e19WzK00+CI6zBCQTdtWsuxKbWIy87UOoJTwkUs7lBu+Upr1gsNrut79ryra+bSRGQb1slImA8YVJyuIDsj7kwzG7jnERNqnWxZ48AWkskmdHaVDP4BcelrTI3rMXdXF5D a.test. b.test.
ipseckey 60 IPSECKEY 10 1 2 192.0.2.38 AQNRU3mG7TVTO2BkR47usntb102uFJtugbo6BSGvgqt4AQ==
kx 60 KX 10 a.test.
l32 60 L32 10 10.1.2.0
l64 60 L64 10 2001:db8:1140:1000
loc 60 LOC 42 21 54.000 N 71 6 18.000 W -24.00m 30m 10000m 10m
lp 60 LP 10 l64
naptr 60 NAPTR 100 10 "u" "E2U+sip" "!^(.*)$!sip:\\1@a.test!" .
nid 60 NID 10 14:4fff:ff20:ee64
nsec 60 NSEC a.test. A NSEC TYPE65280
2t7b4g4vsa5smi47k61mv5bv1a22bojr 60 NSEC3 1 1 12 AABB 2T7B4G4VSA5SMI47K61MV5BV1A22BOJR A
openpgpkey 60 OPENPGPKEY AQID
ptr 60 PTR a.test.
rp 60 RP a\@b.test. .
rrsig 60 RRSIG A 13 3 300 20300131120000 20300101000000 7 test. AQIDBAUGBwgJCgsMDQ4PEBESExQVFhcYGRobHB0eHyAhIiMkJSYnKCkqKywtLi8wMTIzNDU2Nzg5Ojs8PT4/QA==
_443._tcp 60 TLSA 3 1 1 D2ABDE240D7CD3EE6B4B28C54DF034B97983A1D16E8A410E4561CB106618E971
_smimea 60 SMIMEA 3 0 0 3082
spf 60 SPF "v=spf1 -all"
_srv._tcp 60 SRV 1 2 443 a.test.
sshfp 60 SSHFP 4 2 D2ABDE240D7CD3EE6B4B28C54DF034B97983A1D16E8A410E4561CB106618E971
_svcb 60 SVCB 0 svc.example.
uri 60 URI 10 1 "https://a.test/?q=\"x\""
zonemd 60 ZONEMD 1 1 241 ABABABABABABABABABABABAB
unknown 60 TYPE65280 \# 4 0a000001
nothing 60 TYPE65281 \# 0
null 60 NULL \# 3 010101
odd\.dot.a\\b 60 TXT "dot, backslash"
q\"\;\(\)\@\$ 60 TXT "\"quoted\" ; ( ) @ $ \\"
\000\001\127\128\255 60 TXT "\000\009\010\013\031\127\128\195\188\255" ""
sp\032ace 60 PTR x\032y.sp\009ace
long 60 TXT "${'x'.repeat(255)}" "${'y'.repeat(255)}" "${'\\200'.repeat(255)}"
${`${'l'.repeat(63)}.`.repeat(3)}${'z'.repeat(30)} 2147483647 TXT "far away"
zero 0 A 192.0.2.2
zero 0 A 192.0.2.1
CaSe 60 TXT "CaSe"
`;

const exportZone = (name: string, ...args: string[]) => script('zone-export', name, ...args);

/** Runs a script as the operator. */
const script = (which: string, ...args: string[]): Promise<Ended> =>
  runScript(which, ['--url', server.page, ...args], { DIGPIT_OPERATOR_TOKEN: OPERATOR });

async function importText(name: string, of: string | Buffer, ...args: string[]): Promise<Ended> {
  const file = join(server.dataDir, 'import.zone');
  writeFileSync(file, of);
  return script('zone-import', name, file, ...args);
}

/** Runs another's program over a file with the zone; gives what it prints of it. */
function read(command: string, args: (file: string) => string[]): string {
  const file = join(server.dataDir, 'export.zone');
  writeFileSync(file, text);
  const { status, stdout, stderr } = spawnSync(command, args(file), { encoding: 'utf8', maxBuffer: 1 << 24 });
  expect([status, status === 0 ? '' : stdout + stderr]).toEqual([0, '']);
  return stdout;
}

/** The serial of the zone in a text counts on; all else has to be the same. */
const withoutSerial = (of: string) => of.replace(/(SOA +\S+ \S+) \d+/, '$1 N');

describe('a zone with a record of every type', () => {
  it('is that', () => {
    const types = new Set([...text.matchAll(/^\S+ +\d+ IN (\S+)/gm)].map(([, type]) => type!.replace('TYPE55', 'HIP')));
    expect(RDATA_TYPES.map(({ mnemonic }) => mnemonic).filter((type) => !types.has(type))).toEqual([]);
  });

  it('is what named-checkzone reads, and what it prints is the same zone', async () => {
    const printed = read('named-compilezone', (file) => ['-k', 'ignore', '-n', 'ignore', '-o', '-', zone, file]);
    read('named-checkzone', (file) => ['-k', 'ignore', zone, file]);
    expect((await importText(zone, printed, '--dry-run')).said).toMatch(/^0 taken away, 0 brought, 0 left out/);
  });

  it('is what kzonecheck reads', () => {
    read('kzonecheck', (file) => ['-o', zone, file]);
  });

  it('is what ldns-read-zone reads, and what it prints is the same zone', async () => {
    const printed = read('ldns-read-zone', (file) => [file]);
    expect((await importText(zone, printed, '--dry-run')).said).toMatch(/^0 taken away, 0 brought, 0 left out/);
  });

  it('comes back as it was into one that is empty, and is answered at once', async () => {
    expect(await visitor.call('DELETE', '/api/records')).toMatchObject({ status: 204 });
    expect((await askServer(server.dnsPort, `hinfo.${zone}`, 'HINFO')).rcode).toBe('NXDOMAIN');
    expect(await importText(zone, text)).toMatchObject({ code: 0 });
    expect((await askServer(server.dnsPort, `hinfo.${zone}`, 'HINFO')).answer.length).toBe(1);
    expect(withoutSerial((await exportZone(zone)).said)).toBe(withoutSerial(text));
    const { edits } = (await visitor.call<HistoryJson>('GET', '/api/history')).body;
    expect(edits[0]).toMatchObject({ kind: 'text', key: '@operator' });
  });

  it('is moved into another, but for what is of no use there', async () => {
    const other = (await new Visitor(server.page).begin()).zone;
    const moved = await importText(other, text, '--from', zone);
    expect(moved.said).toMatch(/RRSIG .* line \d+, left out: of no use in another zone\n/);
    const stays = / (SOA|NS ns1\.digpit\.test\.|RRSIG|NSEC|NSEC3|NSEC3PARAM|DNSKEY|CDS|CDNSKEY|ZONEMD) ?/;
    const plain = (of: string, origin: string) =>
      of
        .replaceAll(origin, 'ZONE')
        .replaceAll(/ +/g, ' ')
        .split('\n')
        .filter((line) => !stays.test(line));
    expect(plain((await exportZone(other)).said, other)).toEqual(plain(text, zone));
  });
});

describe('the scripts', () => {
  it('write to a file, and read from standard input', async () => {
    const file = join(server.dataDir, 'written.zone');
    expect(await exportZone(zone, file)).toEqual({ code: 0, said: '' });
    expect(withoutSerial(readFileSync(file, 'utf8'))).toBe(withoutSerial(text));
    const { stdout } = spawnSync('node', ['dist/scripts/zone-import.js', zone, '-', '--add', '--url', server.page], {
      input: 'piped 60 A 192.0.2.77\n',
      env: { ...process.env, DIGPIT_OPERATOR_TOKEN: OPERATOR },
      encoding: 'utf8',
    });
    expect(stdout).toMatch(/^\+ piped 60 A 192\.0\.2\.77\n0 taken away, 1 brought, 0 left out; the serial is \d+\n$/);
  });

  it('show with --dry-run what would change, and change nothing', async () => {
    const before = await exportZone(zone);
    const seen = await importText(zone, 'dry 60 A 192.0.2.1\n', '--add', '--dry-run');
    expect(seen).toMatchObject({ code: 0, said: expect.stringContaining('+ dry 60 A 192.0.2.1\n') });
    expect(seen.said).toContain('nothing was changed');
    expect(await exportZone(zone)).toEqual(before);
  });

  it('tell every fault with its line, and change nothing', async () => {
    const before = await exportZone(zone);
    const { code, said } = await importText(
      zone,
      'ok 60 A 192.0.2.1\nbad 60 A 300.1\nworse 60 MX mail\n\nfar.example. 60 A 192.0.2.1\n',
    );
    expect(code).toBe(1);
    expect(said).toMatch(/import\.zone:2:\d+: .*\n.*import\.zone:3:\d+: [^]*import\.zone:5:1: [^]*Nothing was changed/);
    const latin = await importText(zone, Buffer.from('a 60 TXT "ok"\nb 60 TXT "\xfc"\n', 'latin1'));
    expect(latin).toMatchObject({ code: 1, said: expect.stringMatching(/import\.zone:2:11: an octet that is not UTF-8/) });
    expect(await exportZone(zone)).toEqual(before);
  });

  it('do it with a token of the zone too, for that zone', async () => {
    const { secret } = (await visitor.call<NewKeyJson>('POST', '/api/keys', { kind: 'token', label: 'files' })).body;
    const other = (await new Visitor(server.page).begin()).zone;
    const as = (of: string) => runScript('zone-export', [of, '--url', server.page], { DIGPIT_ZONE_TOKEN: secret });
    expect(withoutSerial((await as(zone)).said)).toContain(withoutSerial(text).split('\n')[1]);
    expect(await as(other)).toMatchObject({ code: 1, said: expect.stringContaining(`This is for ${zone.slice(0, -1)}`) });
    expect(await runScript('zone-export', [zone, '--url', server.page])).toMatchObject({ code: 1 });
    expect(await exportZone('nobody1')).toMatchObject({ code: 1, said: expect.stringContaining('no') });
  });
});
