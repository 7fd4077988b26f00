import { CLASS, OPTION, TYPE } from '../wire/codes.ts';
import { Name } from '../wire/name.ts';
import type { Query } from '../wire/query.ts';
import { SECTION, type ResponseWriter } from '../wire/response.ts';
import type { Rrset } from '../zone/rrset.ts';

/** What a server says of itself to those who ask; all of it is off unless the operator gives it. */
export interface IdentitySettings {
  /** For NSID (RFC 5001) and `id.server` (RFC 4892). */
  readonly serverId: string | null;
  /** For `version.bind`. */
  readonly version: string | null;
  /** Where resolvers may report what was wrong with our answers, RFC 9567. */
  readonly reportAgent: Name | null;
}

/** NSID, the reporting agent, and the CHAOS names of RFC 4892. */
export class Identity {
  private readonly nsid: Uint8Array | null;
  private readonly agent: Uint8Array | null;
  private readonly chaos: readonly Rrset[];

  constructor({ serverId, version, reportAgent }: IdentitySettings) {
    this.nsid = serverId === null ? null : Buffer.from(serverId);
    this.agent = reportAgent?.octets ?? null;
    this.chaos = [
      ...chaosRrsets(['id.server', 'hostname.bind'], serverId),
      ...chaosRrsets(['version.bind', 'version.server'], version),
    ];
  }

  addOptions(query: Query, response: ResponseWriter): void {
    if (query.wantsNsid && this.nsid !== null) response.addOption(OPTION.NSID, this.nsid);
    if (this.agent !== null) response.addOption(OPTION.REPORT_CHANNEL, this.agent);
  }

  /** Answers a CHAOS question if it is one of those that were switched on. */
  answerChaos(query: Query, response: ResponseWriter): boolean {
    if (query.qclass !== CLASS.CH || (query.qtype !== TYPE.TXT && query.qtype !== TYPE.ANY)) return false;
    for (const rrset of this.chaos) {
      if (rrset.owner.equals(query.qname)) return response.add(SECTION.ANSWER, query.qname, rrset, rrset.ttl);
    }
    return false;
  }
}

function chaosRrsets(names: readonly string[], text: string | null): Rrset[] {
  if (text === null) return [];
  const value = Buffer.from(text);
  const rdatas = [{ octets: Uint8Array.of(value.length, ...value), embedded: null }];
  return names.map((name) => ({
    owner: Name.fromText(name) as Name,
    type: TYPE.TXT,
    class: CLASS.CH,
    ttl: 0,
    rdatas,
    compress: false,
  }));
}
