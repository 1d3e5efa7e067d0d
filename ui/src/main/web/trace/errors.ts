import type { Span, Trace } from './model.ts';

/** The deepest failed span that no failed child explains; of several, the one that ended first. */
export function errorOrigin(trace: Trace): Span | undefined {
  let origin: Span | undefined;
  for (const span of trace.spans) {
    if (!span.failed || span.children.some((child) => child.failed)) continue;
    if (!origin || span.depth > origin.depth || (span.depth === origin.depth && span.end < origin.end)) origin = span;
  }
  return origin;
}

/** A span and all above it. */
export function pathTo(span: Span | undefined): ReadonlySet<Span> {
  const path = new Set<Span>();
  for (let at = span; at; at = at.parent) path.add(at);
  return path;
}
