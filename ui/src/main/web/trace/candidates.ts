import type { FoundTrace } from '../api/tempo.ts';

/** A trace of the same root operation that one may want beside a trace, and why. */
export interface Candidate {
  readonly what: string;
  readonly trace: FoundTrace;
}

/** The median of those without an error first, then the extremes; each trace once. */
export function chosen(traces: readonly FoundTrace[]): Candidate[] {
  const byTime = [...traces].sort((one, other) => one.millis - other.millis);
  const healthy = byTime.filter((one) => one.errors === 0);
  const usual = healthy.length > 0 ? healthy : byTime;
  const failed = traces.filter((one) => one.errors > 0).reduce<FoundTrace | undefined>((newest, one) => (newest && newest.startMillis >= one.startMillis ? newest : one), undefined);
  const ways: [string, FoundTrace | undefined][] = [
    [healthy.length > 0 ? 'Typical, without errors' : 'Typical', usual[(usual.length - 1) >> 1]],
    ['Newest that failed', failed],
    ['Slowest', byTime.at(-1)],
    ['Fastest', byTime[0]],
  ];
  const seen = new Set<string>();
  return ways.flatMap(([what, one]) => (one && !seen.has(one.id) && seen.add(one.id) ? [{ what, trace: one }] : []));
}
