import { counts as ask, type Count, type Counts } from '../api/insight.ts';
import { shortCount } from '../format.ts';
import { logql, matchers, traceql } from '../state/filter.ts';
import { place } from '../state/place.svelte.ts';

let found = $state.raw<Counts>({});

export const countWords = (count: Count | undefined) => (count === undefined ? undefined : `${shortCount(count.count)}${count.exact ? '' : '+'}`);

/** What the filter leaves of each signal, and how many services there are; undefined while it is not known. */
export const counts = {
  get services() {
    return found.services;
  },
  get traces() {
    return countWords(found.traces);
  },
  get logs() {
    return countWords(found.logs);
  },
  get metrics() {
    return countWords(found.metrics);
  },
};

/** The queries that count what chips and words leave; an empty selector stands for every metric. */
export function countQueries(chips = place.chips, text = place.words) {
  const selector = matchers(chips);
  return { traces: traceql(chips, text), logs: logql(chips, text), metrics: selector === '' ? '' : `{${selector}}` };
}

/** Counts anew; the counts before stay until the new ones come, and those of a failed query go. */
export function countSignals(): () => void {
  const { from, to } = place.range;
  const controller = new AbortController();
  ask(countQueries(), { from, to }, controller.signal).then(
    (next) => (found = next),
    () => {
      if (!controller.signal.aborted) found = {};
    },
  );
  return () => controller.abort();
}
