/** Which metrics move with a line: by the correlation of their courses. */

export interface Course {
  readonly name: string;
  readonly values: readonly (number | null)[];
}

export interface Mover {
  readonly name: string;
  readonly values: readonly (number | null)[];
  /** From -1 to 1. */
  readonly correlation: number;
}

const LEAST = 0.7;
const LEAST_STEPS = 8;

/** How a counter grew from step to step; where it fell it began anew. */
export const growth = (values: readonly (number | null)[]): (number | null)[] =>
  values.map((value, index) => {
    const before = index === 0 ? null : (values[index - 1] ?? null);
    return value === null || before === null || value < before ? null : value - before;
  });

export function correlation(one: readonly (number | null)[], other: readonly (number | null)[]): number {
  let number = 0;
  let sumX = 0;
  let sumY = 0;
  let sumXX = 0;
  let sumYY = 0;
  let sumXY = 0;
  one.forEach((x, index) => {
    const y = other[index] ?? null;
    if (x === null || y === null) return;
    number++;
    sumX += x;
    sumY += y;
    sumXX += x * x;
    sumYY += y * y;
    sumXY += x * y;
  });
  const spread = (number * sumXX - sumX * sumX) * (number * sumYY - sumY * sumY);
  return number < LEAST_STEPS || spread <= 0 ? 0 : (number * sumXY - sumX * sumY) / Math.sqrt(spread);
}

/** Those that move with it, or against it, the closest first. */
export const movers = (line: readonly (number | null)[], courses: readonly Course[], most: number): Mover[] =>
  courses
    .map((course) => ({ ...course, correlation: correlation(line, course.values) }))
    .filter((one) => Math.abs(one.correlation) >= LEAST)
    .sort((one, other) => Math.abs(other.correlation) - Math.abs(one.correlation))
    .slice(0, most);
