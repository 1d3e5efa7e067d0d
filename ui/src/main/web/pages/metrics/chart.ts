/** One line of a chart. */
export interface ChartSeries {
  readonly letter: string;
  readonly labels: ReadonlyMap<string, string>;
  readonly values: readonly (number | null)[];
  readonly colour: string;
}
