import type { Of } from '../../api/insight.ts';
import type { FoundTrace } from '../../api/tempo.ts';
import type { Order, Sortable } from '../../parts/order.ts';
import { attribute, isOneFilter, narrowed } from '../../state/filter.ts';
import { type Box, LONGEST_MILLIS } from './box.ts';

/** The columns by which traces can be ordered. */
export const TRACE_COLUMNS = ['start', 'trace', 'duration', 'spans', 'errors'] as const;

export type TraceColumn = (typeof TRACE_COLUMNS)[number];

export const SLOWEST: Order<TraceColumn> = { key: 'duration', falling: true };

export const BY: Record<TraceColumn, (trace: FoundTrace) => Sortable> = {
  start: (trace) => trace.startMillis,
  trace: (trace) => `${trace.service}\n${trace.name}`,
  duration: (trace) => trace.millis,
  spans: (trace) => trace.spans,
  errors: (trace) => trace.errors,
};

/** What rows tell of the spans that match: whose they are, and what went wrong. */
const TOLD = ['resource.service.name', 'statusMessage', 'event.exception.message', '.error.type'];

const nanosText = (millis: number) => `${Math.round(millis * 1e6)}ns`;

/** The spans that are listed or put together: those of the box, where there is one, or those set apart. */
export function chosenSpans(query: string, box: Box | undefined, inside: string | undefined): string {
  const apart = box || inside === undefined ? query : narrowed(query, `(${inside.trim().replace(/^\{|\}$/g, '')})`);
  const durations = [box && box.least > 0 ? `duration >= ${nanosText(box.least)}` : '', box && box.most < LONGEST_MILLIS ? `duration <= ${nanosText(box.most)}` : ''].filter(Boolean).join(' && ');
  return durations === '' ? apart : narrowed(apart, durations);
}

/** What the list asks for: these spans, with what its rows tell of them. */
export function listQuery(query: string, of: Of, box: Box | undefined, inside: string | undefined, group: string | undefined): string {
  const chosen = chosenSpans(of === 'roots' ? narrowed(query, 'nestedSetParent < 0') : query, box, inside);
  const told = [...(isOneFilter(chosen) ? TOLD : []), ...(group ? [attribute(group)] : [])];
  return told.length === 0 ? chosen : `${chosen} | select(${told.join(', ')})`;
}

/** What went wrong with a trace, as the last of its spans says that says anything, in one line; empty where none of those that were found does. */
export function messageOf(trace: FoundTrace): string {
  if (trace.errors === 0) return '';
  const said = (...keys: string[]) =>
    trace.matching.flatMap((span) => keys.map((key) => span.attributes.get(key) ?? '').find((value) => value !== '') ?? []).at(-1);
  return (said('statusMessage', 'exception.message') ?? said('error.type') ?? '').split('\n', 1)[0] ?? '';
}
