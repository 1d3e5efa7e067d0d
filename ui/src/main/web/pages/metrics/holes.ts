import { runs } from '../../parts/runs.ts';

/** A stretch of steps without samples, between samples of the same series. */
export interface Hole {
  readonly first: number;
  readonly last: number;
}

/** Fewer steps in a row are only not joined. */
const STEPS = 3;

export function holesOf(values: readonly (number | null)[]): Hole[] {
  const has = runs(values.length, (index) => values[index] !== null);
  return has.slice(1).flatMap(([next], index): Hole[] => {
    const before = has[index]?.[1] ?? 0;
    return next - before - 1 > STEPS ? [{ first: before + 1, last: next - 1 }] : [];
  });
}

/** Holes of several series as stretches that do not overlap. */
export function joined(holes: readonly Hole[]): Hole[] {
  const found: { first: number; last: number }[] = [];
  for (const hole of [...holes].sort((one, other) => one.first - other.first)) {
    const last = found.at(-1);
    if (last && hole.first <= last.last + 1) last.last = Math.max(last.last, hole.last);
    else found.push({ ...hole });
  }
  return found;
}
