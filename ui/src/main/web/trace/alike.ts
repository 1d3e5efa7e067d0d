import type { Span, Trace } from './model.ts';

/** The spans of a trace of one service and name, as one looks at them to see how far one of them is from the others. */
export interface Alike {
  readonly spans: readonly Span[];
  readonly p50: number;
  readonly p99: number;
  /** Counts of durations, spaced evenly on a log scale from `least` to `most`; empty where all take the same. */
  readonly bins: readonly number[];
  readonly least: number;
  readonly most: number;
}

/** So few are no run. */
const FEWEST = 20;
const BINS = 24;

export function alikeOf(trace: Trace, span: Span): Alike | undefined {
  const spans = trace.spans.filter((one) => one.service === span.service && one.name === span.name);
  if (spans.length < FEWEST) return undefined;
  const times = spans.map((one) => one.end - one.start).sort((one, other) => one - other);
  const at = (share: number) => times[Math.min(times.length - 1, Math.floor(times.length * share))] ?? 0;
  const most = at(1);
  /** What takes no time has no place on a log scale. */
  const least = Math.max(times.find((time) => time > 0) ?? 0, most / 1e6);
  const bins: number[] = most > least * 1.01 ? Array(BINS).fill(0) : [];
  const scale = BINS / Math.log(most / least);
  if (bins.length > 0) for (const time of times) bins[Math.max(0, Math.min(BINS - 1, Math.floor(Math.log(Math.max(time, least) / least) * scale)))]! += 1;
  return { spans, p50: at(0.5), p99: at(0.99), bins, least, most };
}

/** Where a duration lies between the least and the most, from 0 to 1. */
export const placeOf = ({ least, most }: Alike, millis: number) => Math.min(1, Math.max(0, Math.log(Math.max(millis, least) / least) / Math.log(most / least)));
