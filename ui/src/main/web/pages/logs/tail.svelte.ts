import { type Line, lines } from '../../api/loki.ts';

/**
 * The newest lines of a query, asked for every second. What comes while the reader's pointer is on the list, or after he
 * paused, waits and is counted. Looks back ten seconds at each request, so that a line that came late is not missed.
 */
export class Tail {
  lines = $state.raw<readonly Line[]>([]);
  error = $state.raw<Error | undefined>(undefined);
  paused = $state(false);
  /** Lines that left the list because it was full. */
  shed = $state(0);
  /** Whether more lines came at once than are asked for, so that only the newest of them are in the list. */
  flooded = $state(false);
  /** Lines a second, over the last ten seconds. */
  rate = $state(0);
  private pending = $state.raw<readonly Line[]>([]);
  private hovered = false;
  private seen = new Map<string, bigint>();
  private arrived: { at: number; lines: number }[] = [];

  private static readonly MOST = 10_000;
  private static readonly AT_ONCE = 2000;
  private static readonly BACK_NANOS = 10_000_000_000n;
  private static readonly RATE_MILLIS = 10_000;

  get waiting() {
    return this.pending.length;
  }

  follow(query: string): () => void {
    let stopped = false;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const controller = new AbortController();
    let from = BigInt(Date.now() - 60_000) * 1_000_000n;
    this.lines = [];
    this.pending = [];
    this.seen.clear();
    this.arrived = [];
    this.rate = 0;
    let first = true;
    const ask = async () => {
      const end = BigInt(Date.now() + 1000) * 1_000_000n;
      try {
        const found = await lines(query, { start: from, end, limit: Tail.AT_ONCE, direction: 'backward' }, controller.signal);
        const fresh = this.take(found);
        this.flooded = !first && fresh === Tail.AT_ONCE;
        if (!first) this.measure(fresh);
        first = false;
        this.error = undefined;
        const back = end - Tail.BACK_NANOS;
        from = back > from ? back : from;
        for (const [key, at] of this.seen) if (at < from) this.seen.delete(key);
      } catch (failure) {
        if (!controller.signal.aborted) this.error = failure instanceof Error ? failure : new Error(String(failure));
      }
      if (!stopped) timer = setTimeout(ask, 1000);
    };
    void ask();
    return () => {
      stopped = true;
      clearTimeout(timer);
      controller.abort();
    };
  }

  toggle() {
    if (this.paused || this.pending.length > 0) this.resume();
    else this.paused = true;
  }

  resume() {
    this.paused = false;
    this.put(this.pending);
    this.pending = [];
  }

  hover(inside: boolean) {
    this.hovered = inside;
    if (!inside && !this.paused) this.resume();
  }

  private measure(fresh: number) {
    const now = performance.now();
    this.arrived = [...this.arrived, { at: now, lines: fresh }].filter((one) => one.at > now - Tail.RATE_MILLIS);
    const seconds = Math.max(1, (now - (this.arrived[0]?.at ?? now)) / 1000 + 1);
    this.rate = this.arrived.reduce((sum, one) => sum + one.lines, 0) / seconds;
  }

  private take(found: readonly Line[]): number {
    const fresh = found.filter((line) => {
      const key = `${line.nanos} ${line.service} ${line.spanId} ${line.text}`;
      if (this.seen.has(key)) return false;
      this.seen.set(key, line.nanos);
      return true;
    });
    if (fresh.length === 0) return 0;
    if ((this.paused || this.hovered) && this.lines.length > 0) this.pending = [...fresh, ...this.pending];
    else this.put(fresh);
    return fresh.length;
  }

  private put(fresh: readonly Line[]) {
    if (fresh.length === 0) return;
    const all = [...fresh, ...this.lines].sort((one, other) => (one.nanos === other.nanos ? 0 : one.nanos < other.nanos ? 1 : -1));
    this.shed += Math.max(0, all.length - Tail.MOST);
    this.lines = all.slice(0, Tail.MOST);
  }
}
