/** A piece of a text: plain, as it travels on the wire, or a word that the dictionary has. */
export type Piece =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'code'; readonly text: string }
  | { readonly kind: 'term'; readonly text: string; readonly term: string };

/** Takes a text apart: `` `code` ``, `{name}` (made full by `expand`) and `[text](term)`. */
export function piecesOf(text: string, expand: (text: string) => string): Piece[] {
  const pieces: Piece[] = [];
  let from = 0;
  const plain = (to: number): void => {
    if (to > from) pieces.push({ kind: 'text', text: text.slice(from, to) });
  };
  for (const match of text.matchAll(/`([^`]+)`|\{[^{}]+\}|\[([^\]]+)\]\(([\w-]+)\)/g)) {
    plain(match.index);
    const [whole, code, label, term] = match;
    if (term === undefined) pieces.push({ kind: 'code', text: expand(code ?? whole) });
    else pieces.push({ kind: 'term', text: label!, term });
    from = match.index + whole.length;
  }
  plain(text.length);
  return pieces;
}
