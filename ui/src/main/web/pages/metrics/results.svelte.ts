import { untrack } from 'svelte';
import { type Answer, type Exemplar, exemplars, queryRange, spansOf } from '../../api/prometheus.ts';
import { Loader } from '../../state/loader.svelte.ts';
import { type Expanded, expanded } from './expression.ts';

export interface Asked {
  readonly letter: string;
  readonly query: string;
}

/**
 * What the queries of a chart answer. The last good answer of a query stays until the next one is there, and where the
 * next is an error; each that has come is shown at once.
 */
export class Results {
  answers = $state.raw<ReadonlyMap<string, Answer>>(new Map());
  errors = $state.raw<ReadonlyMap<string, Error>>(new Map());
  /** What was asked for each letter. */
  asked = $state.raw<ReadonlyMap<string, Expanded>>(new Map());
  exemplars = $state.raw<ReadonlyMap<string, readonly Exemplar[]>>(new Map());
  /** The letters that have no answer yet. */
  open = $state.raw<ReadonlySet<string>>(new Set());
  private controller = new AbortController();

  /** @param all the queries, those that are hidden too, since others may name them */
  run(all: readonly Asked[], shown: readonly Asked[], range: { from: number; to: number }, stepSeconds: number): () => void {
    this.controller.abort();
    const controller = new AbortController();
    this.controller = controller;
    const others = new Map(all.map(({ letter, query }) => [letter, query]));
    const letters = new Set(shown.map(({ letter }) => letter));
    untrack(() => {
      const kept = <Value>(map: ReadonlyMap<string, Value>) => new Map([...map].filter(([letter]) => letters.has(letter)));
      this.answers = kept(this.answers);
      this.exemplars = kept(this.exemplars);
      this.errors = new Map();
      this.asked = new Map();
      this.open = letters;
    });
    for (const { letter, query } of shown) void this.ask(letter, query, others, range, stepSeconds, controller.signal);
    return () => controller.abort();
  }

  /** Ends what is on its way; what has come stays. */
  stop() {
    this.controller.abort();
    this.open = new Set();
  }

  private async ask(letter: string, query: string, others: ReadonlyMap<string, string>, range: { from: number; to: number }, stepSeconds: number, signal: AbortSignal) {
    const ended = Loader.started();
    try {
      const whole = expanded(query, others, spansOf(range, stepSeconds));
      this.asked = new Map([...untrack(() => this.asked), [letter, whole]]);
      const answer = await queryRange(whole.query, range, stepSeconds, signal);
      this.answers = new Map([...this.answers, [letter, answer]]);
      const found = await exemplars(whole.query, range, signal).catch(() => []);
      if (!signal.aborted) this.exemplars = new Map([...this.exemplars, [letter, found.filter((exemplar) => exemplar.traceId !== '')]]);
    } catch (failure) {
      if (!signal.aborted) this.errors = new Map([...this.errors, [letter, failure instanceof Error ? failure : new Error(String(failure))]]);
    } finally {
      ended();
      if (!signal.aborted) this.open = new Set([...this.open].filter((one) => one !== letter));
    }
  }
}
