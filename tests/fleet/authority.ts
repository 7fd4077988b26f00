import { spawnSync } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

interface Jws {
  protected: string;
  payload: string;
}

/** What requests bring, each its own. */
interface Payload {
  identifiers?: { value: string }[];
  csr?: string;
}

interface Header {
  jwk?: Record<string, string>;
}

/** One name that a client wants to have in its certificate. */
interface Challenge {
  readonly name: string;
  readonly token: string;
  isValid: boolean;
}

/**
 * An authority that certifies names for whoever answers DNS-01 (RFC 8555 §8.4), so that clients can be run to their end. It does not
 * check signatures of requests; it does look into the DNS.
 */
export class Authority {
  private readonly dir = mkdtempSync(join(tmpdir(), 'digpit-authority-'));
  private readonly challenges: Challenge[] = [];
  private readonly readTxt: (name: string) => Promise<string[]>;
  private readonly server = createServer((request, response) => void this.handle(request, response));
  private thumbprint = '';
  private isIssued = false;
  /** Names that were certified. */
  readonly certified: string[] = [];

  constructor(readTxt: (name: string) => Promise<string[]>) {
    this.readTxt = readTxt;
    this.openssl('req -x509 -newkey rsa:2048 -nodes -subj /CN=test -days 2 -keyout ca.key -out ca.pem');
  }

  async start(): Promise<string> {
    this.server.listen(0, '127.0.0.1');
    await once(this.server, 'listening');
    return `${this.base}/directory`;
  }

  stop(): void {
    this.server.close();
    rmSync(this.dir, { recursive: true });
  }

  private get base(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  private async handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    let text = '';
    for await (const piece of request) text += String(piece);
    const { protected: header, payload } = (text === '' ? { protected: 'e30', payload: '' } : JSON.parse(text)) as Jws;
    const [, path, id] = request.url!.split('/');
    response.setHeader('Replay-Nonce', randomBytes(16).toString('base64url'));
    const [status, body, location] = await this.answer(path!, Number(id), decode<Header>(header), decode<Payload>(payload));
    if (location !== undefined) response.setHeader('Location', `${this.base}/${location}`);
    response.writeHead(status, {
      'content-type': typeof body === 'string' ? 'application/pem-certificate-chain' : 'application/json',
    });
    response.end(typeof body === 'string' ? body : JSON.stringify(body));
  }

  private async answer(path: string, id: number, header: Header, payload: Payload): Promise<[number, unknown, string?]> {
    switch (path) {
      case 'directory':
        return [200, Object.fromEntries(['newNonce', 'newAccount', 'newOrder'].map((name) => [name, `${this.base}/${name}`]))];
      case 'newAccount':
        this.thumbprint = thumbprintOf(header.jwk!);
        return [201, { status: 'valid' }, 'account/1'];
      case 'newOrder':
        for (const { value } of payload.identifiers!) {
          this.challenges.push({ name: value, token: randomBytes(16).toString('base64url'), isValid: false });
        }
        return [201, this.order(), 'order/1'];
      case 'authorization':
        return [200, this.authorization(id)];
      case 'challenge':
        await this.check(this.challenges[id]!);
        return [200, this.authorization(id).challenges[0]];
      case 'order':
        return [200, this.order()];
      case 'finalize':
        this.sign(payload.csr!);
        return [200, this.order(), 'order/1'];
      case 'certificate':
        return [200, readFileSync(join(this.dir, 'leaf.pem'), 'utf8') + readFileSync(join(this.dir, 'ca.pem'), 'utf8')];
      default:
        return [200, {}];
    }
  }

  private order() {
    const isReady = this.challenges.every(({ isValid }) => isValid);
    return {
      status: this.isIssued ? 'valid' : isReady ? 'ready' : 'pending',
      identifiers: this.challenges.map(({ name }) => ({ type: 'dns', value: name })),
      authorizations: this.challenges.map((_, i) => `${this.base}/authorization/${i}`),
      finalize: `${this.base}/finalize`,
      ...(this.isIssued && { certificate: `${this.base}/certificate` }),
    };
  }

  private authorization(id: number) {
    const { name, token, isValid } = this.challenges[id]!;
    const status = isValid ? 'valid' : 'pending';
    return {
      status,
      identifier: { type: 'dns', value: name.replace(/^\*\./, '') },
      ...(name.startsWith('*.') && { wildcard: true }),
      challenges: [{ type: 'dns-01', status, url: `${this.base}/challenge/${id}`, token }],
    };
  }

  private async check(challenge: Challenge): Promise<void> {
    const expected = createHash('sha256').update(`${challenge.token}.${this.thumbprint}`).digest('base64url');
    const found = await this.readTxt(`_acme-challenge.${challenge.name.replace(/^\*\./, '')}`);
    challenge.isValid = found.includes(expected);
  }

  private sign(csr: string): void {
    writeFileSync(join(this.dir, 'csr.der'), Buffer.from(csr, 'base64url'));
    this.openssl('req -in csr.der -inform DER -out csr.pem');
    this.openssl(
      'x509 -req -in csr.pem -CA ca.pem -CAkey ca.key -CAcreateserial -days 1 -copy_extensions copyall -out leaf.pem',
    );
    this.isIssued = true;
    this.certified.push(...this.challenges.map(({ name }) => name));
  }

  private openssl(line: string): void {
    const { status, stderr } = spawnSync('openssl', line.split(' '), { cwd: this.dir, encoding: 'utf8' });
    if (status !== 0) throw new Error(`openssl ${line}: ${stderr}`);
  }
}

function decode<T>(text: string): T {
  return text === '' ? ({} as T) : (JSON.parse(Buffer.from(text, 'base64url').toString()) as T);
}

/** RFC 7638: the members that are needed, in the order of the alphabet. */
function thumbprintOf({ crv, e, kty, n, x, y }: Record<string, string>): string {
  const members = kty === 'RSA' ? { e, kty, n } : { crv, kty, x, y };
  return createHash('sha256').update(JSON.stringify(members)).digest('base64url');
}
