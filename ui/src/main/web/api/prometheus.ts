import { getJson } from './http.svelte.ts';

/** The Prometheus API, as the pages use it. */

export interface Series {
  readonly labels: ReadonlyMap<string, string>;
  /** One value for each step of the range; null where there is none. */
  readonly values: readonly (number | null)[];
}

export interface Answer {
  /** The moments of the steps, in seconds. */
  readonly times: readonly number[];
  readonly stepSeconds: number;
  readonly series: readonly Series[];
  readonly samples: number;
  readonly millis: number;
  readonly notes: readonly string[];
}

export interface Exemplar {
  readonly labels: ReadonlyMap<string, string>;
  readonly millis: number;
  readonly value: number;
  readonly traceId: string;
  readonly spanId: string;
}

export interface Metadata {
  readonly type: string;
  readonly help: string;
  readonly unit: string;
}

interface RangeReply {
  data: { resultType: string; result: { metric: Record<string, string>; values?: [number, string][] }[] };
  warnings?: string[];
  infos?: string[];
}

const ROOT = '/prometheus/api/v1';

/** The step, in seconds, for a chart of so many points over a range; a whole number that divides minutes or hours. */
export function stepFor(range: { from: number; to: number }, points: number): number {
  const least = (range.to - range.from) / 1000 / points;
  return [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 21_600, 43_200].find((step) => step >= least) ?? 86_400;
}

/** The span of a `rate` that always holds four scrapes or steps. */
export const rateSpan = (stepSeconds: number) => `${Math.max(60, stepSeconds * 4)}s`;

/** What stands in queries for spans of the chart. */
export const spansOf = (range: { from: number; to: number }, stepSeconds: number) => ({
  $__rate_interval: rateSpan(stepSeconds),
  $__interval: `${stepSeconds}s`,
  $__range: `${Math.ceil((range.to - range.from) / 1000)}s`,
});

export async function queryRange(query: string, range: { from: number; to: number }, stepSeconds: number, signal?: AbortSignal): Promise<Answer> {
  const start = Math.floor(range.from / 1000 / stepSeconds) * stepSeconds;
  const end = Math.ceil(range.to / 1000 / stepSeconds) * stepSeconds;
  const began = performance.now();
  const reply = await getJson<RangeReply>(
    `${ROOT}/query_range`,
    { query, start, end, step: stepSeconds },
    signal,
  );
  const steps = Math.round((end - start) / stepSeconds) + 1;
  const times = Array.from({ length: steps }, (_, index) => start + index * stepSeconds);
  let samples = 0;
  const series = reply.data.result.map((one) => {
    const values: (number | null)[] = Array(steps).fill(null);
    for (const [at, value] of one.values ?? []) {
      const index = Math.round((at - start) / stepSeconds);
      if (index >= 0 && index < steps) values[index] = Number.isFinite(Number(value)) ? Number(value) : null;
      samples++;
    }
    return { labels: new Map(Object.entries(one.metric)), values };
  });
  return { times, stepSeconds, series, samples, millis: performance.now() - began, notes: [...(reply.warnings ?? []), ...(reply.infos ?? [])] };
}

export async function exemplars(query: string, range: { from: number; to: number }, signal?: AbortSignal): Promise<Exemplar[]> {
  const reply = await getJson<{ data: { seriesLabels: Record<string, string>; exemplars: { labels: Record<string, string>; value: string; timestamp: number }[] }[] }>(
    `${ROOT}/query_exemplars`,
    { query, start: range.from / 1000, end: range.to / 1000 },
    signal,
  );
  return reply.data.flatMap((one) =>
    one.exemplars.map((exemplar) => ({
      labels: new Map(Object.entries(one.seriesLabels)),
      millis: exemplar.timestamp * 1000,
      value: Number(exemplar.value),
      traceId: exemplar.labels['trace_id'] ?? '',
      spanId: exemplar.labels['span_id'] ?? '',
    })),
  );
}

export const metricNames = async (selector: string, range: { from: number; to: number }, signal?: AbortSignal) =>
  (
    await getJson<{ data: string[] }>(
      `${ROOT}/label/__name__/values`,
      { 'match[]': selector === '' ? undefined : selector, start: range.from / 1000, end: range.to / 1000 },
      signal,
    )
  ).data;

export const labelNames = async (selector: string, range: { from: number; to: number }, signal?: AbortSignal) =>
  (await getJson<{ data: string[] }>(`${ROOT}/labels`, { 'match[]': selector === '' ? undefined : selector, start: range.from / 1000, end: range.to / 1000 }, signal)).data;

export const labelValues = async (label: string, selector: string, range: { from: number; to: number }, signal?: AbortSignal) =>
  (
    await getJson<{ data: string[] }>(
      `${ROOT}/label/${encodeURIComponent(label)}/values`,
      { 'match[]': selector === '' ? undefined : selector, start: range.from / 1000, end: range.to / 1000 },
      signal,
    )
  ).data;

export const seriesLabels = async (selector: string, range: { from: number; to: number }, signal?: AbortSignal) =>
  (await getJson<{ data: Record<string, string>[] }>(`${ROOT}/series`, { 'match[]': selector, start: range.from / 1000, end: range.to / 1000 }, signal)).data;

export async function metadata(signal?: AbortSignal): Promise<ReadonlyMap<string, Metadata>> {
  const reply = await getJson<{ data: Record<string, Metadata[]> }>(`${ROOT}/metadata`, {}, signal);
  const found = new Map<string, Metadata>();
  for (const [name, entries] of Object.entries(reply.data)) if (entries[0]) found.set(name, entries[0]);
  return found;
}

export const version = async () => {
  const reply = await getJson<{ data: { revision: string } }>(`${ROOT}/status/buildinfo`, {});
  return reply.data.revision.replace(/^pharos-/, '');
};
