import type { Finding, Operation } from '../api/insight.ts';
import { boxText, LONGEST_MILLIS } from '../pages/traces/box.ts';
import type { Span, Trace } from '../trace/model.ts';
import type { Chip } from './filter.ts';
import { place } from './place.svelte.ts';
import { fixedText } from './time.ts';

/** Ways on from a thing: addresses that keep filter and time, and add what the thing is. */

export const ofService = (name: string): Chip => ({ key: 'service.name', operator: '=', value: name });
const ERRORS: Chip = { key: 'level', operator: '>=', value: 'error' };

/** Where the name is missing, to what says how it is given. */
export const serviceAddress = (name: string) => place.to(name === '' ? '/connect' : `/services/${encodeURIComponent(name)}`);

export const tracesOf = (...chips: Chip[]) => place.to('/traces', { f: place.with(...chips), q: undefined });

/** The traces with an operation of a service. */
export const operationAddress = (service: string, { name, kind }: Operation) => tracesOf(ofService(service), { key: 'name', operator: '=', value: name }, { key: 'kind', operator: '=', value: kind });

export const logsOf = (...chips: Chip[]) => place.to('/logs', { f: place.with(...chips), q: undefined });

/** The trace of a line, at its span. */
export const traceOfLine = (line: { readonly traceId: string; readonly spanId: string }) => place.to(`/trace/${line.traceId}`, { span: line.spanId || undefined });

export const errorLogsOf = (name: string) => logsOf(ofService(name), ERRORS);

export const metricsOf = (...chips: Chip[]) => place.to('/metrics', { f: place.with(...chips), q: undefined });

/** The comparison that a finding stands on: the box of its slow calls, or its failed calls against the others. */
export function comparisonOf(finding: Finding): string {
  const { start, end, leastNanos, mostNanos, by } = finding.box;
  const box = by === 'slow' && leastNanos !== null ? boxText({ from: start, to: end, least: leastNanos / 1e6, most: mostNanos === null ? LONGEST_MILLIS : mostNanos / 1e6 }) : undefined;
  return place.to('/traces', { f: place.with(ofService(finding.service)), q: undefined, ...(box === undefined ? { by, since: new Date(start).toISOString() } : { box }) });
}

/** A range that holds a whole trace, with a minute on either side, as parameter `t`. */
export const rangeAround = (trace: Trace) => fixedText(Math.floor(trace.startMillis / 1000) * 1000 - 60_000, Math.ceil((trace.startMillis + trace.duration) / 1000) * 1000 + 60_000);

/** The filter that leaves the spans of the same operation. */
export const likeSpan = (span: Span) => ({ f: [`service.name=${span.service}`, `name=${span.name}`], q: undefined });

/** Failed spans against the others like them; else those that take as long as this one. */
export function comparisonOfSpan(span: Span): string {
  if (span.failed) return place.to('/traces', { ...likeSpan(span), by: 'errors' });
  const { from, to } = place.range;
  return place.to('/traces', { ...likeSpan(span), box: boxText({ from, to, least: (span.end - span.start) * 0.9, most: LONGEST_MILLIS }) });
}
