import { getJson } from './http.svelte.ts';

/** The insight API (docs/reference/insight.md), as the pages use it: times in milliseconds, durations in nanoseconds, shares 0 to 1, rates a second. */

export interface Span {
  readonly from: number;
  readonly to: number;
}

/** One value for each column of an answer; null where there are no data. */
export type Column = readonly (number | null)[];

/** The columns of an answer: the first starts at `start`, in milliseconds. */
export interface Columns {
  readonly start: number;
  readonly end: number;
  readonly stepSeconds: number;
}

export interface Was {
  readonly rate: number;
  readonly errorShare: number;
  readonly p95Nanos: number | null;
}

export type Away = 'errors' | 'duration' | 'rate' | 'gone';

export interface Service {
  readonly name: string;
  readonly language: string | null;
  readonly version: string | null;
  readonly versionSince: number | null;
  readonly instances: number | null;
  readonly rate: number;
  readonly errorShare: number;
  readonly p50Nanos: number | null;
  readonly p95Nanos: number | null;
  readonly p99Nanos: number | null;
  readonly was: Was | null;
  /** 0 is as usual. */
  readonly away: number;
  readonly awayIn: readonly Away[];
  readonly since: number | null;
  readonly why: { readonly kind: 'waits'; readonly service: string; readonly share: number } | { readonly kind: 'itself' } | null;
  readonly errorLogs: number;
  readonly logs: number;
  readonly series: { readonly calls: Column; readonly errors: Column; readonly p95Nanos: Column };
}

export interface Attribute {
  readonly scope: string;
  readonly key: string;
  readonly value: string;
}

export interface Finding {
  readonly service: string;
  readonly what: Away;
  readonly since: number;
  /** It may have begun before `since`: the normal is that of another day. */
  readonly earlier: boolean;
  readonly from: number;
  readonly to: number;
  readonly cause: { readonly kind: 'itself' } | { readonly kind: 'waits'; readonly service: string; readonly share: number };
  readonly attribute: (Attribute & { readonly inside: number; readonly outside: number; readonly same: readonly Attribute[] }) | null;
  readonly count: number;
  readonly explains: { readonly share: number; readonly services: readonly string[] } | null;
  readonly version: { readonly from: string; readonly to: string; readonly at: number } | null;
  readonly series: { readonly start: number; readonly stepSeconds: number; readonly unit: 'nanos' | 'share' | 'rate'; readonly lit: Column; readonly rest: Column };
  readonly traceId: string | null;
  readonly box: { readonly start: number; readonly end: number; readonly leastNanos: number | null; readonly mostNanos: number | null; readonly by: 'slow' | 'errors' };
  readonly sentence: string;
  readonly evidence: string;
}

export interface Change {
  readonly at: number;
  readonly kind: 'version' | 'errors' | 'duration' | 'rate' | 'new' | 'gone';
  readonly service: string;
  /** What is gone of the service; none if it is the service itself. */
  readonly instance?: string | null;
  readonly from: string | number | null;
  readonly to: string | number | null;
  readonly factor: number | null;
  readonly instances: number | null;
}

export interface Baseline {
  readonly kind: 'yesterday' | 'before' | 'within' | 'none';
  /** Null only where there is none. */
  readonly start: number | null;
  readonly end: number | null;
}

export interface Overview extends Columns {
  readonly baseline: Baseline;
  readonly services: readonly Service[];
  readonly findings: readonly Finding[];
  readonly changes: readonly Change[];
  readonly totals: { readonly calls: Column; readonly errors: Column; readonly logLines: Column; readonly errorLogs: Column };
}

export interface Operation {
  readonly name: string;
  readonly kind: 'server' | 'client' | 'internal' | 'producer' | 'consumer';
  readonly rate: number;
  readonly errorShare: number;
  readonly p50Nanos: number | null;
  readonly p95Nanos: number | null;
  readonly was: Was | null;
  readonly impact: number;
  readonly away: number;
  readonly p95Series: Column;
}

export interface Peer {
  readonly service: string;
  readonly rate: number;
  readonly errorShare: number;
  readonly p95Nanos: number | null;
  readonly was: Was | null;
}

export interface Dependency extends Peer {
  readonly external: boolean;
  readonly system: string | null;
  readonly timeShare: number;
}

export interface ServiceInstance {
  /** Null for spans that name none. */
  readonly instance: string | null;
  readonly version: string | null;
  readonly rate: number;
  readonly errorShare: number;
  readonly p95Nanos: number | null;
  readonly away: number;
  readonly attributes: Readonly<Record<string, string>>;
}

export interface Deploy {
  readonly version: string;
  readonly since: number;
  readonly p95Factor: number | null;
  readonly errorShareWas: number | null;
  readonly errorShare: number | null;
}

export interface ServiceDetail extends Columns {
  readonly service: Service;
  readonly baseline: Baseline;
  readonly series: { readonly calls: Column; readonly errors: Column; readonly p50Nanos: Column; readonly p95Nanos: Column; readonly p99Nanos: Column };
  readonly operations: readonly Operation[];
  readonly dependsOn: readonly Dependency[];
  readonly usedBy: readonly Peer[];
  readonly instances: readonly ServiceInstance[];
  readonly deploys: readonly Deploy[];
  readonly logs: { readonly levels: Readonly<Record<'error' | 'warn' | 'info' | 'other', Column>> };
  readonly changes: readonly Change[];
}

export interface MapNode {
  readonly name: string;
  readonly external: boolean;
  readonly system: string | null;
  readonly rate: number;
  readonly errorShare: number;
  readonly p95Nanos: number | null;
  readonly away: number;
  readonly p95Series: Column;
}

export interface MapEdge {
  readonly client: string;
  readonly server: string;
  readonly rate: number;
  readonly errorShare: number;
  readonly p50Nanos: number | null;
  readonly p95Nanos: number | null;
  readonly was: Was | null;
  readonly away: number;
  /** Whether what is wrong begins here. */
  readonly origin: boolean;
  readonly series: { readonly calls: Column; readonly errors: Column; readonly p95Nanos: Column };
}

export interface ServiceMap extends Columns {
  readonly nodes: readonly MapNode[];
  readonly edges: readonly MapEdge[];
}

const ROOT = '/pharos/api/v1';

const bounds = (range: Span) => ({ start: range.from / 1000, end: range.to / 1000 });

export const overview = (range: Span, signal?: AbortSignal) => getJson<Overview>(`${ROOT}/overview`, bounds(range), signal);

export const service = (name: string, range: Span, signal?: AbortSignal) => getJson<ServiceDetail>(`${ROOT}/services/${encodeURIComponent(name)}`, bounds(range), signal);

export const serviceMap = (range: Span, signal?: AbortSignal) => getJson<ServiceMap>(`${ROOT}/map`, bounds(range), signal);

/** By service the number that its colour goes by. */
export const serviceNumbers = async (range: Span) => (await getJson<{ colors: Record<string, number> }>(`${ROOT}/colors`, bounds(range))).colors;

export const changes = async (range: Span, signal?: AbortSignal) => (await getJson<{ changes: Change[] }>(`${ROOT}/changes`, bounds(range), signal)).changes;

export interface Count {
  readonly count: number;
  /** False where counting ended early: there are at least so many. */
  readonly exact: boolean;
}

export interface Counts {
  readonly services?: number;
  readonly traces?: Count;
  readonly logs?: Count;
  readonly metrics?: Count;
}

/** What a filter leaves of each signal. */
export const counts = (queries: { traces?: string; logs?: string; metrics?: string }, range: Span, signal?: AbortSignal) => getJson<Counts>(`${ROOT}/counts`, { ...queries, ...bounds(range) }, signal);

export interface Volume extends Columns {
  readonly signal: 'traces' | 'logs';
  readonly counts: Column;
  readonly errors: Column;
  readonly exact: boolean;
}

/** How many spans or lines of a query there are in each bar, and how many of them failed. */
export const volume = (query: { traces: string } | { logs: string }, range: Span, bars: number, signal?: AbortSignal) => getJson<Volume>(`${ROOT}/volume`, { ...query, bars, ...bounds(range) }, signal);

export interface HeatMap {
  readonly start: number;
  readonly end: number;
  readonly columns: number;
  /** The bounds of the rows, one more than there are. */
  readonly edgesNanos: readonly number[];
  /** Spans of each column, a row of them for each stretch of durations, the fastest first. */
  readonly counts: readonly (readonly number[])[];
  readonly errors: readonly number[];
  readonly total: number;
}

/** Which spans of a query: all that it finds, or only roots. */
export type Of = 'spans' | 'roots';

export const heatMap = (query: string, of: Of, range: Span, signal?: AbortSignal) => getJson<HeatMap>(`${ROOT}/heatmap`, { q: query, of, columns: 90, rows: 28, ...bounds(range) }, signal);

export interface Difference {
  readonly scope: string;
  readonly key: string;
  readonly value: string;
  readonly type: 'string' | 'int' | 'double' | 'bool';
  readonly inside: number;
  readonly outside: number;
  readonly values: readonly { readonly value: string; readonly inside: number; readonly outside: number }[];
  /** Attributes that say the same. */
  readonly same: readonly Attribute[];
}

export interface Comparison {
  readonly inside: number;
  readonly outside: number;
  readonly leastNanos: number | null;
  readonly mostNanos: number | null;
  readonly rows: readonly Difference[];
  readonly tested: number;
  readonly hidden: number;
  readonly cost: { readonly millis: number };
}

export type Apart =
  | { readonly by: 'errors' | 'slow'; /** In seconds: what failed before is of the rest. */ readonly since?: number }
  | { readonly by: 'filter'; readonly inside: string }
  | { readonly by: 'box'; readonly boxStart: number; readonly boxEnd: number; readonly leastNanos: number; readonly mostNanos: number };

/** What sets the spans of a box, of another filter, the failed or the slowest apart from the others that a query finds. */
export const compare = (query: string, of: Of, apart: Apart, range: Span, signal?: AbortSignal) => getJson<Comparison>(`${ROOT}/compare`, { q: query, of, ...apart, limit: 40, ...bounds(range) }, signal);

export interface ExceptionGroup {
  /** Empty where the exceptions name none. */
  readonly type: string;
  /** The first line. */
  readonly message: string;
  /** The messages of the type that were too many to tell apart. */
  readonly others: boolean;
  readonly count: number;
  readonly firstSeen: number;
  readonly lastSeen: number;
  /** The most exceptions first. */
  readonly services: readonly { readonly service: string; readonly count: number }[];
  /** The newest of them. */
  readonly traceId: string;
  readonly spanId: string;
  readonly counts: Column;
}

export interface Exceptions {
  readonly total: number;
  readonly groups: readonly ExceptionGroup[];
  readonly found: number;
  readonly complete: boolean;
}

/** The exceptions of the spans that a query finds, by type and message. */
export const exceptions = (query: string, of: Of, range: Span, signal?: AbortSignal) => getJson<Exceptions>(`${ROOT}/exceptions`, { q: query, of, limit: 1000, ...bounds(range) }, signal);

export interface StructureNode {
  /** The number of the node above, -1 at the top. */
  readonly parent: number;
  readonly service: string;
  readonly name: string;
  readonly kind: string;
  readonly spans: number;
  readonly traces: number;
  readonly errors: number;
  readonly nanos: number;
  readonly selfNanos: number;
  /** The longest of its spans. */
  readonly traceId: string;
  readonly spanId: string;
}

export interface Structure {
  readonly traces: number;
  /** Of so many traces one is here. */
  readonly oneIn: number;
  readonly spans: number;
  readonly selfNanos: number;
  /** Each after the one above it. */
  readonly nodes: readonly StructureNode[];
  readonly found: number;
  readonly complete: boolean;
}

/** The operations of the traces with a span that a query finds, as one tree. */
export const structure = (query: string, of: Of, range: Span, signal?: AbortSignal) => getJson<Structure>(`${ROOT}/structure`, { q: query, of, limit: 500, ...bounds(range) }, signal);

export interface CountedField {
  readonly name: string;
  readonly scope?: 'label' | 'metadata' | 'parsed';
  readonly lines: number;
  readonly distinct: number;
  readonly values: readonly { readonly value: string; readonly lines: number }[];
}

export interface Fields {
  readonly lines: number;
  /** Whether these are all lines, not only the newest of them. */
  readonly exact: boolean;
  readonly fields: readonly CountedField[];
}

/** The fields of all lines of a query, with their most frequent values. */
export const fields = (query: string, range: Span, signal?: AbortSignal) => getJson<Fields>(`${ROOT}/fields`, { query, fields: 60, values: 12, ...bounds(range) }, signal);

/** A trace in small: up to three services with the share of its time at which each began and ended. */
export interface Sketch {
  readonly traceId: string;
  readonly bars: readonly { readonly service: string; readonly from: number; readonly to: number }[];
}

export async function sketches(ids: readonly string[], signal?: AbortSignal): Promise<Sketch[]> {
  const reply = await getJson<{ traces: { traceId: string; durationNanos: number; bars: { service: string; fromNanos: number; toNanos: number }[] }[] }>(`${ROOT}/sketches`, { ids: ids.join(',') }, signal);
  return reply.traces.map(({ traceId, durationNanos, bars }) => ({
    traceId,
    bars: bars.map(({ service, fromNanos, toNanos }) => ({ service, from: fromNanos / Math.max(1, durationNanos), to: toNanos / Math.max(1, durationNanos) })),
  }));
}

/** What the process computes of one trace; times are nanoseconds from its start, ids those of spans. */
export interface TraceAnalysis {
  /** Nanoseconds since 1970. */
  readonly startNanos: string;
  readonly durationNanos: number;
  readonly criticalPath: readonly { readonly spanId: string; readonly fromNanos: number; readonly toNanos: number }[];
  readonly errorOrigin: string | null;
  /** From the root to the origin. */
  readonly errorPath: readonly string[];
  readonly runs: readonly { readonly spans: readonly string[]; readonly p50Nanos: number; readonly maxNanos: number }[];
  readonly services: readonly { readonly service: string; readonly selfNanos: number; readonly criticalNanos: number; readonly spans: number; readonly errors: number }[];
  readonly moves: readonly { readonly spanId: string; readonly nanos: number }[];
  readonly verdict: { readonly service: string; readonly name: string; readonly nanos: number; readonly spans: readonly string[]; readonly failed: number; readonly message: string } | null;
}

export const traceAnalysis = (id: string, signal?: AbortSignal) => getJson<TraceAnalysis>(`${ROOT}/traces/${encodeURIComponent(id)}`, {}, signal);
