/** Calls of a running server by scripts. */
import type { Config } from '../server/config.ts';
import { Stop } from './settings.ts';

/** An address to connect to, where the server listens on all. */
const LOCAL: Readonly<Record<string, string>> = { '0.0.0.0': '127.0.0.1', '::': '[::1]' };

/** Where the server with these settings answers over HTTP. */
export function serverAddress({ httpHost, httpPort }: Config): string {
  const host = LOCAL[httpHost] ?? (httpHost.includes(':') ? `[${httpHost}]` : httpHost);
  return `http://${host}:${httpPort}`;
}

/** What is wrong, as the server says it. */
interface ErrorBody {
  readonly error: { readonly message: string; readonly faults?: readonly LineFault[] };
}

/** A fault of a text, and where it lies. */
export interface LineFault {
  readonly message: string;
  readonly line?: number;
  readonly column?: number;
}

/** A call that the server refused. */
export class Refused extends Stop {
  readonly faults: readonly LineFault[];

  constructor({ message, faults = [] }: ErrorBody['error']) {
    super(message);
    this.faults = faults;
  }
}

/** Sends a request with a token and gives the body of the reply; throws `Refused` with what the server says instead. */
export async function callServer(url: string, token: string, method = 'GET', body?: object): Promise<string> {
  const headers: Record<string, string> = { authorization: `Bearer ${token}` };
  if (body !== undefined) headers['content-type'] = 'application/json';
  const response = await fetch(url, { method, headers, ...(body !== undefined && { body: JSON.stringify(body) }) }).catch(
    (error: Error) => {
      throw new Stop(`the server does not answer at ${url} (${error.message}): is it running, with these settings?`);
    },
  );
  const text = await response.text();
  if (response.ok) return text;
  throw isErrorBody(text) ? new Refused((JSON.parse(text) as ErrorBody).error) : new Stop(`${url} answers ${response.status}`);
}

/** A proxy in between may have something of its own to say. */
function isErrorBody(text: string): boolean {
  try {
    return typeof (JSON.parse(text) as Partial<ErrorBody>).error?.message === 'string';
  } catch {
    return false;
  }
}
