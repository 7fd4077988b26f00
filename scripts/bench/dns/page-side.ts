import { connect, type Socket } from 'node:net';

/** What a busy page side asks of the server: somebody who edits, somebody who reads the log, many who watch. */
export class PageSide {
  private readonly page: string;
  private cookie = '';
  zone = '';
  private readonly watchers: Socket[] = [];
  private running = false;
  private rest = 0;
  private done: Promise<unknown> = Promise.resolve();
  private fault: Error | null = null;
  edits = 0;
  pages = 0;

  constructor(httpPort: number) {
    this.page = `http://127.0.0.1:${httpPort}`;
  }

  /** Opens the session of a new visitor. */
  async begin(): Promise<void> {
    const reply = await fetch(`${this.page}/api/session`, { method: 'POST', headers: JSON_TYPE, body: '{}' });
    this.cookie = reply.headers.getSetCookie()[0]!.split(';')[0]!;
    this.zone = ((await reply.json()) as { zone: string }).zone;
    await this.call('POST', '/api/records', { name: 'www', type: 'A', ttl: 60, address: '192.0.2.1' });
  }

  /**
   * From now on: ten edits a second, the log read in pages of 500, and `watchers` live streams that are read and thrown away. `rest`:
   * milliseconds between two edits, and between two pages.
   */
  start(watchers: number, rest = 0): void {
    this.rest = rest;
    this.running = true;
    for (let i = 0; i < watchers; i++) this.watchers.push(this.watch());
    this.done = Promise.all([this.edit(), this.read()]).catch((error: Error) => (this.fault = error));
  }

  async stop(): Promise<void> {
    this.running = false;
    await this.done;
    for (const socket of this.watchers.splice(0)) socket.destroy();
    if (this.fault !== null) throw this.fault;
  }

  async call(method: string, path: string, body?: unknown): Promise<unknown> {
    const headers = { cookie: this.cookie, ...(body !== undefined && JSON_TYPE) };
    const reply = await fetch(`${this.page}${path}`, {
      method,
      headers,
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    if (!reply.ok) throw new Error(`${method} ${path}: ${reply.status} ${await reply.text()}`);
    return reply.status === 204 ? undefined : await reply.json();
  }

  private async edit(): Promise<void> {
    for (; this.running; this.edits++) {
      const made = (await this.call('POST', '/api/records', { name: 'new', type: 'A', ttl: 60, address: '192.0.2.9' })) as {
        id: number;
      };
      await this.call('DELETE', `/api/records/${made.id}`);
      await new Promise((resolve) => setTimeout(resolve, 200 + this.rest));
    }
  }

  private async read(): Promise<void> {
    let before: number | undefined;
    for (; this.running; this.pages++) {
      const path = `/api/queries?limit=500${before === undefined ? '' : `&before=${before}`}`;
      const { queries, more } = (await this.call('GET', path)) as { queries: { id: number }[]; more: boolean };
      before = more ? queries.at(-1)!.id : undefined;
      if (this.rest > 0) await new Promise((resolve) => setTimeout(resolve, this.rest));
    }
  }

  /** A live stream on the wire only, RFC 6455 §4.1: what comes is not looked at. */
  private watch(): Socket {
    const { host, hostname, port } = new URL(this.page);
    const socket = connect(Number(port), hostname);
    const lines = [
      'GET /api/live?after=0 HTTP/1.1',
      `Host: ${host}`,
      `Origin: ${this.page}`,
      `Cookie: ${this.cookie}`,
      'Connection: Upgrade',
      'Upgrade: websocket',
      'Sec-WebSocket-Version: 13',
      'Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==',
    ];
    socket.on('error', () => {}).resume();
    socket.write(`${lines.join('\r\n')}\r\n\r\n`);
    return socket;
  }
}

const JSON_TYPE = { 'content-type': 'application/json' } as const;

/** A number of /metrics. */
export async function metric(httpPort: number, name: string): Promise<number> {
  const text = await (await fetch(`http://127.0.0.1:${httpPort}/metrics`)).text();
  return Number(new RegExp(`^${name} (\\S+)$`, 'm').exec(text)?.[1] ?? Number.NaN);
}
