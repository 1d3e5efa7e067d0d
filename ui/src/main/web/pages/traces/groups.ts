import type { FoundTrace } from '../../api/tempo.ts';

export interface Group {
  /** Empty for spans that do not have the attribute. */
  readonly value: string;
  readonly traces: number;
  readonly failed: number;
  /** Of the spans that matched, in milliseconds. */
  readonly median: number;
  readonly slowest: number;
}

/** Traces by the values that their matching spans have for an attribute, the most frequent value first; a trace may be in several. */
export function groupsOf(traces: readonly FoundTrace[], key: string): Group[] {
  const found = new Map<string, { traces: Set<string>; failed: Set<string>; millis: number[] }>();
  for (const trace of traces) {
    for (const span of trace.matching) {
      const value = span.attributes.get(key) ?? '';
      let group = found.get(value);
      if (!group) found.set(value, (group = { traces: new Set(), failed: new Set(), millis: [] }));
      group.traces.add(trace.id);
      if (trace.errors > 0) group.failed.add(trace.id);
      group.millis.push(span.millis);
    }
  }
  return [...found]
    .map(([value, group]) => {
      const sorted = group.millis.sort((one, other) => one - other);
      return { value, traces: group.traces.size, failed: group.failed.size, median: sorted[Math.floor((sorted.length - 1) / 2)] ?? 0, slowest: sorted.at(-1) ?? 0 };
    })
    .sort((one, other) => other.traces - one.traces || one.value.localeCompare(other.value));
}
