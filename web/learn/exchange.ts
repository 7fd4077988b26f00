import type { AskedJson, QueryDetailJson } from '../../server/http/protocol.ts';
import type { Whom } from './experiment.ts';
import { relative, type Exchange } from './world.ts';

const subnetOf = (query: AskedJson['query']): string =>
  query.edns?.options.find(({ name }) => name === 'CLIENT_SUBNET')?.value ?? '';

/** A query of the log; null when it is about no name of the zone. */
export function fromLog(detail: QueryDetailJson, zone: string): Exchange | null {
  const { id: logged, query, response, transport: whom, source } = detail;
  const name = relative(detail.qname, zone);
  if (name === null) return null;
  return { name, type: detail.qtype, query, response, whom, logged, subnet: subnetOf(query), source: source.address };
}

/** What this page asked and was told; null when nothing came back, or it was about another zone. */
export function fromPage({ query, response }: AskedJson, whom: Whom, zone: string): Exchange | null {
  const [question] = query.question;
  const name = question && relative(question.name, zone);
  if (!response || !question || name === undefined || name === null) return null;
  return { name, type: question.type, query, response, whom, logged: null, subnet: subnetOf(query), source: '' };
}
