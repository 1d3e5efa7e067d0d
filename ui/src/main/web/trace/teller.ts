import type { Line } from '../api/loki.ts';
import type { Span } from './model.ts';

/** The span that tells of a span in the log: itself, or the nearest around it that has lines; undefined where none has. */
export function teller(span: Span, lines: readonly Line[]): Span | undefined {
  const telling = new Set(lines.map((line) => line.spanId));
  let near: Span | undefined = span;
  while (near && !telling.has(near.id)) near = near.parent;
  return near;
}
