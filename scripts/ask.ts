/**
 * `npm run ask -- NAME [TYPE] [@SERVER[:PORT]] [tcp]`: one query by way of dns2's clients, an implementation that is not ours.
 * Prints the answer; exits with 1 when there is none.
 */
import { Packet, TCPClient, UDPClient } from 'dns2';

const [words, server] = split(process.argv.slice(2));
const [name, type = 'A', transport = 'udp'] = words;
if (name === undefined || !(type.toUpperCase() in Packet.TYPE)) {
  console.error('usage: npm run ask -- NAME [TYPE] [@SERVER[:PORT]] [tcp]');
  process.exit(2);
}
const [host = '127.0.0.1', port = process.env['DIGPIT_DNS_PORT'] ?? '5354'] = server.split(':');
const client =
  transport === 'tcp' ? TCPClient({ dns: host, port: Number(port) }) : UDPClient({ dns: host, port: Number(port) });

const timeout = setTimeout(() => {
  console.error(`no answer from ${host} port ${port} within 5 seconds`);
  process.exit(1);
}, 5000);
const answer = await client(name, type.toUpperCase() as keyof typeof Packet.TYPE);
clearTimeout(timeout);
console.log(
  JSON.stringify(
    { rcode: answer.header.rcode, aa: answer.header.aa, answers: answer.answers, authorities: answer.authorities },
    null,
    2,
  ),
);

function split(args: string[]): [string[], string] {
  const at = args.find((arg) => arg.startsWith('@'));
  return [args.filter((arg) => arg !== at), at?.slice(1) ?? '127.0.0.1'];
}
