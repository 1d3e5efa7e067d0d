import { type Sketch, sketches } from '../../api/insight.ts';
import type { Line } from '../../api/loki.ts';

/**
 * The traces of lines in small. They are asked for when the list has stood still for a moment, those in view in one
 * request, each once, and what one answer had no time for in the next; a trace that is not there yet when the list is
 * looked at again.
 */
export class Sketches {
  private found = $state.raw<ReadonlyMap<string, Sketch>>(new Map());
  private timer: ReturnType<typeof setTimeout> | undefined;

  private static readonly STILL_MILLIS = 150;
  private static readonly MOST = 60;
  private static readonly KEPT = 2000;

  of(line: Line): Sketch | undefined {
    return line.traceId === '' ? undefined : this.found.get(line.traceId);
  }

  /** Asks for those of lines that are in view now. */
  show(lines: readonly Line[]) {
    clearTimeout(this.timer);
    const ids = [...new Set(lines.map((line) => line.traceId))].filter((id) => id !== '' && !this.found.has(id)).slice(0, Sketches.MOST);
    if (ids.length === 0) return;
    this.timer = setTimeout(() => void this.ask(ids), Sketches.STILL_MILLIS);
  }

  close() {
    clearTimeout(this.timer);
  }

  private async ask(ids: readonly string[]) {
    // A line is complete without its picture: what goes wrong here is told where the trace is opened.
    const answer = await sketches(ids).catch(() => []);
    if (answer.length === 0) return;
    const left = ids.filter((id) => !answer.some((one) => one.traceId === id));
    if (left.length > 0) this.timer = setTimeout(() => void this.ask(left), Sketches.STILL_MILLIS);
    const kept = this.found.size > Sketches.KEPT ? [] : this.found;
    this.found = new Map([...kept, ...answer.map((one): [string, Sketch] => [one.traceId, one])]);
  }
}
