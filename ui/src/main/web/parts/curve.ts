/** Curves between stops that leave and reach each of them level, and where a label may stand on them. */

export interface Point {
  readonly x: number;
  readonly y: number;
}

/** How far a curve stays level at its ends; one that goes back leaves by a fixed way. */
const bendOf = (from: Point, to: Point) => (to.x <= from.x ? 60 : Math.max(24, (to.x - from.x) / 2));

export function pathThrough(stops: readonly Point[]): string {
  let path = '';
  stops.forEach((to, index) => {
    const from = stops[index - 1];
    const bend = from ? bendOf(from, to) : 0;
    path += from ? `C${from.x + bend} ${from.y} ${to.x - bend} ${to.y} ${to.x} ${to.y}` : `M${to.x} ${to.y}`;
  });
  return path;
}

/** Points along the first piece, then along the others: the middles first. */
export function placesOn(stops: readonly Point[]): Point[] {
  return stops.slice(1).flatMap((to, index) => {
    const from = stops[index] ?? to;
    const bend = bendOf(from, to);
    return [0.5, 0.34, 0.66, 0.22, 0.78].map((part) => {
      const rest = 1 - part;
      const mix = (a: number, b: number, c: number, d: number) => rest ** 3 * a + 3 * rest * rest * part * b + 3 * rest * part * part * c + part ** 3 * d;
      return { x: mix(from.x, from.x + bend, to.x - bend, to.x), y: mix(from.y, from.y, to.y, to.y) };
    });
  });
}

/** Whether a label of a width at a point covers none of those that stand already. */
export const isFree = (point: Point, taken: readonly Point[], width: number) => taken.every((other) => Math.abs(other.x - point.x) > width || Math.abs(other.y - point.y) > 16);
