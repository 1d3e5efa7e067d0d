import { inOrder, type Order, type Sortable } from '../parts/order.ts';
import { selfTime, type Span, timeOn, type Trace } from './model.ts';

/** The columns of the table of spans. */
export const COLUMNS = ['service', 'name', 'kind', 'start', 'duration', 'self', 'path', 'status'] as const;
export type Column = (typeof COLUMNS)[number];

/** As the spans began. */
export const BY_START: Order<Column> = { key: 'start', falling: false };

/** A span with what the table says of it besides. */
export interface Listed {
  readonly span: Span;
  readonly self: number;
  /** How long the trace's end waited for it. */
  readonly path: number;
}

/** The spans of a trace as they began. */
export const listed = (trace: Trace): Listed[] =>
  [...trace.spans].sort((one, other) => one.start - other.start).map((span) => ({ span, self: selfTime(span), path: timeOn(trace, span) }));

const STATUS = ['unset', 'ok', 'error'];

const VALUES: Record<Column, (row: Listed) => Sortable> = {
  service: ({ span }) => span.service,
  name: ({ span }) => span.name,
  kind: ({ span }) => span.kind,
  start: ({ span }) => span.start,
  duration: ({ span }) => span.end - span.start,
  self: (row) => row.self,
  path: (row) => row.path || null,
  status: ({ span }) => STATUS.indexOf(span.status),
};

export const sorted = (rows: readonly Listed[], { key, falling }: Order<Column>): Listed[] => inOrder(rows, falling, VALUES[key]);
