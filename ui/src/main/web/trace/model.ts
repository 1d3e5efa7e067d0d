import { hexId, type KeyValue, type OtlpTrace, valueText } from '../api/otlp.ts';

/** A trace as a tree of spans in milliseconds from its start, with what is computed about it. */

export interface SpanEvent {
  readonly at: number;
  readonly name: string;
  readonly attributes: readonly (readonly [string, string])[];
}

export interface Span {
  readonly id: string;
  readonly parentId: string;
  readonly service: string;
  readonly name: string;
  readonly kind: string;
  start: number;
  end: number;
  readonly failed: boolean;
  readonly message: string;
  readonly attributes: readonly (readonly [string, string])[];
  readonly resource: readonly (readonly [string, string])[];
  readonly scope: string;
  readonly events: readonly SpanEvent[];
  readonly links: readonly { readonly traceId: string; readonly spanId: string }[];
  parent: Span | undefined;
  readonly children: Span[];
  depth: number;
}

export interface Trace {
  readonly id: string;
  /** When it begins, in milliseconds since 1970. */
  readonly startMillis: number;
  readonly duration: number;
  /** Every span, parents before their children, children by their start. */
  readonly spans: readonly Span[];
  readonly roots: readonly Span[];
  readonly byId: ReadonlyMap<string, Span>;
  readonly services: readonly string[];
  readonly failed: number;
  /** Spans whose parent is not in the trace. */
  readonly orphans: number;
  /** Services whose clocks were moved to fit their parents, with the milliseconds of the furthest move. */
  readonly moved: ReadonlyMap<string, number>;
}

const KINDS = ['unspecified', 'internal', 'server', 'client', 'producer', 'consumer'];

/** The kind of a span, from the number or the name that OTLP has for it. */
function kindOf(kind: number | string | undefined): string {
  if (typeof kind === 'string') return kind.replace('SPAN_KIND_', '').toLowerCase();
  return KINDS[kind ?? 0] ?? 'unspecified';
}

const pairs = (attributes: readonly KeyValue[] | undefined) => (attributes ?? []).map((one): [string, string] => [one.key, valueText(one.value)]);

/** Reads OTLP JSON. Copies of a span are left out, and a cycle of parents is cut where it is met. */
export function readTrace(id: string, otlp: OtlpTrace): Trace {
  let first: bigint | undefined;
  for (const batch of otlp.batches) {
    for (const scope of batch.scopeSpans ?? []) {
      for (const span of scope.spans ?? []) {
        const start = BigInt(span.startTimeUnixNano);
        if (first === undefined || start < first) first = start;
      }
    }
  }
  const zero = first ?? 0n;
  const since = (nanos: string) => Number(BigInt(nanos) - zero) / 1e6;
  const byId = new Map<string, Span>();
  for (const batch of otlp.batches) {
    const resource = pairs(batch.resource?.attributes);
    const service = resource.find(([key]) => key === 'service.name')?.[1] ?? 'unknown_service';
    for (const scope of batch.scopeSpans ?? []) {
      for (const raw of scope.spans ?? []) {
        const id = hexId(raw.spanId);
        if (byId.has(id)) continue;
        const start = since(raw.startTimeUnixNano);
        byId.set(id, {
          id, parentId: hexId(raw.parentSpanId ?? ''), service, resource, start,
          end: Math.max(start, since(raw.endTimeUnixNano)),
          name: raw.name ?? '', kind: kindOf(raw.kind),
          failed: raw.status?.code === 2 || raw.status?.code === 'STATUS_CODE_ERROR', message: raw.status?.message ?? '',
          attributes: pairs(raw.attributes), scope: [scope.scope?.name, scope.scope?.version].filter(Boolean).join(' '),
          events: (raw.events ?? []).map((event) => ({ at: since(event.timeUnixNano), name: event.name ?? '', attributes: pairs(event.attributes) })),
          links: (raw.links ?? []).map((link) => ({ traceId: hexId(link.traceId), spanId: hexId(link.spanId) })),
          parent: undefined, children: [], depth: 0,
        });
      }
    }
  }
  const orphans = join(byId);
  const roots = [...byId.values()].filter((span) => span.parent === undefined).sort(byStart);
  const moved = fitClocks(roots);
  const spans = inOrder(roots);
  const begin = Math.min(0, ...roots.map((root) => root.start));
  if (begin < 0) {
    for (const span of spans) {
      span.start -= begin;
      span.end -= begin;
    }
  }
  let duration = 0;
  let failed = 0;
  const services = new Set<string>();
  for (const span of spans) {
    duration = Math.max(duration, span.end);
    services.add(span.service);
    if (span.failed) failed++;
  }
  return { id, startMillis: Number(zero / 1000n) / 1000 + begin, duration, spans, roots, byId, services: [...services], failed, orphans, moved };
}

const byStart = (one: Span, other: Span) => one.start - other.start || other.end - one.end;

function join(byId: ReadonlyMap<string, Span>): number {
  let orphans = 0;
  const settled = new Set<Span>();
  for (const span of byId.values()) {
    const parent = span.parentId === '' ? undefined : byId.get(span.parentId);
    if (!parent) {
      if (span.parentId !== '') orphans++;
      continue;
    }
    span.parent = parent;
  }
  for (const span of byId.values()) {
    const path = new Set<Span>();
    let at: Span | undefined = span;
    while (at && !settled.has(at)) {
      if (path.has(at)) {
        at.parent = undefined;
        break;
      }
      path.add(at);
      at = at.parent;
    }
    for (const one of path) settled.add(one);
  }
  for (const span of byId.values()) span.parent?.children.push(span);
  for (const span of byId.values()) span.children.sort(byStart);
  return orphans;
}

/**
 * A span of another service that seems to begin before its parent has a clock that is off: it and all below it are moved
 * into the middle of the parent, or to its start where it is longer.
 */
function fitClocks(roots: readonly Span[]): Map<string, number> {
  const moved = new Map<string, number>();
  const stack: { span: Span; shift: number }[] = roots.map((span) => ({ span, shift: 0 }));
  for (let entry = stack.pop(); entry; entry = stack.pop()) {
    const { span, shift } = entry;
    span.start += shift;
    span.end += shift;
    for (const child of span.children) {
      let next = shift;
      if (child.service !== span.service && child.kind !== 'consumer' && child.start + shift < span.start) {
        const room = span.end - span.start - (child.end - child.start);
        const fit = span.start + Math.max(0, room / 2) - child.start;
        if (Math.abs(fit - shift) > Math.abs(moved.get(child.service) ?? 0)) moved.set(child.service, fit - shift);
        next = fit;
      }
      stack.push({ span: child, shift: next });
    }
  }
  return moved;
}

function inOrder(roots: readonly Span[]): Span[] {
  const spans: Span[] = [];
  const stack = [...roots].reverse();
  for (let span = stack.pop(); span; span = stack.pop()) {
    span.depth = span.parent ? span.parent.depth + 1 : 0;
    spans.push(span);
    for (let at = span.children.length - 1; at >= 0; at--) stack.push(span.children[at] as Span);
  }
  return spans;
}

/** The time of a span in which none of its children ran. */
export function selfTime(span: Span): number {
  let covered = 0;
  let until = span.start;
  for (const child of span.children) {
    const from = Math.max(child.start, until);
    const to = Math.min(child.end, span.end);
    if (to > from) {
      covered += to - from;
      until = to;
    }
  }
  return span.end - span.start - covered;
}
