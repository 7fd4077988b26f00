import type { AskedJson, PracticeId, QuestionJson } from '../../server/http/asking-protocol.ts';
import type { FaultJson } from '../../server/http/protocol.ts';
import { ApiError, errorText, type Api } from '../api.ts';
import { PRACTICE_NAMES } from '../practice/names.ts';
import { strings } from '../strings/strings.ts';

/** Whom to ask: this server in one of three ways, one of its practice resolvers, or another resolver by its address. */
export type Target =
  | { readonly kind: 'udp' | 'tcp' | 'https' }
  | { readonly kind: 'practice'; readonly id: PracticeId }
  | { readonly kind: 'resolver'; readonly url: string };

/** What came of asking one of them: an answer, or a sentence that says why there is none. */
export type Outcome =
  { readonly target: Target; readonly asked: AskedJson } | { readonly target: Target; readonly fault: string };

export function keyOf(target: Target): string {
  if (target.kind === 'practice') return target.id;
  return target.kind === 'resolver' ? target.url : target.kind;
}

export function nameOf(target: Target): string {
  const words = strings.ask;
  if (target.kind === 'resolver') return new URL(target.url).host;
  if (target.kind === 'practice') return PRACTICE_NAMES[target.id];
  return { udp: words.here, tcp: words.hereTcp, https: words.doh }[target.kind];
}

/** Makes the query once and asks all targets with it at the same time. Faults when there is no such query. */
export async function askAll(
  api: Api,
  question: QuestionJson,
  targets: readonly Target[],
): Promise<Outcome[] | readonly FaultJson[]> {
  const { octets } = await api.makeQuery(question);
  return Promise.all(
    targets.map((target) =>
      askOne(api, octets, target).then(
        (asked) => ({ target, asked }),
        (error: unknown) => ({ target, fault: errorText(error) }),
      ),
    ),
  );
}

function askOne(api: Api, octets: string, target: Target): Promise<AskedJson> {
  if (target.kind === 'https') return askOverHttps(api, octets);
  if (target.kind === 'practice') return api.ask({ octets, practice: target.id });
  return api.ask(target.kind === 'resolver' ? { octets, resolver: target.url } : { octets, transport: target.kind });
}

const MEDIA_TYPE = 'application/dns-message';

/** DNS over HTTPS from this browser, RFC 8484 §4.1. The octets are taken apart where all are. */
async function askOverHttps(api: Api, octets: string): Promise<AskedJson> {
  const body = Uint8Array.from(octets.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
  const start = performance.now();
  const response = await fetch('dns-query', { method: 'POST', headers: { 'content-type': MEDIA_TYPE }, body }).catch(() => {
    throw new ApiError(0, { code: 'unreachable', message: strings.errors.unreachable });
  });
  if (!response.ok)
    throw new ApiError(response.status, { code: 'unreadable', message: strings.errors.unreadable(response.status) });
  const answer = new Uint8Array(await response.arrayBuffer());
  const took = Math.round((performance.now() - start) * 1000);
  const hex = Array.from(answer, (octet) => octet.toString(16).padStart(2, '0')).join('');
  const [query, read] = await Promise.all([api.readMessage({ octets }), api.readMessage({ octets: hex })]);
  return { query, response: read, took };
}
