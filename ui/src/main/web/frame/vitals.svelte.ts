import { commitP99, own, type Own } from '../api/own.ts';
import { version } from '../api/prometheus.ts';

/** What the process receives and holds, read every few seconds while the page is shown. */
const EVERY_MILLIS = 5000;

let last = $state.raw<Own | undefined>(undefined);
let before = $state.raw<Own | undefined>(undefined);
let name = $state('');

const rates = $derived.by(() => {
  if (!last || !before) return undefined;
  const seconds = (last.millis - before.millis) / 1000;
  const per = (signal: keyof Own['accepted']) => Math.max(0, ((last?.accepted[signal] ?? 0) - (before?.accepted[signal] ?? 0)) / seconds);
  const one = { traces: per('traces'), logs: per('logs'), metrics: per('metrics') };
  return { ...one, all: one.traces + one.logs + one.metrics };
});

export const vitals = {
  get rates() {
    return rates;
  },
  get accepted() {
    return last?.accepted;
  },
  get lastAccepted() {
    return last?.last;
  },
  get undecodable() {
    return last?.undecodable ?? 0;
  },
  get refused() {
    return last?.refused ?? new Map<string, number>();
  },
  get misdirected() {
    return last?.misdirected ?? [];
  },
  get storedBytes() {
    return last?.storedBytes;
  },
  get freeBytes() {
    return last?.freeBytes;
  },
  /** When the process began, in milliseconds since 1970. */
  get startedAt() {
    return last?.startedAt;
  },
  get commitP99() {
    return last && before ? commitP99(before, last) : undefined;
  },
  get version() {
    return name;
  },
  /** Reads on until the returned function is called. */
  watch() {
    let timer: ReturnType<typeof setTimeout> | undefined;
    let stopped = false;
    const read = async () => {
      try {
        if (document.visibilityState === 'visible') {
          const next = await own();
          before = last;
          last = next;
        }
        if (name === '') name = await version();
      } catch {
        // The status line tells that the process does not answer.
      }
      if (!stopped) timer = setTimeout(read, EVERY_MILLIS);
    };
    void read();
    return () => {
      stopped = true;
      clearTimeout(timer);
    };
  },
};
