import { getJson } from './http.svelte.ts';
import { type KeyValue, type OtlpTrace, valueText } from './otlp.ts';

/** The Tempo API, as the pages use it. */

export interface FoundSpan {
  readonly id: string;
  readonly startMillis: number;
  readonly millis: number;
  readonly attributes: ReadonlyMap<string, string>;
}

export interface FoundTrace {
  readonly id: string;
  readonly service: string;
  readonly name: string;
  readonly startMillis: number;
  readonly millis: number;
  readonly services: readonly { name: string; spans: number; errors: number }[];
  readonly spans: number;
  readonly errors: number;
  readonly matched: number;
  /** The spans that the query is about, the earliest first, at most as many as were asked for. */
  readonly matching: readonly FoundSpan[];
}

interface SearchReply {
  traces?: {
    traceID: string;
    rootServiceName?: string;
    rootTraceName?: string;
    startTimeUnixNano: string;
    durationMs?: number;
    serviceStats?: Record<string, { spanCount?: number; errorCount?: number }>;
    spanSets?: { matched?: number; spans?: { spanID: string; startTimeUnixNano: string; durationNanos: string; attributes?: KeyValue[] }[] }[];
  }[];
  metrics?: { inspectedSpans?: string };
}

export interface Found {
  readonly traces: readonly FoundTrace[];
  readonly inspectedSpans: number;
  readonly complete: boolean;
}

const ROOT = '/tempo/api';
const millisOf = (nanos: string) => Number(BigInt(nanos) / 1000n) / 1000;

/** The newest traces that have a span the query asks for. */
export async function search(query: string, range: { from: number; to: number }, limit: number, signal?: AbortSignal): Promise<Found> {
  const reply = await getJson<SearchReply>(
    `${ROOT}/search`,
    { q: query, limit, spss: 12, start: Math.floor(range.from / 1000), end: Math.ceil(range.to / 1000) },
    signal,
  );
  const traces = (reply.traces ?? []).map((one): FoundTrace => {
    const services = Object.entries(one.serviceStats ?? {}).map(([name, stats]) => ({ name, spans: stats.spanCount ?? 0, errors: stats.errorCount ?? 0 }));
    const set = one.spanSets?.[0];
    return {
      id: one.traceID.padStart(32, '0'),
      service: one.rootServiceName ?? '',
      name: one.rootTraceName ?? '',
      startMillis: millisOf(one.startTimeUnixNano),
      millis: one.durationMs ?? 0,
      services,
      spans: services.reduce((sum, service) => sum + service.spans, 0),
      errors: services.reduce((sum, service) => sum + service.errors, 0),
      matched: set?.matched ?? 0,
      matching: (set?.spans ?? []).map((span) => ({
        id: span.spanID,
        startMillis: millisOf(span.startTimeUnixNano),
        millis: Number(span.durationNanos) / 1e6,
        attributes: new Map((span.attributes ?? []).map((entry) => [entry.key, valueText(entry.value)])),
      })),
    };
  });
  return { traces, inspectedSpans: Number(reply.metrics?.inspectedSpans ?? 0), complete: traces.length < limit };
}

export const trace = (id: string, signal?: AbortSignal) => getJson<OtlpTrace>(`${ROOT}/traces/${encodeURIComponent(id)}`, {}, signal);

export const tagNames = async (range: { from: number; to: number }, signal?: AbortSignal) =>
  (await getJson<{ tagNames?: string[] }>(`${ROOT}/search/tags`, { start: Math.floor(range.from / 1000), end: Math.ceil(range.to / 1000), limit: 20_000 }, signal)).tagNames ?? [];

/** Attribute keys with their scope, as TraceQL writes them. */
export const scopedTags = async (range: { from: number; to: number }, signal?: AbortSignal) => {
  const reply = await getJson<{ scopes?: { name: string; tags?: string[] }[] }>(
    `${ROOT}/v2/search/tags`,
    { start: Math.floor(range.from / 1000), end: Math.ceil(range.to / 1000), limit: 20_000 },
    signal,
  );
  return (reply.scopes ?? []).filter((scope) => scope.name !== 'intrinsic').flatMap((scope) => (scope.tags ?? []).map((tag) => `${scope.name}.${tag}`));
};

export const tagValues = async (tag: string, range: { from: number; to: number }, signal?: AbortSignal) =>
  (await getJson<{ tagValues?: string[] }>(`${ROOT}/search/tag/${encodeURIComponent(tag)}/values`, { start: Math.floor(range.from / 1000), end: Math.ceil(range.to / 1000), limit: 200 }, signal)).tagValues ?? [];
