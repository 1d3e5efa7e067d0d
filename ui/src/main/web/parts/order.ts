/** The order of a table's rows: a column, and whether its largest values come first. Parameter `sort` writes it as the column's key, with `-` before it where they do. */
export interface Order<Key extends string> {
  readonly key: Key;
  readonly falling: boolean;
}

export function readOrder<Key extends string>(text: string | undefined, keys: readonly Key[]): Order<Key> | undefined {
  const falling = text?.startsWith('-') ?? false;
  const key = keys.find((one) => one === (falling ? text?.slice(1) : text));
  return key === undefined ? undefined : { key, falling };
}

export const orderText = <Key extends string>({ key, falling }: Order<Key>) => (falling ? `-${key}` : key);

/** What a row is ordered by; null for what it has none of, which comes last either way. */
export type Sortable = number | string | null;

/** Rows in an order; those with the same value stay as they are. */
export function inOrder<Row>(rows: readonly Row[], falling: boolean, by: (row: Row) => Sortable): Row[] {
  const turn = falling ? -1 : 1;
  return rows
    .map((row) => ({ row, value: by(row) }))
    .sort(({ value: one }, { value: other }) => {
      if (one === null || other === null) return Number(one === null) - Number(other === null);
      return turn * (typeof one === 'string' || typeof other === 'string' ? String(one).localeCompare(String(other)) : one - other);
    })
    .map(({ row }) => row);
}
