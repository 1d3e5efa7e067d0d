import { durationUpTo, rateUpTo, shareOnAxis } from '../format.ts';

/** What the values of a chart are, where it decides how they are drawn: durations in nanoseconds, shares of one, rates a second. */
export type Quantity = 'duration' | 'share' | 'rate' | 'other';

/** The values of a vertical axis, and where they lie: from zero with a few round ticks, or decades where the values differ much. */
export interface Axis {
  readonly ticks: readonly number[];
  /** The place of a value between 0, the bottom, and 1, the top. */
  readonly place: (value: number) => number;
}

/** The least round number that is not below `value`: 1, 2, 2.5 or 5 times a power of ten. */
export function roundUp(value: number): number {
  const size = 10 ** Math.floor(Math.log10(value));
  return ([1, 2, 2.5, 5, 10].find((step) => step * size >= value * (1 - 1e-9)) ?? 10) * size;
}

export function linearAxis(top: number, number: number): Axis {
  const most = top > 0 ? top : 1;
  const step = roundUp(most / number);
  const ticks: number[] = [];
  for (let tick = 0; tick <= most * 1.0001; tick += step) ticks.push(tick);
  return { ticks, place: (value) => value / most };
}

/** Decades from below the least to above the most. */
export function decadeAxis(least: number, most: number): Axis {
  const low = Math.floor(Math.log10(least));
  const high = Math.max(low + 1, Math.ceil(Math.log10(most * 1.001)));
  return {
    ticks: Array.from({ length: high - low + 1 }, (_, index) => 10 ** (low + index)),
    place: (value) => Math.max(0, (Math.log10(Math.max(value, 10 ** low)) - low) / (high - low)),
  };
}

/** What the largest value of an axis is at least, so that one of zeros has ticks of its kind. */
const LEAST: Record<Quantity, number> = { duration: 1e6, share: 0.01, rate: 1, other: 1 };

/**
 * Durations get decades where the largest is more than thirty times the least, all others begin at zero; `air` is the room above
 * the largest. Shares end at one if any is above a half.
 */
export function axisFor(values: readonly (number | null)[], quantity: Quantity, number: number, air = 1.08): Axis {
  let least = Infinity;
  let most = 0;
  for (const value of values) {
    if (value === null) continue;
    if (value > 0 && value < least) least = value;
    if (value > most) most = value;
  }
  if (quantity === 'duration' && most / least > 30) return decadeAxis(least, most);
  if (most === 0) return linearAxis(LEAST[quantity], number);
  return linearAxis(quantity === 'share' ? shareTop(most, air) : most * air, number);
}

/** The end of an axis of shares: one, if the largest is above a half. */
export const shareTop = (most: number, air: number) => (most > 0.5 && most <= 1 ? 1 : most * air);

/** How the ticks of an axis are written: all in one unit, but those of decades each in its own. */
export function tickWords(axis: Axis, quantity: Quantity, format: (value: number) => string): (tick: number) => string {
  const most = axis.ticks.at(-1) ?? 0;
  if (quantity === 'rate') return rateUpTo(most);
  if (quantity === 'share') return shareOnAxis;
  if (quantity !== 'duration' || axis.ticks[0] !== 0) return format;
  const words = durationUpTo(most / 1e6);
  return (tick) => words(tick / 1e6);
}
