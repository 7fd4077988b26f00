import { expect, it } from 'vitest';
import type { QueryDetailJson } from '../../server/http/protocol.ts';
import { digCommand } from './dig.ts';

const page = new URL('https://digpit.example/below/');
const dns = { host: '192.0.2.53', port: 53, tlsPort: 853 };
const query = { flags: ['RD', 'AD'], edns: { udpSize: 1232, options: [{ name: 'COOKIE' }] } };
const asked = (transport: string) =>
  ({ qname: 'www.otter1.digpit.example.', qtype: 'A', qclass: 'IN', transport, query }) as unknown as QueryDetailJson;

it.each([
  ['udp', 'dig @192.0.2.53 www.otter1.digpit.example A'],
  ['tcp', 'dig @192.0.2.53 www.otter1.digpit.example A +tcp'],
  ['tls', 'dig @192.0.2.53 -p 853 www.otter1.digpit.example A +tls'],
  ['https', 'dig @digpit.example -p 443 www.otter1.digpit.example A +https'],
])('what came over %s is asked again in the same way', (transport, line) => {
  expect(digCommand(asked(transport), dns, page)).toBe(line);
});
