/** A column of a table. */
export interface TableColumn<Key extends string> {
  readonly key: Key;
  readonly text: string;
  /** In pixels; the least where it grows. */
  readonly width: number;
  /** Its part of the room that the columns leave. */
  readonly grow?: number;
  /** Numbers stand at the right. */
  readonly number?: boolean;
  /** What a first click on the head brings first, where rows can be ordered by it. */
  readonly sort?: 'least' | 'largest';
  readonly title?: string;
  /** The least width of the window in which it is shown. */
  readonly from?: number;
}

/** What the reader made of a table's columns: their order, and the widths of those that he gave one, in pixels. */
export interface Arrangement {
  readonly order: readonly string[];
  readonly widths: Readonly<Record<string, number>>;
}

export const AS_AT_FIRST: Arrangement = { order: [], widths: {} };

/** Below this there is nothing to take hold of. */
const LEAST_WIDTH = 32;
const MOST_WIDTH = 1600;

const GAP = 12;
/** The padding of a row, both sides. */
const EDGES = 24;

const isWidth = (width: unknown): width is number => typeof width === 'number' && width >= LEAST_WIDTH && width <= MOST_WIDTH;

/** What was kept, of which nothing is certain. */
export function readArrangement(kept: unknown): Arrangement {
  if (typeof kept !== 'object' || kept === null) return AS_AT_FIRST;
  const { order, widths } = kept as { order?: unknown; widths?: unknown };
  return {
    order: Array.isArray(order) ? order.filter((key) => typeof key === 'string') : [],
    widths: typeof widths === 'object' && widths !== null ? Object.fromEntries(Object.entries(widths).filter((entry): entry is [string, number] => isWidth(entry[1]))) : {},
  };
}

/** Columns in the reader's order; one that he never saw stands after the one that it follows at first. */
export function inPlace<Column extends { readonly key: string }>(columns: readonly Column[], { order }: Arrangement): Column[] {
  const placed = order.flatMap((key) => columns.find((column) => column.key === key) ?? []);
  columns.forEach((column, index) => {
    if (!placed.includes(column)) placed.splice(placed.indexOf(columns[index - 1] as Column) + 1, 0, column);
  });
  return placed;
}

/** With a column at the place of another. */
export function moved(columns: readonly { readonly key: string }[], arrangement: Arrangement, key: string, to: string): Arrangement {
  const order = inPlace(columns, arrangement).map((column) => column.key);
  const [from, at] = [order.indexOf(key), order.indexOf(to)];
  if (from < 0 || at < 0) return arrangement;
  order.splice(from, 1);
  order.splice(at, 0, key);
  return { ...arrangement, order };
}

export const widened = (arrangement: Arrangement, key: string, width: number): Arrangement => ({
  ...arrangement,
  widths: { ...arrangement.widths, [key]: Math.round(Math.min(MOST_WIDTH, Math.max(LEAST_WIDTH, width))) },
});

/** The columns of a grid. */
export const template = (columns: readonly TableColumn<string>[], { widths }: Arrangement) =>
  columns.map(({ key, width, grow }) => (widths[key] === undefined && grow ? `minmax(${width}px,${grow}fr)` : `${widths[key] ?? width}px`)).join(' ');

/** What a table needs at least; in less it scrolls. */
export const leastWidth = (columns: readonly TableColumn<string>[], { widths }: Arrangement) =>
  columns.reduce((sum, { key, width }) => sum + (widths[key] ?? width) + GAP, EDGES - GAP);
