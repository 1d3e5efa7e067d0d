import type { Span, Trace } from './model.ts';

/** The spans in which a text occurs, whatever its case: in service, name, id, message, or what an attribute or event says. */
export function hitsOf(trace: Trace, text: string): readonly Span[] {
  const wanted = text.trim().toLowerCase();
  if (wanted === '') return [];
  const says = (value: string) => value.toLowerCase().includes(wanted);
  const any = (pairs: Span['attributes']) => pairs.some(([key, value]) => says(key) || says(value));
  return trace.spans.filter((span) => says(span.service) || says(span.name) || span.id === wanted || says(span.message) || any(span.attributes) || span.events.some((event) => says(event.name) || any(event.attributes)));
}

/** The hit after a span in the order of the trace, or before it; the first again after the last. */
export function nextHit(trace: Trace, hits: readonly Span[], from: Span | undefined, by: 1 | -1): Span | undefined {
  const at = from ? trace.spans.indexOf(from) : -1;
  const place = new Map(trace.spans.map((span, index) => [span, index]));
  const index = (span: Span) => place.get(span) ?? 0;
  return by === 1 ? (hits.find((span) => index(span) > at) ?? hits[0]) : (hits.findLast((span) => index(span) < at) ?? hits.at(-1));
}
