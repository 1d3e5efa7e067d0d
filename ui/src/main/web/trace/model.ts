import type { TraceAnalysis } from '../api/insight.ts';
import { hexId, type KeyValue, type OtlpTrace, valueText } from '../api/otlp.ts';

/** A trace as a tree of spans in milliseconds from its start, with what the process has computed of it. */

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
  readonly status: 'unset' | 'ok' | 'error';
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
  /** The stretches of each span that the trace's end waited for. */
  readonly path: ReadonlyMap<Span, readonly (readonly [number, number])[]>;
  /** The deepest failed span that no failed child explains. */
  readonly origin: Span | undefined;
  /** The origin and all above it. */
  readonly errorPath: ReadonlySet<Span>;
  /** Siblings alike that may be shown as one. */
  readonly runs: readonly { readonly spans: readonly Span[]; readonly p50: number; readonly max: number }[];
  /** The operation that the trace waited for longest, its spans by how long it did; null for a trace without duration. */
  readonly verdict: { readonly service: string; readonly name: string; readonly millis: number; readonly spans: readonly Span[]; readonly failed: number; readonly message: string } | null;
}

const KINDS = ['unspecified', 'internal', 'server', 'client', 'producer', 'consumer'];

/** The kind of a span, from the number or the name that OTLP has for it. */
function kindOf(kind: number | string | undefined): string {
  if (typeof kind === 'string') return kind.replace('SPAN_KIND_', '').toLowerCase();
  return KINDS[kind ?? 0] ?? 'unspecified';
}

function statusOf(code: number | string | undefined): Span['status'] {
  if (code === 2 || code === 'STATUS_CODE_ERROR') return 'error';
  return code === 1 || code === 'STATUS_CODE_OK' ? 'ok' : 'unset';
}

const pairs = (attributes: readonly KeyValue[] | undefined) => (attributes ?? []).map((one): [string, string] => [one.key, valueText(one.value)]);

/** Reads OTLP JSON, and what was computed of it. Copies of a span are left out, and a cycle of parents is cut where it is met. */
export function readTrace(id: string, otlp: OtlpTrace, analysis: TraceAnalysis): Trace {
  const zero = BigInt(analysis.startNanos);
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
        const status = statusOf(raw.status?.code);
        byId.set(id, {
          id, parentId: hexId(raw.parentSpanId ?? ''), service, resource, start,
          end: Math.max(start, since(raw.endTimeUnixNano)),
          name: raw.name ?? '', kind: kindOf(raw.kind),
          status, failed: status === 'error', message: raw.status?.message ?? '',
          attributes: pairs(raw.attributes), scope: [scope.scope?.name, scope.scope?.version].filter(Boolean).join(' '),
          events: (raw.events ?? []).map((event) => ({ at: since(event.timeUnixNano), name: event.name ?? '', attributes: pairs(event.attributes) })),
          links: (raw.links ?? []).map((link) => ({ traceId: hexId(link.traceId), spanId: hexId(link.spanId) })),
          parent: undefined, children: [], depth: 0,
        });
      }
    }
  }
  const orphans = join(byId);
  const moved = move(byId, analysis.moves);
  for (const span of byId.values()) span.children.sort(byStart);
  const roots = [...byId.values()].filter((span) => span.parent === undefined).sort(byStart);
  const spans = inOrder(roots);
  const found = (ids: readonly string[]) => ids.flatMap((one) => byId.get(one) ?? []);
  const path = new Map<Span, [number, number][]>();
  for (const { spanId, fromNanos, toNanos } of analysis.criticalPath) {
    const span = byId.get(spanId);
    if (!span) continue;
    const stretches = path.get(span);
    if (stretches) stretches.push([fromNanos / 1e6, toNanos / 1e6]);
    else path.set(span, [[fromNanos / 1e6, toNanos / 1e6]]);
  }
  return {
    id, spans, roots, byId, orphans, moved, path,
    startMillis: Number(zero / 1000n) / 1000,
    duration: analysis.durationNanos / 1e6,
    services: [...new Set(spans.map((span) => span.service))],
    failed: spans.filter((span) => span.failed).length,
    origin: byId.get(analysis.errorOrigin ?? ''),
    errorPath: new Set(found(analysis.errorPath)),
    runs: analysis.runs.map((run) => ({ spans: found(run.spans), p50: run.p50Nanos / 1e6, max: run.maxNanos / 1e6 })),
    verdict: analysis.verdict && { ...analysis.verdict, millis: analysis.verdict.nanos / 1e6, spans: found(analysis.verdict.spans) },
  };
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
  return orphans;
}

/** Moves the spans whose clock is off, each with all below it. Returns the furthest move of each service, in milliseconds. */
function move(byId: ReadonlyMap<string, Span>, moves: TraceAnalysis['moves']): Map<string, number> {
  const moved = new Map<string, number>();
  for (const { spanId, nanos } of moves) {
    const first = byId.get(spanId);
    if (!first) continue;
    const by = nanos / 1e6;
    if (Math.abs(by) > Math.abs(moved.get(first.service) ?? 0)) moved.set(first.service, by);
    const stack = [first];
    for (let span = stack.pop(); span; span = stack.pop()) {
      span.start += by;
      span.end += by;
      for (const child of span.children) stack.push(child);
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

/** Why a span failed, in its own words: its message, else that of its exception. */
export function failureOf({ message, events }: Span): string {
  if (message !== '') return message;
  const exception = events.findLast((event) => event.name === 'exception')?.attributes;
  const said = (key: string) => exception?.find(([name]) => name === key)?.[1];
  return said('exception.message') ?? said('exception.type') ?? '';
}

/** A span and all above it. */
export function pathTo(span: Span | undefined): ReadonlySet<Span> {
  const path = new Set<Span>();
  for (let at = span; at; at = at.parent) path.add(at);
  return path;
}

/** The milliseconds that the trace's end waited for a span itself. */
export const timeOn = (trace: Trace, span: Span) => (trace.path.get(span) ?? []).reduce((sum, [from, to]) => sum + to - from, 0);

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
