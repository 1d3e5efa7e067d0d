import { type CriticalPath, timeOn } from './criticalPath.ts';
import type { Span, Trace } from './model.ts';

/** Where a trace's time went, by its critical path. */
export interface Verdict {
  readonly service: string;
  readonly name: string;
  /** Milliseconds of the critical path within these spans themselves. */
  readonly millis: number;
  readonly spans: readonly Span[];
  readonly failed: number;
  /** The words of their failure, where they have any. */
  readonly message: string;
}

/** The operation that the trace waited for longest; undefined for a trace without duration. */
export function verdict(trace: Trace, path: CriticalPath): Verdict | undefined {
  const groups = new Map<string, { millis: number; spans: Span[] }>();
  for (const span of path.keys()) {
    const key = `${span.service}\n${span.name}`;
    const group = groups.get(key) ?? { millis: 0, spans: [] };
    group.millis += timeOn(path, span);
    group.spans.push(span);
    groups.set(key, group);
  }
  const first = [...groups.values()].sort((one, other) => other.millis - one.millis)[0];
  if (!first || trace.duration === 0) return undefined;
  const spans = first.spans.sort((one, other) => timeOn(path, other) - timeOn(path, one));
  const failed = spans.filter((span) => span.failed);
  return { service: spans[0]?.service ?? '', name: spans[0]?.name ?? '', millis: first.millis, spans, failed: failed.length, message: failed[0]?.message ?? '' };
}
