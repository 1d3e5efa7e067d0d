import type { Column } from '../api/insight.ts';

/** So many columns without data in a row are told as a gap; fewer are only not joined. */
const GAP = 3;

/** The stretches of columns, as first and last, in which a column has values, or in which it has none. */
export function runs(length: number, has: (index: number) => boolean): [number, number][] {
  const found: [number, number][] = [];
  for (let index = 0; index < length; index++) {
    if (!has(index)) continue;
    const last = found.at(-1);
    if (last && last[1] === index - 1) last[1] = index;
    else found.push([index, index]);
  }
  return found;
}

/** The gaps that are worth telling: where none of some columns of values has one. */
export function gaps(columns: readonly Column[]): [number, number][] {
  const length = Math.max(0, ...columns.map((values) => values.length));
  return runs(length, (index) => columns.every((values) => (values[index] ?? null) === null)).filter(([first, last]) => last - first >= GAP);
}
