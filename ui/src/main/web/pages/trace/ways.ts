import { type Line, lines } from '../../api/loki.ts';
import { place } from '../../state/place.svelte.ts';
import { rangeAround } from '../../state/ways.ts';
import { idOf } from '../../parts/lineId.ts';
import type { Span, Trace } from '../../trace/model.ts';

/** Ways on from a trace and its spans; what belongs to it is looked for around it, whatever the range of the page. */

const MINUTE = 60_000;

/** The lines of a trace, or of one of its spans; one of them is open. */
export const logsOf = (trace: Trace, span?: Span, line?: Line) =>
  place.to('/logs', { f: [`trace_id=${trace.id}`, ...(span ? [`span_id=${span.id}`] : [])], q: undefined, t: rangeAround(trace), at: line && idOf(line) });

export const metricsOf = (trace: Trace, span: Span) => place.to('/metrics', { f: [`service.name=${span.service}`], q: undefined, t: rangeAround(trace) });

/** What else ran when the trace did: the page's range if the trace is in it, else the hour around it. */
export function timeOf({ startMillis }: Trace): { from: number; to: number } {
  const { from, to } = place.range;
  return startMillis >= from && startMillis <= to ? { from, to } : { from: startMillis - 30 * MINUTE, to: startMillis + 30 * MINUTE };
}

/** The log lines that bear the trace's id, or those of one of its spans, in order; at most `limit`. */
export function linesOf({ id, startMillis, duration }: Trace, span: Span | undefined, limit: number, signal: AbortSignal): Promise<Line[]> {
  const start = BigInt(Math.floor(startMillis) - 5 * MINUTE) * 1_000_000n;
  const end = BigInt(Math.ceil(startMillis + duration) + 5 * MINUTE) * 1_000_000n;
  const ofSpan = span ? ` | span_id="${span.id}"` : '';
  return lines(`{service_name=~".+"} | trace_id="${id}"${ofSpan}`, { start, end, limit, direction: 'forward' }, signal);
}
