/** A label of series: its values with the number of series of each, and by how much it multiplies the series. */
export interface Label {
  readonly key: string;
  readonly values: readonly (readonly [string, number])[];
  /** All series against those that there would be without the label. */
  readonly effect: number;
}

/** The labels of some series, the one with the greatest effect first. */
export function labelsOf(series: readonly Record<string, string>[]): Label[] {
  const keys = new Set(series.flatMap((one) => Object.keys(one)));
  keys.delete('__name__');
  return [...keys]
    .map((key) => {
      const values = new Map<string, number>();
      const rest = new Set<string>();
      for (const one of series) {
        if (one[key] !== undefined) values.set(one[key], (values.get(one[key]) ?? 0) + 1);
        rest.add(JSON.stringify(Object.entries(one).filter(([other]) => other !== key).sort()));
      }
      return { key, values: [...values].sort((one, other) => other[1] - one[1]), effect: series.length / Math.max(1, rest.size) };
    })
    .sort((one, other) => other.effect - one.effect || one.key.localeCompare(other.key));
}
