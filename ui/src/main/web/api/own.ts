import { getText } from './http.svelte.ts';

/** What the process counts about itself. */

export interface Own {
  readonly millis: number;
  /** Items acknowledged since the start, what the process sends itself is not among them. */
  readonly accepted: Readonly<Record<'traces' | 'logs' | 'metrics', number>>;
  /** When items of a signal were last acknowledged, in milliseconds since 1970; 0 before the first. */
  readonly last: Readonly<Record<'traces' | 'logs' | 'metrics', number>>;
  /** Items that receivers refused since the start, by cause. */
  readonly refused: ReadonlyMap<string, number>;
  /** Requests whose bytes no receiver could read. */
  readonly undecodable: number;
  /** Requests that came to the wrong port or path since the start. */
  readonly misdirected: readonly Misdirected[];
  readonly storedBytes: number;
  /** What the disk has left; undefined without a store. */
  readonly freeBytes: number | undefined;
  /** When the process began, in milliseconds since 1970. */
  readonly startedAt: number | undefined;
  /** Cumulative counts of commits by their upper bound in seconds. */
  readonly commits: readonly { bound: number; count: number }[];
}

export interface Misdirected {
  /** What the port takes. */
  readonly port: string;
  readonly sent: string;
  /** Where it was the right port: one of the usual mistakes, or `other`. */
  readonly path: string;
  readonly requests: number;
}

const SAMPLE = /^([a-zA-Z_:][\w:]*)(?:\{(.*)\})? (\S+)$/;

function labelOf(labels: string, name: string): string {
  return new RegExp(`(?:^|,)${name}="([^"]*)"`).exec(labels)?.[1] ?? '';
}

/** Reads the Prometheus text that the process writes. */
export function parseOwn(text: string, millis: number): Own {
  const accepted = { traces: 0, logs: 0, metrics: 0 };
  const last = { traces: 0, logs: 0, metrics: 0 };
  const refused = new Map<string, number>();
  let undecodable = 0;
  const misdirected: Misdirected[] = [];
  let storedBytes = 0;
  let freeBytes: number | undefined;
  let startedAt: number | undefined;
  const commits = new Map<number, number>();
  for (const row of text.split('\n')) {
    const [, name, labels = '', value] = SAMPLE.exec(row) ?? [];
    if (name === 'pharos_receiver_accepted_items_total') {
      const signal = labelOf(labels, 'signal');
      if (signal in accepted) accepted[signal as keyof typeof accepted] += Number(value);
    } else if (name === 'pharos_receiver_last_accepted_timestamp_seconds') {
      const signal = labelOf(labels, 'signal') as keyof typeof last;
      if (signal in last) last[signal] = Math.max(last[signal], Number(value) * 1000);
    } else if (name === 'pharos_receiver_undecodable_requests_total') {
      undecodable += Number(value);
    } else if (name === 'pharos_receiver_refused_items_total' && Number(value) > 0) {
      const cause = labelOf(labels, 'cause');
      refused.set(cause, (refused.get(cause) ?? 0) + Number(value));
    } else if (name === 'pharos_receiver_misdirected_requests_total' && Number(value) > 0) {
      misdirected.push({ port: labelOf(labels, 'port'), sent: labelOf(labels, 'sent'), path: labelOf(labels, 'path'), requests: Number(value) });
    } else if (name === 'pharos_store_segments_bytes' || name === 'pharos_store_log_size_bytes') {
      storedBytes += Number(value);
    } else if (name === 'pharos_store_free_bytes') {
      freeBytes = Number.isFinite(Number(value)) ? Number(value) : undefined;
    } else if (name === 'process_start_time_seconds') {
      startedAt = Number(value) * 1000;
    } else if (name === 'pharos_store_commit_seconds_bucket') {
      const text = labelOf(labels, 'le');
      const bound = text === '+Inf' ? Infinity : Number(text);
      commits.set(bound, (commits.get(bound) ?? 0) + Number(value));
    }
  }
  return { millis, accepted, last, refused, undecodable, misdirected, storedBytes, freeBytes, startedAt, commits: [...commits].map(([bound, count]) => ({ bound, count })).sort((one, other) => one.bound - other.bound) };
}

export const own = async (signal?: AbortSignal) => parseOwn(await getText('/own/metrics', signal), Date.now());

/** Seconds under which 99 of 100 commits between two readings stayed, by the bounds of the histogram; undefined without any. */
export function commitP99(before: Own, after: Own): number | undefined {
  const grown = after.commits.map((bucket, index) => ({ bound: bucket.bound, count: bucket.count - (before.commits[index]?.count ?? 0) }));
  const total = grown.at(-1)?.count ?? 0;
  return total <= 0 ? undefined : grown.find((bucket) => bucket.count >= total * 0.99)?.bound;
}
