import type { Column } from '../api/insight.ts';

/** Where the values of a spark line lie, the bottom being zero. */
export function sparkScale(values: Column, width: number, height: number, top: number) {
  const step = width / Math.max(1, values.length - 1);
  return { x: (index: number) => index * step, y: (value: number) => height - 1 - (Math.min(value, top) / top) * (height - 2) };
}

/** One path through the values from a column to another, interrupted where there are none. */
export function sparkPath(values: Column, width: number, height: number, top: number, from = 0, to = values.length): string {
  const { x, y } = sparkScale(values, width, height, top);
  let path = '';
  let drawn = false;
  for (let index = from; index < Math.min(to, values.length); index++) {
    const value = values[index];
    if (value === null || value === undefined) {
      drawn = false;
      continue;
    }
    path += `${drawn ? 'L' : 'M'}${x(index).toFixed(1)} ${y(value).toFixed(1)}`;
    drawn = true;
  }
  return path;
}
