import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { makeDataDir, removeDir, startServer } from '../support/server.ts';

const SERVER = '198.51.100.1';
const VICTIM = '198.51.100.2';
/** A network of its own, in which these two are not loopback, which nothing is held back from. */
const NETWORK = `ip link set lo up; ip address add ${SERVER}/24 dev lo; ip address add ${VICTIM}/24 dev lo; exec "$@"`;
const NAMES = 300;

/** A visitor's worst: as many names as there may be, each with as much as fits into one packet. */
function worstZone(): string {
  const text = Array.from({ length: 4 }, () => `"${'x'.repeat(250)}"`).join(' ');
  const names = Array.from({ length: NAMES }, (_, i) => `n${i} 300 IN TXT ${text}`);
  return `$ORIGIN worst.test.\n@ 300 IN SOA ns host 1 3600 600 604800 60\n@ 300 IN NS ns\nns 300 IN A ${SERVER}\n${names.join('\n')}\n`;
}

/** Asks for one name after the other for three seconds, and counts octets; the arguments are where it asks, and from where. */
const FLOOD = `
  import { createSocket } from 'node:dgram';
  const [server, port, victim] = process.argv.slice(1);
  const socket = createSocket('udp4');
  const count = { asked: 0, sent: 0, answers: 0, received: 0 };
  socket.on('message', (answer) => { count.answers++; count.received += answer.length; });
  await new Promise((resolve) => socket.bind(0, victim, resolve));
  socket.setRecvBufferSize(1 << 21);
  const header = Buffer.from('123400000001000000000001', 'hex');
  const rest = Buffer.from('05776f7273740474657374000010000100002904d0000000000000', 'hex');
  for (const end = Date.now() + 3000; Date.now() < end; await new Promise((resolve) => setTimeout(resolve, 5)))
    for (let i = 0; i < 50; i++) {
      const label = 'n' + (count.asked++ % ${NAMES});
      const query = Buffer.concat([header, Buffer.from([label.length]), Buffer.from(label), rest]);
      count.sent += query.length;
      socket.send(query, Number(port), server);
    }
  await new Promise((resolve) => setTimeout(resolve, 300));
  console.log(JSON.stringify(count));
  process.exit();
`;

it('with three hundred names of large records whoever is sent our answers gets no more octets than it took to ask', async () => {
  const dataDir = makeDataDir();
  const zonesDir = join(dataDir, 'zones');
  mkdirSync(zonesDir);
  writeFileSync(join(zonesDir, 'worst.test.zone'), worstZone());
  const flood = async (limit: string) => {
    const settings = { DIGPIT_DNS_HOST: SERVER, DIGPIT_ZONES_DIR: zonesDir, DIGPIT_RRL_PER_SECOND: limit };
    const server = await startServer(settings, dataDir, ['unshare', '--net', 'sh', '-c', NETWORK, 'sh']);
    const inside = ['--net', '--target', String(server.process.pid), process.execPath, '--input-type=module', '-e', FLOOD];
    const told = execFileSync('nsenter', [...inside, SERVER, String(server.dnsPort), VICTIM], { encoding: 'utf8' });
    await server.stop();
    return JSON.parse(told) as { asked: number; sent: number; answers: number; received: number };
  };
  try {
    const free = await flood('0');
    expect(free.received).toBeGreaterThan(5 * free.sent);
    const { asked, answers, sent, received } = await flood('200');
    expect(asked).toBeGreaterThan(5000);
    // Half of what is held back goes out without records, for those who really ask.
    expect(answers).toBeGreaterThan(asked / 3);
    // A second more than the flood lasts, for what it begins with.
    expect(received).toBeLessThan(sent + 4 * 200 * 1232);
  } finally {
    removeDir(dataDir);
  }
});

const DIST = fileURLToPath(new URL('../../dist/server', import.meta.url));

/**
 * Begins as a visitor, puts in a large record, makes a key, and asks with it in the name of the victim, each time anew, for three
 * seconds; then the same with a key that is nobody's.
 */
const SIGNED_FLOOD = `
  import { createSocket } from 'node:dgram';
  const [dist, page, server, port, victim] = process.argv.slice(1);
  const { Signer } = await import(dist + '/tsig/signature.js');
  const { algorithmOf } = await import(dist + '/tsig/algorithms.js');
  const { Name } = await import(dist + '/wire/name.js');
  let cookie = '';
  const call = async (path, body) => {
    const headers = { cookie, 'content-type': 'application/json' };
    const reply = await fetch(page + path, { method: 'POST', headers, body: JSON.stringify(body) });
    cookie ||= reply.headers.getSetCookie()[0].split(';')[0];
    return reply.json();
  };
  const { zone } = await call('/api/session', {});
  await call('/api/records', { name: 'big', type: 'TXT', ttl: 60, text: 'x'.repeat(900) });
  const made = await call('/api/keys', { kind: 'tsig', label: 'k', algorithm: 'hmac-sha256', rights: ['transfer'] });
  const key = { name: Name.fromText('k.' + zone), algorithm: algorithmOf('hmac-sha256'), secret: Buffer.from(made.secret, 'base64') };
  const stranger = { ...key, name: Name.fromText('nobody.' + zone) };
  const question = [...('big.' + zone).split('.').slice(0, -1).flatMap((label) => [label.length, ...Buffer.from(label)]), 0];
  const query = Buffer.concat([Buffer.from('123400000001000000000001', 'hex'), Buffer.from(question), Buffer.from('001000010000291000000000000000', 'hex')]);
  const flood = async (signedWith) => {
    const socket = createSocket('udp4');
    const count = { asked: 0, sent: 0, answers: 0, received: 0, longest: 0 };
    socket.on('message', (answer) => {
      count.answers++;
      count.received += answer.length;
      count.longest = Math.max(count.longest, answer.length);
    });
    await new Promise((resolve) => socket.bind(0, victim, resolve));
    socket.setRecvBufferSize(1 << 21);
    for (const end = Date.now() + 3000; Date.now() < end; await new Promise((resolve) => setTimeout(resolve, 5)))
      for (let i = 0; i < 10; i++) {
        query.writeUInt16BE(count.asked++ & 0xffff, 0);
        const message = new Signer(signedWith).sign(new Uint8Array(query), Math.floor(Date.now() / 1000));
        count.sent += message.length;
        socket.send(message, Number(port), server);
      }
    await new Promise((resolve) => setTimeout(resolve, 300));
    socket.close();
    return count;
  };
  console.log(JSON.stringify([await flood(key), await flood(stranger)]));
  process.exit();
`;

it('signed queries, which anybody can send who has a subdomain, are held back as all others are', async () => {
  const dataDir = makeDataDir();
  const flood = async (limit: string) => {
    const settings = { DIGPIT_DNS_HOST: SERVER, DIGPIT_RRL_PER_SECOND: limit };
    const server = await startServer(settings, dataDir, ['unshare', '--net', 'sh', '-c', NETWORK, 'sh']);
    const inside = [
      '--net',
      '--target',
      String(server.process.pid),
      process.execPath,
      '--input-type=module',
      '-e',
      SIGNED_FLOOD,
    ];
    const places = [DIST, server.page, SERVER, String(server.dnsPort), VICTIM];
    const told = execFileSync('nsenter', [...inside, ...places], { encoding: 'utf8' });
    await server.stop();
    return JSON.parse(told) as Record<'asked' | 'sent' | 'answers' | 'received' | 'longest', number>[];
  };
  try {
    const [free] = await flood('0');
    expect(free!.longest).toBeGreaterThan(900);
    expect(free!.received).toBeGreaterThan(2 * free!.sent);
    for (const { answers, sent, received } of await flood('20')) {
      // So many a second, and as many for what it begins with; a slow machine takes longer.
      expect(answers).toBeGreaterThan(0);
      expect(answers).toBeLessThan(20 * 10);
      expect(received).toBeLessThan(sent);
    }
  } finally {
    removeDir(dataDir);
  }
});
