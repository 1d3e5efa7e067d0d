import { type Span, selfTime } from './model.ts';

/** By what self times are summed: `operation`, `service`, or an attribute, written `.key`. */
export type By = string;

export interface SelfTime {
  /** Absent where spans of several services are together. */
  readonly service?: string;
  /** The operation, or the attribute's value; absent where spans have neither. */
  readonly name?: string;
  spans: number;
  errors: number;
  self: number;
  total: number;
  slowest: number;
}

export const attributeOf = (span: Span, key: string) => (span.attributes.find(([name]) => name === key) ?? span.resource.find(([name]) => name === key))?.[1];

function keyOf(span: Span, by: By): { service?: string; name?: string } {
  if (by === 'service') return { service: span.service };
  if (by === 'operation') return { service: span.service, name: span.name };
  const value = attributeOf(span, by.slice(1));
  return value === undefined ? {} : { name: value };
}

/** The time in which no child ran, the most first. */
export function selfTimes(spans: readonly Span[], by: By): SelfTime[] {
  const found = new Map<string, SelfTime>();
  for (const span of spans) {
    const key = keyOf(span, by);
    const text = JSON.stringify([key.service, key.name]);
    let group = found.get(text);
    if (!group) found.set(text, (group = { ...key, spans: 0, errors: 0, self: 0, total: 0, slowest: 0 }));
    const length = span.end - span.start;
    group.spans++;
    group.errors += span.failed ? 1 : 0;
    group.self += selfTime(span);
    group.total += length;
    group.slowest = Math.max(group.slowest, length);
  }
  return [...found.values()].sort((one, other) => other.self - one.self);
}

/** The attributes that spans have, those of most spans first. */
export function attributeKeys(spans: readonly Span[]): string[] {
  const counts = new Map<string, number>();
  for (const span of spans) for (const list of [span.attributes, span.resource]) for (const [key] of list) counts.set(key, (counts.get(key) ?? 0) + 1);
  return [...counts].sort(([one, more], [other, less]) => less - more || (one < other ? -1 : 1)).map(([key]) => key);
}
