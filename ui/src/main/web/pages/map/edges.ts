import type { MapEdge, MapNode } from '../../api/insight.ts';
import { factor, nanos, rate, share, text } from '../../format.ts';

/** What the edges of the map tell. */
export type Measured = 'errors' | 'p95' | 'rate' | 'change';

export const MEASURED: readonly (readonly [Measured, string])[] = [['errors', 'Errors'], ['p95', 'p95'], ['rate', 'Rate'], ['change', 'Change']];

/** A call fails so often that it is worth a colour. */
export const failing = (one: MapEdge | MapNode) => one.errorShare >= 0.005;

/** By how much a call takes longer than it did; undefined without a past. */
export const slower = (edge: MapEdge) => (edge.was?.p95Nanos && edge.p95Nanos !== null ? edge.p95Nanos / edge.was.p95Nanos : undefined);

/** The width of an edge: its calls beside those of the busiest. */
export const widthOf = (perSecond: number, busiest: number) => 1 + 3.5 * Math.sqrt(perSecond / Math.max(busiest, 1e-9));

export type Tone = 'plain' | 'bad' | 'look';

export function toneOf(edge: MapEdge, measured: Measured): Tone {
  if (edge.origin) return 'look';
  const change = slower(edge);
  return (measured === 'errors' && failing(edge)) || (measured === 'change' && change !== undefined && change > 1.5) ? 'bad' : 'plain';
}

/** What stands on an edge; empty where it would say nothing. */
export function labelOf(edge: MapEdge, measured: Measured): string {
  switch (measured) {
    case 'errors':
      return failing(edge) ? `${share(edge.errorShare)} err` : rate(edge.rate);
    case 'p95':
      return edge.p95Nanos === null ? '' : text(nanos(edge.p95Nanos));
    case 'rate':
      return rate(edge.rate);
    case 'change': {
      const change = slower(edge);
      return change === undefined ? '' : factor(change);
    }
  }
}
