import { type Line, lines } from '../../api/loki.ts';
import { Loader } from '../../state/loader.svelte.ts';
import { firstStretch, nextStretch, renewed, stretchAt, withoutKnown } from './slices.ts';

export interface Asked {
  readonly query: string;
  /** In nanoseconds, the end excluded. */
  readonly from: bigint;
  readonly to: bigint;
  readonly oldest: boolean;
}

/**
 * The lines of a query in a range, in the order in which they are shown, a thousand at a time. A long range is searched by
 * stretches, so that the first lines are there before the last are found, and the search can be stopped. A range that
 * moved on is asked only for what is new; lines that came up to a minute late are among it.
 */
export class LineSearch {
  lines = $state.raw<readonly Line[]>([]);
  error = $state.raw<Error | undefined>(undefined);
  /** Whether what is shown answers the query that was asked last, though perhaps another range. */
  answers = $state(false);
  running = $state(false);
  /** Whether what is shown is of the range that was asked before. */
  stale = $state(false);
  /** Whether there is nothing more to find. */
  complete = $state(false);
  stopped = $state(false);
  /** How far the range has been searched, from the end that is shown first. */
  edge = $state.raw(0n);

  private asked: Asked | undefined;
  private full = false;
  private controller = new AbortController();
  private answered = 0;

  private static readonly CHUNK = 1000;
  private static readonly LATE = 60_000_000_000n;

  /** The share of the range that has been searched. */
  get share() {
    const asked = this.asked;
    if (!asked || asked.to <= asked.from) return 0;
    return Number(asked.oldest ? this.edge - asked.from : asked.to - this.edge) / Number(asked.to - asked.from);
  }

  /** Searches anew, or goes on where the range has only moved. */
  run(asked: Asked, grown: (lines: number) => void): () => void {
    const before = this.asked;
    const same = before !== undefined && before.query === asked.query && before.oldest === asked.oldest;
    const moved = same && this.answers && !this.running && !this.stopped && !this.error && !asked.oldest && asked.to > before.to && asked.from >= before.from && asked.from < before.to;
    const controller = this.begin();
    this.asked = asked;
    if (!same) this.answers = false;
    this.stale = !moved;
    void this.during(controller, moved ? () => this.renew(before, asked, controller.signal, grown) : () => this.begun(asked, controller.signal));
    return () => controller.abort();
  }

  /** Reads on behind the last line; or goes on with a search that was stopped. */
  more() {
    const asked = this.asked;
    if (!asked || this.running || this.complete) return;
    const controller = this.begin();
    void this.during(controller, () => this.walk(asked, controller.signal));
  }

  stop() {
    if (!this.running) return;
    this.controller.abort();
    this.running = false;
    this.stopped = true;
    if (this.stale) this.lines = [];
    this.stale = false;
    this.answers = true;
  }

  private begin(): AbortController {
    this.controller.abort();
    this.controller = new AbortController();
    this.running = true;
    this.stopped = false;
    return this.controller;
  }

  private async during(controller: AbortController, search: () => Promise<void>) {
    const ended = Loader.started();
    try {
      await search();
      if (!controller.signal.aborted) this.error = undefined;
    } catch (failure) {
      if (!controller.signal.aborted) this.error = failure instanceof Error ? failure : new Error(String(failure));
    } finally {
      ended();
      if (!controller.signal.aborted) this.running = false;
    }
  }

  private async begun(asked: Asked, signal: AbortSignal) {
    this.edge = asked.oldest ? asked.from : asked.to;
    this.full = false;
    await this.walk(asked, signal, true);
  }

  /** Searches until a chunk of lines more is there, or the range ends; what is shown is replaced by the first that comes if `anew`. */
  private async walk(asked: Asked, signal: AbortSignal, anew = false) {
    let wanted = LineSearch.CHUNK;
    let stretch = firstStretch(asked.from, asked.to);
    while (wanted > 0 && !signal.aborted) {
      const last = anew ? undefined : this.lines.at(-1);
      const moment = this.full ? last?.nanos : undefined;
      const known = moment === undefined ? 0 : this.lines.filter((line) => line.nanos === moment).length;
      const bounds = stretchAt(this.edge, stretch, asked, asked.oldest);
      const began = performance.now();
      const found = await lines(asked.query, { ...bounds, limit: wanted + known, direction: asked.oldest ? 'forward' : 'backward' }, signal);
      if (signal.aborted) return;
      const fresh = withoutKnown(found, moment, known).map((line) => ({ ...line, key: `${this.answered}.${line.key}` }));
      this.answered++;
      this.full = found.length >= wanted + known;
      const end = found.at(-1)?.nanos ?? 0n;
      this.edge = this.full ? (asked.oldest ? end : end + 1n) : asked.oldest ? bounds.end : bounds.start;
      this.complete = !this.full && this.edge === (asked.oldest ? asked.to : asked.from);
      if (!anew) this.lines = [...this.lines, ...fresh];
      else if (fresh.length > 0 || this.complete) {
        this.lines = fresh;
        this.answers = true;
        this.stale = false;
        anew = false;
      }
      if (this.complete) return;
      wanted -= fresh.length;
      stretch = nextStretch(stretch, performance.now() - began);
    }
  }

  private async renew(before: Asked, asked: Asked, signal: AbortSignal, grown: (lines: number) => void) {
    const since = before.to - LineSearch.LATE > asked.from ? before.to - LineSearch.LATE : asked.from;
    const found = await lines(asked.query, { start: since, end: asked.to, limit: LineSearch.CHUNK, direction: 'backward' }, signal);
    if (signal.aborted) return;
    if (found.length >= LineSearch.CHUNK) return this.begun(asked, signal);
    const known = this.lines.filter((line) => line.nanos >= since).length;
    const fresh = found.map((line) => ({ ...line, key: `${this.answered}.${line.key}` }));
    this.answered++;
    this.lines = renewed(fresh, this.lines, since, asked.from);
    if (this.edge > since) [this.edge, this.full] = [since, false];
    if (this.edge < asked.from) this.edge = asked.from;
    grown(found.length - known);
  }
}
