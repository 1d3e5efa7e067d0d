import { untrack } from 'svelte';
import { ApiError } from '../api/http.svelte.ts';

/** From here on the reader is told that something is still being read, and may stop it. */
const SLOW_MILLIS = 2000;

const slow = $state<{ since: number | undefined }>({ since: undefined });
const late = new Set<Loader<unknown>>();

/** What the pages have been waiting for longer than two seconds. */
export const waiting = {
  /** Since when, in milliseconds since 1970; undefined where nothing takes that long. */
  get since() {
    return slow.since;
  },
  /** Ends it; what was there before stays. */
  stop() {
    for (const loader of [...late]) loader.stop();
  },
};

/**
 * The state of one request of a page: what came last, whether something newer is on its way, and what went wrong. What
 * came stays until the next has come, so that nothing flickers while a range moves.
 */
export class Loader<T> {
  private static running = 0;

  value = $state.raw<T | undefined>(undefined);
  error = $state.raw<Error | undefined>(undefined);
  loading = $state(false);
  private current: AbortController | undefined;

  /** Whether a request of any loader is on its way: a refresh waits for it, else it might never end. */
  static get busy() {
    return Loader.running > 0;
  }

  /** Counts a request as on its way until the returned function is called. */
  static started(): () => void {
    Loader.running++;
    return () => void Loader.running--;
  }

  /** Starts a request, ending the one before. Called within an effect: what `load` reads at once is depended upon. */
  run(load: (signal: AbortSignal) => Promise<T>): () => void {
    this.current?.abort();
    untrack(() => this.inTime());
    const controller = new AbortController();
    this.current = controller;
    const promise = load(controller.signal);
    const ended = Loader.started();
    promise.then(ended, ended);
    const began = Date.now();
    const timer = setTimeout(() => {
      late.add(this);
      slow.since ??= began;
    }, SLOW_MILLIS);
    const settled = () => {
      clearTimeout(timer);
      if (this.current === controller) this.inTime();
    };
    promise.then(settled, settled);
    untrack(() => {
      this.loading = true;
    });
    promise.then(
      (value) => {
        if (this.current !== controller) return;
        this.value = value;
        this.error = undefined;
        this.loading = false;
      },
      (failure: unknown) => {
        if (this.current !== controller || controller.signal.aborted) return;
        this.error = failure instanceof Error ? failure : new Error(String(failure));
        this.loading = false;
      },
    );
    return () => controller.abort();
  }

  /** Ends the request by the reader's wish. */
  stop() {
    this.current?.abort();
    this.current = undefined;
    this.loading = false;
    this.inTime();
    if (this.value === undefined) this.error = new ApiError(0, 'stopped before an answer came; r asks again');
  }

  /** Nothing is waited for, or not for long yet. */
  private inTime() {
    late.delete(this);
    if (late.size === 0) slow.since = undefined;
  }

  clear() {
    this.current?.abort();
    this.value = undefined;
    this.error = undefined;
    this.loading = false;
  }
}
