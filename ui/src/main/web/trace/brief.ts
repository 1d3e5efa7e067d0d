import { type Span, timeOn, type Trace } from './model.ts';

/** A span on the critical path belongs to a trace in brief from this share of the trace on. */
const TELLING = 0.02;

/**
 * The spans that say what a trace waited for and where it failed, in the trace's order, at most so many: roots, the way to
 * the origin of the error, then those with most of the critical path, then other failed ones.
 */
export function tellingSpans(trace: Trace, most: number): Span[] {
  const waits = new Map(trace.spans.map((span) => [span, timeOn(trace, span)]));
  const rank = (span: Span) => (trace.errorPath.has(span) || span.parent === undefined ? 3 : (waits.get(span) ?? 0) >= trace.duration * TELLING && trace.path.has(span) ? 2 : span.failed ? 1 : 0);
  const chosen = new Set(
    trace.spans
      .filter((span) => rank(span) > 0)
      .sort((one, other) => rank(other) - rank(one) || (waits.get(other) ?? 0) - (waits.get(one) ?? 0))
      .slice(0, most),
  );
  return trace.spans.filter((span) => chosen.has(span));
}

/** What a failed span says went wrong, in one line: its status, else its exception; empty where neither says anything. */
export function failureOf(span: Span): string {
  const exception = span.events.findLast((event) => event.name === 'exception')?.attributes.find(([key]) => key === 'exception.message')?.[1];
  return (span.message || exception || '').split('\n', 1)[0] ?? '';
}
