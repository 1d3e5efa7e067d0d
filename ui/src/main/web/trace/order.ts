import { selfTime, type Span, timeOn, type Trace } from './model.ts';

/** The columns of the table of spans. */
export const COLUMNS = ['service', 'name', 'kind', 'start', 'duration', 'self', 'path', 'status'] as const;
export type Column = (typeof COLUMNS)[number];

/** By which column the table is sorted; in an address `-duration` is the longest first. */
export interface Order {
  readonly column: Column;
  readonly falling: boolean;
}

/** As the spans began. */
const DEFAULT: Order = { column: 'start', falling: false };

export function readOrder(text: string | undefined): Order {
  const column = COLUMNS.find((one) => one === text?.replace(/^-/, ''));
  return column ? { column, falling: text?.startsWith('-') ?? false } : DEFAULT;
}

/** The parameter of an order; none for that which a table has by itself. */
export const orderText = ({ column, falling }: Order) => (column === DEFAULT.column && falling === DEFAULT.falling ? undefined : `${falling ? '-' : ''}${column}`);

/** What a click on the head of a column asks for: first what is most or failed, or the first by the alphabet; then the other way. */
export function turned(now: Order, column: Column): Order {
  if (now.column === column) return { column, falling: !now.falling };
  return { column, falling: column === 'duration' || column === 'self' || column === 'path' || column === 'status' };
}

/** A span with what the table says of it besides. */
export interface Listed {
  readonly span: Span;
  readonly self: number;
  /** How long the trace's end waited for it. */
  readonly path: number;
}

export const listed = (trace: Trace): Listed[] => trace.spans.map((span) => ({ span, self: selfTime(span), path: timeOn(trace, span) }));

const STATUS = ['unset', 'ok', 'error'];

/** In an order; of equal ones, the one that began first comes first. */
export function inOrder(rows: readonly Listed[], { column, falling }: Order): Listed[] {
  const texts = (one: string, other: string) => (one < other ? -1 : one > other ? 1 : 0);
  const ways: Record<Column, (one: Listed, other: Listed) => number> = {
    service: (one, other) => texts(one.span.service, other.span.service),
    name: (one, other) => texts(one.span.name, other.span.name),
    kind: (one, other) => texts(one.span.kind, other.span.kind),
    start: (one, other) => one.span.start - other.span.start,
    duration: (one, other) => one.span.end - one.span.start - (other.span.end - other.span.start),
    self: (one, other) => one.self - other.self,
    path: (one, other) => one.path - other.path,
    status: (one, other) => STATUS.indexOf(one.span.status) - STATUS.indexOf(other.span.status),
  };
  const way = ways[column];
  const sign = falling ? -1 : 1;
  return [...rows].sort((one, other) => sign * way(one, other) || one.span.start - other.span.start);
}
