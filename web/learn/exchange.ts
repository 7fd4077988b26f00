import type { AskedJson } from '../../server/http/asking-protocol.ts';
import type { QueryDetailJson } from '../../server/http/protocol.ts';
import type { Whom } from './experiment.ts';
import { relative, type Exchange } from './world.ts';

const subnetOf = (query: AskedJson['query']): string =>
  query.edns?.options.find(({ name }) => name === 'CLIENT_SUBNET')?.value ?? '';

/** A query of the log; null when it is about no name of the zone. */
export function fromLog(detail: QueryDetailJson, zone: string): Exchange | null {
  const { id: logged, query, response, transport: whom, source } = detail;
  const name = relative(detail.qname, zone);
  if (name === null) return null;
  const by = { source: source.address, asker: source.brand ?? '' };
  return { name, type: detail.qtype, query, response, whom, logged, cached: null, subnet: subnetOf(query), ...by };
}

/** What this page asked and was told; null when nothing came back, or it was about another zone. */
export function fromPage({ query, response, practice }: AskedJson, whom: Whom, zone: string): Exchange | null {
  const [question] = query.question;
  const name = question && relative(question.name, zone);
  if (!response || !question || name === undefined || name === null) return null;
  const { type } = question;
  const cached = practice?.cached ?? null;
  return { name, type, query, response, whom, logged: null, cached, subnet: subnetOf(query), source: '', asker: '' };
}
