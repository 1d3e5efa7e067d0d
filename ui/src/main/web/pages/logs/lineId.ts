import type { Line } from '../../api/loki.ts';

/** A line as an address names it: its time in nanoseconds, and its span. */
export const idOf = (line: Line) => `${line.nanos}${line.spanId ? `,${line.spanId}` : ''}`;
