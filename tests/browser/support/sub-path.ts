import { createServer, request, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { connect } from 'node:net';

/** A reverse proxy that shows the page at `target` below `prefix`, such as `/dig`, and nothing elsewhere. */
export async function startSubPath(target: string, prefix: string): Promise<{ page: string; close(): void }> {
  const { hostname, port } = new URL(target);
  const inner = (url = '') => (url.startsWith(`${prefix}/`) ? url.slice(prefix.length) : null);
  const headers = (from: IncomingMessage) => ({ ...from.headers, 'x-forwarded-prefix': prefix });
  const server: Server = createServer((from, to) => {
    const path = inner(from.url);
    if (path === null) return void to.writeHead(404).end();
    const passed = request({ hostname, port, path, method: from.method, headers: headers(from) }, (reply) => {
      to.writeHead(reply.statusCode!, reply.headers);
      reply.pipe(to);
    });
    passed.on('error', () => to.destroy());
    from.pipe(passed);
  });
  server.on('upgrade', (from, socket) => {
    const path = inner(from.url);
    if (path === null) return void socket.destroy();
    const lines = Object.entries(headers(from)).map(([name, value]) => `${name}: ${String(value)}\r\n`);
    const passed = connect(Number(port), hostname, () => {
      passed.write(`GET ${path} HTTP/1.1\r\n${lines.join('')}\r\n`);
      passed.pipe(socket).pipe(passed);
    });
    for (const end of [passed, socket]) end.on('error', () => socket.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()));
  const close = () => {
    server.close();
    server.closeAllConnections();
  };
  return { page: `http://127.0.0.1:${(server.address() as AddressInfo).port}${prefix}/`, close };
}
