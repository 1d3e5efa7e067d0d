import { untrack } from 'svelte';

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

  /** Starts a request, ending the one before. Called within an effect: what `load` reads at once is depended upon. */
  run(load: (signal: AbortSignal) => Promise<T>): () => void {
    this.current?.abort();
    const controller = new AbortController();
    this.current = controller;
    const promise = load(controller.signal);
    Loader.running++;
    const ended = () => void Loader.running--;
    promise.then(ended, ended);
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

  clear() {
    this.current?.abort();
    this.value = undefined;
    this.error = undefined;
    this.loading = false;
  }
}
