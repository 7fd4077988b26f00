import { AT, u16At } from '../wire/header.ts';
import { HEADER_SIZE, MAX_MESSAGE } from '../wire/limits.ts';

const MEDIA_TYPE = 'application/dns-message';
const TIMEOUT_MS = 5000;
/** For how long a resolver that did not answer is said to be away. */
const AWAY_MS = 60_000;

/** Public resolvers, asked over DNS over HTTPS (RFC 8484), and which of them could not be reached lately. */
export class Resolvers {
  private readonly urls: readonly string[];
  private readonly clock: { now(): number };
  private readonly away = new Map<string, { since: number; fault: string }>();

  constructor(urls: readonly string[], clock: { now(): number }) {
    this.urls = urls;
    this.clock = clock;
  }

  list(): { url: string; fault?: string }[] {
    return this.urls.map((url) => {
      const away = this.away.get(url);
      return away !== undefined && this.clock.now() - away.since < AWAY_MS ? { url, fault: away.fault } : { url };
    });
  }

  has(url: string): boolean {
    return this.urls.includes(url);
  }

  /** The response of a resolver to a query, or why there is none in a sentence for people. */
  async ask(url: string, query: Uint8Array): Promise<Uint8Array | string> {
    const answer = await fetchAnswer(url, query);
    if (typeof answer === 'string') this.away.set(url, { since: this.clock.now(), fault: answer });
    else this.away.delete(url);
    return answer;
  }
}

async function fetchAnswer(url: string, query: Uint8Array): Promise<Uint8Array | string> {
  const host = new URL(url).host;
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': MEDIA_TYPE, accept: MEDIA_TYPE },
      body: Buffer.from(query),
      redirect: 'error',
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    if (!response.ok) return `${host} answered with HTTP status ${response.status}.`;
    const octets = await readMessage(response);
    if (octets === null) return `${host} sent more than a DNS message can have.`;
    const isAnswer = octets.length >= HEADER_SIZE && u16At(octets, AT.ID) === u16At(query, AT.ID);
    return isAnswer ? octets : `${host} sent something that is no answer to this query.`;
  } catch (error) {
    if (error instanceof DOMException && error.name === 'TimeoutError') {
      return `${host} did not answer within ${TIMEOUT_MS / 1000} seconds.`;
    }
    return `${host} cannot be reached from this server${reasonOf(error)}.`;
  }
}

/** The body, or null as soon as it is longer than a message: what is announced may be a lie, and what is not has no end. */
async function readMessage({ body }: Response): Promise<Uint8Array | null> {
  const pieces: Uint8Array[] = [];
  let length = 0;
  for await (const piece of (body ?? []) as AsyncIterable<Uint8Array>) {
    length += piece.length;
    if (length > MAX_MESSAGE) return null;
    pieces.push(piece);
  }
  return Buffer.concat(pieces);
}

/** `: ENOTFOUND`, from the error below the one that fetch throws. */
function reasonOf(error: unknown): string {
  const { cause } = error as { cause?: { code?: unknown } };
  return typeof cause?.code === 'string' ? `: ${cause.code}` : '';
}
