/** Letters that fit beside one another in a picture. */
const LINE_LETTERS = 40;
const MAX_LINES = 3;

/** Breaks what somebody says into lines of a picture, between words if it can be, behind dots of a long name if not. */
export function linesOf(text: string, letters = LINE_LETTERS): string[] {
  const lines: string[] = [];
  let line = '';
  for (const piece of text.split(/(?<= )|(?<=\.(?=\w))/)) {
    if ((line + piece).trimEnd().length > letters && line !== '') {
      lines.push(line.trimEnd());
      line = '';
    }
    line += piece;
  }
  lines.push(line.trimEnd());
  return lines.length > MAX_LINES ? [...lines.slice(0, MAX_LINES - 1), `${lines[MAX_LINES - 1]}…`] : lines;
}
