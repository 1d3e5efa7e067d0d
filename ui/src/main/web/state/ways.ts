import type { Finding } from '../api/insight.ts';
import { boxText, LONGEST_MILLIS } from '../pages/traces/box.ts';
import type { Chip } from './filter.ts';
import { place } from './place.svelte.ts';

/** Ways on from a thing: addresses that keep filter and time, and add what the thing is. */

export const ofService = (name: string): Chip => ({ key: 'service.name', operator: '=', value: name });
const ERRORS: Chip = { key: 'level', operator: '>=', value: 'error' };

export const serviceAddress = (name: string) => place.to(`/services/${encodeURIComponent(name)}`);

export const tracesOf = (...chips: Chip[]) => place.to('/traces', { f: place.with(...chips), q: undefined });

export const logsOf = (...chips: Chip[]) => place.to('/logs', { f: place.with(...chips), q: undefined });

export const errorLogsOf = (name: string) => logsOf(ofService(name), ERRORS);

export const metricsOf = (...chips: Chip[]) => place.to('/metrics', { f: place.with(...chips), q: undefined });

/** The comparison that a finding stands on: the box of its slow calls, or its failed calls against the others. */
export function comparisonOf(finding: Finding): string {
  const { start, end, leastNanos, mostNanos, by } = finding.box;
  const box = by === 'slow' && leastNanos !== null ? boxText({ from: start, to: end, least: leastNanos / 1e6, most: mostNanos === null ? LONGEST_MILLIS : mostNanos / 1e6 }) : undefined;
  return place.to('/traces', { f: place.with(ofService(finding.service)), q: undefined, ...(box === undefined ? { by } : { box }) });
}
