/** How a search walks through its range: by stretches of time from the end that is shown first, longer while they cost little. */

const HOUR = 3_600_000_000_000n;

/** The first stretch, in nanoseconds: an hour, or a part of a long range. */
export const firstStretch = (from: bigint, to: bigint): bigint => ((to - from) / 48n > HOUR ? (to - from) / 48n : HOUR);

/** The next stretch after one that took so long. */
export const nextStretch = (stretch: bigint, millis: number): bigint => (millis < 250 ? stretch * 4n : millis < 800 ? stretch * 2n : stretch);

/** The bounds of a stretch that begins at `edge`; backward from it unless the oldest lines come first. */
export function stretchAt(edge: bigint, stretch: bigint, range: { from: bigint; to: bigint }, oldest: boolean): { start: bigint; end: bigint } {
  if (oldest) return { start: edge, end: edge + stretch < range.to ? edge + stretch : range.to };
  return { start: edge - stretch > range.from ? edge - stretch : range.from, end: edge };
}

interface Timed {
  readonly nanos: bigint;
}

/** What was read anew since `since`, the newest first, before what was known from before then; what is older than `from` leaves. */
export const renewed = <T extends Timed>(fresh: readonly T[], known: readonly T[], since: bigint, from: bigint): T[] => [
  ...fresh,
  ...known.filter((one) => one.nanos < since && one.nanos >= from),
];

/** An answer without the lines of its first moment that are known already, by their number: of one moment the order is always the same. */
export const withoutKnown = <T extends Timed>(found: readonly T[], moment: bigint | undefined, known: number): T[] => {
  let skip = known;
  return found.filter((one) => one.nanos !== moment || skip-- <= 0);
};
