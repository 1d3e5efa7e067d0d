/** One line of a chart. */
export interface ChartSeries {
  readonly letter: string;
  readonly labels: ReadonlyMap<string, string>;
  readonly values: readonly (number | null)[];
  readonly colour: string;
}

/** How series are drawn. */
export type View = 'lines' | 'stack' | 'bars' | 'table';

const mostOf = (one: ChartSeries) => one.values.reduce<number>((most, value) => (value !== null && value > most ? value : most), -Infinity);

/** The largest value of any of them; 0 if there is none. */
export const largest = (series: readonly ChartSeries[]) => Math.max(0, ...series.map(mostOf).filter(Number.isFinite));

/** Up to twelve lines; of more, the eleven largest, and the others apart. */
export function told(series: readonly ChartSeries[]): { lines: readonly ChartSeries[]; others: readonly ChartSeries[] } {
  const LINES = 12;
  if (series.length <= LINES) return { lines: series, others: [] };
  const most = new Map(series.map((one) => [one, mostOf(one)]));
  const ranked = [...series].sort((one, other) => (most.get(other) ?? 0) - (most.get(one) ?? 0));
  return { lines: ranked.slice(0, LINES - 1), others: ranked.slice(LINES - 1) };
}

/** The least and the most of series at each step. */
export function bandOf(series: readonly ChartSeries[], steps: number): { low: (number | null)[]; high: (number | null)[] } {
  const low: (number | null)[] = Array(steps).fill(null);
  const high: (number | null)[] = Array(steps).fill(null);
  for (const one of series) {
    one.values.forEach((value, index) => {
      if (value === null) return;
      low[index] = Math.min(low[index] ?? Infinity, value);
      high[index] = Math.max(high[index] ?? -Infinity, value);
    });
  }
  return { low, high };
}

/** Series one on the other, each as the sum of it and those below; where none has a value there is none. */
export function stacked(series: readonly { readonly values: readonly (number | null)[] }[], steps: number): (number | null)[][] {
  const sums: (number | null)[] = Array(steps).fill(null);
  return series.map((one) => {
    one.values.forEach((value, index) => {
      if (value !== null) sums[index] = (sums[index] ?? 0) + value;
    });
    return [...sums];
  });
}
