import type { IconName } from '../parts/icons.ts';

/** The places of the rail, each with the key that follows `g`. */
export interface Place {
  readonly path: string;
  readonly name: string;
  readonly icon: IconName;
  readonly key: string;
}

export const PLACES: readonly Place[] = [
  { path: '/', name: 'Overview', icon: 'overview', key: 'o' },
  { path: '/services', name: 'Services', icon: 'services', key: 's' },
  { path: '/map', name: 'Map', icon: 'map', key: 'm' },
];

export const SIGNALS: readonly Place[] = [
  { path: '/traces', name: 'Traces', icon: 'traces', key: 't' },
  { path: '/logs', name: 'Logs', icon: 'logs', key: 'l' },
  { path: '/metrics', name: 'Metrics', icon: 'metrics', key: 'x' },
];

export const WATCH: readonly Place[] = [{ path: '/pipeline', name: 'Pipeline', icon: 'pipeline', key: 'p' }];

const CONNECT: Place = { path: '/connect', name: 'Connect', icon: 'connect', key: 'c' };

export const ALL_PLACES: readonly Place[] = [...PLACES, ...SIGNALS, ...WATCH, CONNECT];
