import { getJson } from './http.svelte.ts';

/** The Loki API, as the pages use it. */

export interface Line {
  /** Unique among the lines of one answer. */
  readonly key: string;
  readonly nanos: bigint;
  readonly millis: number;
  readonly text: string;
  readonly service: string;
  readonly level: string;
  /** Labels of the stream, then the record's own, then what the query parsed. */
  readonly fields: ReadonlyMap<string, string>;
  readonly traceId: string;
  readonly spanId: string;
}

interface Streams {
  data: { result: { stream: Record<string, string>; values: [string, string, { structuredMetadata?: Record<string, string>; parsed?: Record<string, string> }?][] }[] };
}

interface Matrix {
  data: { result: { metric: Record<string, string>; values: [number, string][] }[] };
}

const ROOT = '/loki/loki/api/v1';
const CATEGORIES = { 'X-Loki-Response-Encoding-Flags': 'categorize-labels' };

/** Lines between two moments in nanoseconds, the first excluded where lines are read forward from it. */
export async function lines(
  query: string,
  bounds: { start: bigint; end: bigint; limit: number; direction: 'backward' | 'forward' },
  signal?: AbortSignal,
): Promise<Line[]> {
  const reply = await getJson<Streams>(
    `${ROOT}/query_range`,
    { query, start: String(bounds.start), end: String(bounds.end), limit: bounds.limit, direction: bounds.direction },
    signal,
    CATEGORIES,
  );
  const found: Line[] = [];
  reply.data.result.forEach(({ stream, values }, number) => {
    values.forEach(([nanos, text, categories], index) => found.push(line(`${nanos}.${number}.${index}`, nanos, text, stream, categories ?? {})));
  });
  const order = bounds.direction === 'backward' ? -1 : 1;
  return found.sort((one, other) => (one.nanos === other.nanos ? 0 : one.nanos < other.nanos ? -order : order));
}

function line(key: string, nanos: string, text: string, stream: Record<string, string>, more: { structuredMetadata?: Record<string, string>; parsed?: Record<string, string> }): Line {
  const fields = new Map(Object.entries({ ...stream, ...more.structuredMetadata, ...more.parsed }));
  const at = BigInt(nanos);
  return {
    key, nanos: at, millis: Number(at / 1_000_000n), text, fields,
    service: fields.get('service_name') ?? '',
    level: fields.get('detected_level') ?? 'unknown',
    traceId: fields.get('trace_id') ?? '',
    spanId: fields.get('span_id') ?? '',
  };
}

export interface Volume {
  /** The start of each step, in milliseconds. */
  readonly starts: readonly number[];
  readonly stepMillis: number;
  readonly byLevel: ReadonlyMap<string, Float64Array>;
  readonly total: number;
}

/** How many lines each step has, by level; exact, computed by the store. */
export async function volume(query: string, range: { from: number; to: number }, steps: number, signal?: AbortSignal): Promise<Volume> {
  const stepMillis = Math.max(1000, Math.ceil((range.to - range.from) / steps / 1000) * 1000);
  const first = Math.floor(range.from / stepMillis) * stepMillis;
  const number = Math.ceil((range.to - first) / stepMillis);
  const starts = Array.from({ length: number }, (_, index) => first + index * stepMillis);
  const seconds = stepMillis / 1000;
  const reply = await getJson<Matrix>(
    `${ROOT}/query_range`,
    { query: `sum by (detected_level) (count_over_time(${query} [${seconds}s]))`, start: first / 1000 + seconds, end: first / 1000 + number * seconds, step: seconds },
    signal,
  );
  const byLevel = new Map<string, Float64Array>();
  let total = 0;
  for (const { metric, values } of reply.data.result) {
    const counts = new Float64Array(number);
    for (const [at, value] of values) {
      const index = Math.round((at * 1000 - first) / stepMillis) - 1;
      if (index >= 0 && index < number) counts[index] = Number(value);
      total += Number(value);
    }
    byLevel.set(metric['detected_level'] ?? 'unknown', counts);
  }
  return { starts, stepMillis, byLevel, total };
}

/** How many lines there are from `from` to `to`. */
export async function lineCount(query: string, range: { from: number; to: number }, signal?: AbortSignal): Promise<number> {
  const seconds = Math.max(1, Math.ceil((range.to - range.from) / 1000));
  const reply = await getJson<{ data: { result: { value: [number, string] }[] } }>(
    `${ROOT}/query`,
    { query: `sum(count_over_time(${query} [${seconds}s]))`, time: range.to / 1000 },
    signal,
  );
  return Number(reply.data.result[0]?.value[1] ?? 0);
}

/** The names of the labels of streams. */
export const fieldNames = async (range: { from: number; to: number }, signal?: AbortSignal) =>
  (await getJson<{ data?: string[] }>(`${ROOT}/labels`, { start: range.from / 1000, end: range.to / 1000 }, signal)).data ?? [];

export const fieldValues = async (name: string, range: { from: number; to: number }, signal?: AbortSignal) =>
  (await getJson<{ data?: string[] }>(`${ROOT}/label/${encodeURIComponent(name)}/values`, { start: range.from / 1000, end: range.to / 1000 }, signal)).data ?? [];
