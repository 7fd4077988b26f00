import { ArenaBuilder, openArena, type Arena } from '../wire/arena.ts';
import { CLASS, OPTION, TYPE } from '../wire/codes.ts';
import { Name } from '../wire/name.ts';
import type { Query } from '../wire/query.ts';
import { SECTION, type ResponseWriter } from '../wire/response.ts';

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
  private readonly chaos: readonly ChaosAnswer[];

  constructor({ serverId, version, reportAgent }: IdentitySettings) {
    this.nsid = serverId === null ? null : Buffer.from(serverId);
    this.agent = reportAgent?.octets ?? null;
    this.chaos = [
      ...chaosAnswers(['id.server', 'hostname.bind'], serverId),
      ...chaosAnswers(['version.bind', 'version.server'], version),
    ];
  }

  addOptions(query: Query, response: ResponseWriter): void {
    if (query.wantsNsid && this.nsid !== null) response.addOption(OPTION.NSID, this.nsid);
    if (this.agent !== null) response.addOption(OPTION.REPORT_CHANNEL, this.agent);
  }

  /** Answers a CHAOS question if it is one of those that were switched on. */
  answerChaos(query: Query, response: ResponseWriter): boolean {
    if (query.qclass !== CLASS.CH || (query.qtype !== TYPE.TXT && query.qtype !== TYPE.ANY)) return false;
    for (const { owner, arena, rrset } of this.chaos) {
      if (owner.equals(query.qname)) return response.add(SECTION.ANSWER, query.qname, arena, rrset);
    }
    return false;
  }
}

interface ChaosAnswer {
  readonly owner: Name;
  readonly arena: Arena;
  readonly rrset: number;
}

function chaosAnswers(names: readonly string[], text: string | null): ChaosAnswer[] {
  if (text === null) return [];
  const value = Buffer.from(text);
  return names.map((name) => {
    const owner = Name.fromText(name) as Name;
    const builder = new ArenaBuilder(1);
    const rdatas = [Uint8Array.of(value.length, ...value)];
    const rrset = builder.addRrset({ owner, type: TYPE.TXT, class: CLASS.CH, ttl: 0, rdatas });
    return { owner, arena: openArena(builder.finish()), rrset };
  });
}
