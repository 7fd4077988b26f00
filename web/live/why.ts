import type { MessageJson, WhyJson } from '../../server/http/protocol.ts';
import { withoutFinalDot } from '../format.ts';
import { strings } from '../strings/strings.ts';

/** A sentence about an answer, and where it is written that it must be so. */
export interface Reason {
  readonly text: string;
  readonly rfc: string;
}

/** Why a response is what it is: what the zone said of the name, and what became of it on the way. */
export function explain(why: WhyJson, query: MessageJson, response: MessageJson | null): Reason[] {
  const [{ name, type } = { name: '', type: '' }] = query.question;
  const words = strings.why;
  const reasons = [...found(why, withoutFinalDot(name), type, response), ...(response ? refused(why, response.rcode) : [])];
  if (why.limited) reasons.push({ text: words.limited, rfc: '' });
  else if (response?.flags.includes('TC')) {
    reasons.push({ text: words.truncated(query.edns?.udpSize ?? 512), rfc: 'RFC 2181 §9' });
  }
  return reasons;
}

function found(why: WhyJson, name: string, type: string, response: MessageJson | null): Reason[] {
  const { reason, wildcard } = why;
  const encloser = withoutFinalDot(why.encloser);
  const words = strings.why;
  const star = 'RFC 4592 §3.3';
  switch (reason) {
    case 'exact':
      return [
        wildcard
          ? { text: words.exactWildcard(name, type, encloser), rfc: star }
          : { text: words.exact(name, type), rfc: 'RFC 1034 §4.3.2' },
      ];
    case 'cname':
      return alias(name, wildcard ? encloser : '', response);
    case 'dname':
      return [{ text: words.dname(name, encloser), rfc: 'RFC 6672 §3.2' }];
    case 'referral':
      return [{ text: words.referral(encloser), rfc: 'RFC 1034 §4.3.2' }];
    case 'nodata':
      return [{ text: wildcard ? words.nodataWildcard(name, type, encloser) : words.nodata(name, type), rfc: 'RFC 2308 §2.2' }];
    case 'empty':
      return [{ text: words.empty(name), rfc: 'RFC 4592 §2.2.2' }];
    case 'nxdomain':
      return [{ text: words.nxdomain(name, encloser), rfc: 'RFC 8020 §2' }];
    case 'parent':
      return [{ text: words.parent(name), rfc: 'RFC 4035 §3.1.4.1' }];
    case 'elsewhere':
      return [{ text: words.elsewhere, rfc: '' }];
    case 'none':
      return [];
  }
}

/** An alias, and whether what it leads to stands behind it. */
function alias(name: string, star: string, response: MessageJson | null): Reason[] {
  const words = strings.why;
  const answers = response?.answer ?? [];
  const target = withoutFinalDot(answers.find(({ type }) => type === 'CNAME')?.content ?? '?');
  const first = star === '' ? words.cname(name, target) : words.cnameWildcard(name, target, star);
  const isKnown = answers.some(({ type }) => type !== 'CNAME') || (response?.authority.length ?? 0) > 0;
  return [
    { text: first, rfc: star === '' ? 'RFC 1034 §3.6.2' : 'RFC 4592 §3.3.3' },
    { text: isKnown ? words.followed : words.notFollowed, rfc: 'RFC 1034 §4.3.2' },
  ];
}

function refused({ reason }: WhyJson, rcode: string): Reason[] {
  const words = strings.why;
  if (reason !== 'none') return [];
  const known: Record<string, Reason> = {
    REFUSED: { text: words.refused, rfc: 'RFC 1035 §4.1.1' },
    FORMERR: { text: words.formerr, rfc: 'RFC 1035 §4.1.1' },
    NOTIMP: { text: words.notimp, rfc: 'RFC 1035 §4.1.1' },
    BADVERS: { text: words.badvers, rfc: 'RFC 6891 §6.1.3' },
  };
  const sentence = known[rcode];
  return sentence ? [sentence] : [];
}

/** Where an RFC can be read, from `RFC 2308 §5`, or from `RFC 2782`, which has no numbered sections. */
export function rfcLink(rfc: string): string {
  const [, number, section] = /^RFC (\d+)(?: §([\d.]+))?$/.exec(rfc) ?? [];
  return `https://www.rfc-editor.org/rfc/rfc${number}${section ? `#section-${section}` : ''}`;
}
