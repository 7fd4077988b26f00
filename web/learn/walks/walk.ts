import type { MessageJson, ResourceRecordJson } from '../../../server/http/protocol.ts';
import type { WalkName } from '../experiment.ts';
import type { WalkWords } from '../texts/en/walks.ts';

/**
 * A walk is what somebody who reads records for a purpose does with them: a mail server with MX, a receiver with SPF, a
 * certification authority with CAA. It asks this server as they would ask theirs, and says aloud what it makes of the answers.
 */
export interface Walked {
  readonly walk: WalkName;
  /** What it was told: an address, a name. */
  readonly input: string;
  readonly lines: readonly Line[];
  /** What it comes to. Its words are those of the last line. */
  readonly verdict: string;
}

/** One thing said. `tone` is how it bodes. */
export interface Line {
  readonly say: keyof WalkWords;
  readonly with: readonly string[];
  readonly tone: 'asked' | 'plain' | 'good' | 'bad';
}

/** Asks this server, and gives the whole answer. Name in full. */
export type Look = (name: string, type: string) => Promise<MessageJson>;

/** Collects what is said on the way. */
export class Notes {
  readonly lines: Line[] = [];

  say(say: keyof WalkWords, ...words: string[]): void {
    this.#add('plain', say, words);
  }

  good(say: keyof WalkWords, ...words: string[]): void {
    this.#add('good', say, words);
  }

  bad(say: keyof WalkWords, ...words: string[]): void {
    this.#add('bad', say, words);
  }

  /** Asks, notes what came, and gives the records of that type, whether or not an alias stood before them. */
  async look(look: Look, name: string, type: string): Promise<ResourceRecordJson[]> {
    const { rcode, answer } = await look(name, type);
    const found = answer.filter((record) => record.type === type);
    const came = found.length === 0 ? (rcode === 'NOERROR' ? '–' : rcode) : found.map(({ content }) => content).join(' · ');
    this.#add('asked', 'asked', [plain(name), type, came]);
    return found;
  }

  #add(tone: Line['tone'], say: keyof WalkWords, words: readonly string[]): void {
    this.lines.push({ say, with: words, tone });
  }
}

/** A name as people write it. */
export function plain(name: string): string {
  return name.length > 1 ? name.replace(/\.$/, '') : name;
}

/** The text that a TXT record holds: its strings put together without anything between (RFC 7208 §3.3). */
export function textOfTxt(content: string): string {
  const strings = content.match(/"(?:[^"\\]|\\.)*"|\S+/g) ?? [];
  return strings
    .map((part) => (part.startsWith('"') ? part.slice(1, -1) : part))
    .join('')
    .replace(/\\(\d{3})|\\(.)/g, (_, number: string | undefined, character: string) =>
      number === undefined ? character : String.fromCharCode(Number(number)),
    );
}
