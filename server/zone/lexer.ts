/** One word of a master file, and where it stands. Lines and columns count from 1. */
export interface Word {
  /** Quotes and escapes as they stood. */
  readonly raw: string;
  readonly line: number;
  readonly column: number;
}

/** One entry: what stands on a line, or on several within parentheses. */
export interface Entry {
  readonly words: readonly Word[];
  readonly line: number;
  /** The line began with a blank: the owner is that of the entry before, RFC 1035 §5.1. */
  readonly inheritsOwner: boolean;
}

export interface Position {
  readonly line: number;
  readonly column: number;
}

/** Quotes or parentheses that do not match. Nothing after such a place can be trusted, so reading stops there. */
export class LexicalFault {
  readonly position: Position;
  readonly message: string;
  constructor(position: Position, message: string) {
    this.position = position;
    this.message = message;
  }
}

/** A quoted string with escapes, or a run of anything that is not blank and ends no word, a `;` or parenthesis escaped. */
const WORD = /"(?:[^"\\]|\\[^])*"|(?:[^\s"();\\]|\\[^])(?:[^\s();\\]|\\[^])*/y;

/** Divides the text of a master file into entries, RFC 1035 §5.1: comments gone, parentheses undone. */
export function* readEntries(text: string): Generator<Entry | LexicalFault> {
  let line = 1;
  let lineStart = 0;
  let words: Word[] = [];
  let inheritsOwner = false;
  let depth: Position | null = null;
  const position = (at: number): Position => ({ line, column: at - lineStart + 1 });
  for (let at = 0; at <= text.length; at++) {
    const character = text[at] ?? '\n';
    if (character === '\n') {
      if (depth === null && words.length > 0) {
        yield { words, line: words[0]!.line, inheritsOwner };
        words = [];
      }
      line++;
      lineStart = at + 1;
    } else if (character === ';') {
      while (at + 1 < text.length && text[at + 1] !== '\n') at++;
    } else if (character === '(') {
      if (depth !== null) return yield new LexicalFault(position(at), 'a parenthesis inside another');
      depth = position(at);
    } else if (character === ')') {
      if (depth === null) return yield new LexicalFault(position(at), 'a closing parenthesis without an opening one');
      depth = null;
    } else if (!/\s/.test(character)) {
      WORD.lastIndex = at;
      const raw = WORD.exec(text)?.[0];
      if (raw === undefined)
        return yield new LexicalFault(position(at), 'a quote that is not closed, or a backslash before nothing');
      if (words.length === 0) inheritsOwner = at > lineStart;
      words.push({ raw, ...position(at) });
      const breaks = raw.split('\n').length - 1;
      if (breaks > 0) {
        line += breaks;
        lineStart = at + raw.lastIndexOf('\n') + 1;
      }
      at += raw.length - 1;
    }
  }
  if (depth !== null) yield new LexicalFault(depth, 'a parenthesis that is not closed');
}
