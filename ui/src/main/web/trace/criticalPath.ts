import type { Span, Trace } from './model.ts';

/** The stretches of each span that the trace's end waited for. */
export type CriticalPath = ReadonlyMap<Span, readonly (readonly [number, number])[]>;

/**
 * Walks back from the end of the longest root: at each moment the span waited for its child that ended last before it;
 * where none did, for itself. A child that goes on after its parent counts up to the parent's end.
 */
export function criticalPath(trace: Trace): CriticalPath {
  const found = new Map<Span, [number, number][]>();
  const root = [...trace.roots].sort((one, other) => other.end - other.start - (one.end - one.start))[0];
  if (!root) return found;
  const put = (span: Span, from: number, to: number) => {
    if (to - from <= 0) return;
    const segments = found.get(span);
    if (segments) segments.push([from, to]);
    else found.set(span, [[from, to]]);
  };
  const stack: { span: Span; until: number }[] = [{ span: root, until: root.end }];
  for (let entry = stack.pop(); entry; entry = stack.pop()) {
    const { span } = entry;
    let at = Math.min(span.end, entry.until);
    const children = [...span.children].sort((one, other) => other.end - one.end);
    for (const child of children) {
      if (child.start >= at || child.end <= span.start) continue;
      if (child.end > at && child.end < span.end) continue;
      const end = Math.min(child.end, at);
      put(span, end, at);
      stack.push({ span: child, until: end });
      at = Math.max(span.start, child.start);
      if (at <= span.start) break;
    }
    put(span, span.start, at);
  }
  for (const segments of found.values()) segments.sort((one, other) => one[0] - other[0]);
  return found;
}

export const timeOn = (path: CriticalPath, span: Span) => (path.get(span) ?? []).reduce((sum, [from, to]) => sum + to - from, 0);
