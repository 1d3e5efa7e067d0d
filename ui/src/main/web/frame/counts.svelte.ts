import { lineCount } from '../api/loki.ts';
import { metricNames } from '../api/prometheus.ts';
import { search } from '../api/tempo.ts';
import { logql, matchers, traceql } from '../state/filter.ts';
import { place } from '../state/place.svelte.ts';

/** What the filter leaves of each signal; undefined while it is not known. */
let logs = $state<number | undefined>();
let metrics = $state<number | undefined>();
let traces = $state<string | undefined>();

/** The most traces that are looked for only to count them. */
const MOST_TRACES = 50;

export const counts = {
  get logs() {
    return logs;
  },
  get metrics() {
    return metrics;
  },
  get traces() {
    return traces;
  },
};

/** Counts anew; the counts before stay until the new ones come, and those of a failed query go. */
export function countSignals(): () => void {
  const { from, to } = place.range;
  const range = { from, to };
  const controller = new AbortController();
  const { signal } = controller;
  const selector = matchers(place.chips);
  const keep = <T>(request: Promise<T>, put: (value: T | undefined) => void) => {
    request.then(put, () => {
      if (!signal.aborted) put(undefined);
    });
  };
  keep(lineCount(logql(place.chips, place.words), range, signal), (value) => (logs = value));
  keep(metricNames(selector === '' ? '' : `{${selector}}`, range, signal), (value) => (metrics = value?.length));
  keep(search(traceql(place.chips, place.words), range, MOST_TRACES, signal), (value) => {
    traces = value === undefined ? undefined : value.complete ? String(value.traces.length) : `${MOST_TRACES}+`;
  });
  return () => controller.abort();
}
