import type { Actor, Panel } from '../experiment.ts';
import { linesOf } from './lines.ts';

/** Sizes of a picture, in its own units. */
export const WIDTH = 360;
const FIGURES_END = 104;
const LINE_HEIGHT = 16;
const ARROW_ROOM = 20;
const MARGIN = 52;

/** One arrow with what is said, where it is drawn. */
export interface PlacedArrow {
  readonly from: Actor;
  readonly to: Actor;
  readonly x1: number;
  readonly x2: number;
  readonly y: number;
  readonly lines: readonly { readonly text: string; readonly y: number }[];
}

export interface Layout {
  readonly height: number;
  readonly places: ReadonlyMap<Actor, number>;
  readonly arrows: readonly PlacedArrow[];
}

/** Puts the cast side by side, and what they say below one another, in the order in which it is said. */
export function layOut({ cast, arrows }: Panel, says: readonly string[]): Layout {
  const step = cast.length > 1 ? (WIDTH - 2 * MARGIN) / (cast.length - 1) : 0;
  const places = new Map(cast.map((actor, i) => [actor, cast.length > 1 ? MARGIN + i * step : WIDTH / 2]));
  let y = FIGURES_END;
  const placed = arrows.map(([from, to], i) => {
    const lines = linesOf(says[i] ?? '').map((text, line) => ({ text, y: y + (line + 1) * LINE_HEIGHT }));
    y += lines.length * LINE_HEIGHT + ARROW_ROOM;
    return { from, to, x1: places.get(from)!, x2: places.get(to)!, y: y - ARROW_ROOM / 2, lines };
  });
  return { height: y + 10, places, arrows: placed };
}
