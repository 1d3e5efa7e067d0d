import type { Span, Trace } from './model.ts';

/** A trace as lanes of spans that do not overlap: each span lies below its parent, in the first lane that is free. */
export interface Flame {
  /** The spans of each lane by their start. */
  readonly lanes: readonly (readonly Span[])[];
  readonly laneOf: ReadonlyMap<Span, number>;
}

export function flameOf(trace: Trace): Flame {
  /** A span that begins before its parent is placed after it all the same. */
  const begins = new Map<Span, number>();
  for (const span of trace.spans) begins.set(span, Math.max(span.start, span.parent ? (begins.get(span.parent) ?? 0) : 0));
  const ordered = [...trace.spans].sort((one, other) => (begins.get(one) ?? 0) - (begins.get(other) ?? 0));
  const lanes: Span[][] = [];
  const ends: number[] = [];
  const laneOf = new Map<Span, number>();
  for (const span of ordered) {
    let lane = span.parent ? (laneOf.get(span.parent) ?? -1) + 1 : 0;
    while ((ends[lane] ?? -Infinity) > span.start) lane++;
    ends[lane] = span.end;
    (lanes[lane] ??= []).push(span);
    laneOf.set(span, lane);
  }
  return { lanes, laneOf };
}

/** The place in a lane of the first span that ends after a time. */
export function firstAfter(lane: readonly Span[], time: number): number {
  let low = 0;
  let high = lane.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((lane[middle] as Span).end <= time) low = middle + 1;
    else high = middle;
  }
  return low;
}
