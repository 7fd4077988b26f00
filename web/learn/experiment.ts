import type { PracticeId, PracticeSpeed } from '../../server/http/asking-protocol.ts';
import type { World } from './world.ts';

/**
 * An experiment as data: what the reader does, and what has to have happened for a step to be done. The words are in texts/,
 * under the same id and keys. Names are relative to the reader's zone; `{www.own}` in a text or a value becomes the full name.
 */
export interface Experiment {
  readonly id: string;
  /** The name below which everything of this experiment happens, so that experiments do not disturb one another. */
  readonly own: string;
  readonly steps: readonly Step[];
  readonly story: readonly Panel[];
}

export interface Step {
  /** Of its words. */
  readonly key: string;
  /** What the reader is handed for it; it does nothing before they say so. */
  readonly tool?: Tool;
  /** Whether it has really happened, by what is there now and what came since the step began. */
  readonly done: (world: World) => boolean;
}

export type Tool =
  | { readonly kind: 'record'; readonly record: RecordToWrite }
  | { readonly kind: 'edit'; readonly record: RecordToWrite }
  | { readonly kind: 'remove'; readonly records: readonly (readonly [name: string, type: string])[] }
  | { readonly kind: 'lines'; readonly lines: readonly string[] }
  | { readonly kind: 'ask'; readonly question: Question }
  | { readonly kind: 'walk'; readonly walk: WalkName; readonly at: string; readonly input: string }
  | { readonly kind: 'tell' }
  | { readonly kind: 'visit'; readonly name: string; readonly through: PracticeId }
  | { readonly kind: 'flush'; readonly resolvers: readonly PracticeId[] }
  | { readonly kind: 'clock'; readonly speed: PracticeSpeed };

/** What the form for a record is filled with, field by field; `edit` opens the one that is there. */
export interface RecordToWrite {
  readonly name: string;
  readonly type: string;
  readonly ttl?: number;
  readonly values: Readonly<Record<string, string>>;
}

export interface Question {
  readonly name: string;
  readonly type: string;
  readonly whom: Whom;
  /** Octets of the largest UDP answer; left out: 1232. */
  readonly udpSize?: number;
  /** For the EDNS client subnet. */
  readonly subnet?: string;
}

/** Whom a question goes to: this server in one of three ways, a practice resolver, or all three of these. */
export type Whom = 'udp' | 'tcp' | 'https' | PracticeId | 'all';

/** What a reader is given: what a certification authority made up for them, and the addresses of the sites to point at. */
export interface Given {
  readonly token: string;
  readonly orange: string;
  readonly teal: string;
}

/** Those who read records for a purpose, see walks/. */
export type WalkName = 'mailer' | 'receiver' | 'authority' | 'browser' | 'minimiser' | 'challenge' | 'client';

/** Who stands in a picture. */
export type Actor = 'you' | 'browser' | 'resolver' | 'server' | 'other' | 'site' | 'mailer' | 'authority';

/** One picture: who is in it, and who says something to whom. What they say is in texts/, in the same order. */
export interface Panel {
  readonly cast: readonly Actor[];
  readonly arrows: readonly (readonly [from: Actor, to: Actor])[];
}

/** A text or value with `{name}` made full, `{@}` being the zone itself, and `{!token}` what is given. Without the final dot. */
export function expand(text: string, zone: string, given?: Given): string {
  const origin = zone.replace(/\.$/, '');
  return text.replace(/\{([^{}]+)\}/g, (_, name: string) => {
    if (name.startsWith('!')) return given?.[name.slice(1) as keyof Given] ?? '';
    return name === '@' ? origin : `${name}.${origin}`;
  });
}

/** Whether a full name is that of the experiment, or below it. Case does not matter, the final dot may be there. */
export function isOwn({ own }: Experiment, name: string, zone: string): boolean {
  const plain = name.toLowerCase().replace(/\.$/, '');
  const top = expand(`{${own}}`, zone).toLowerCase();
  return plain === top || plain.endsWith(`.${top}`);
}
