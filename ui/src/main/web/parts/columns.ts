import type { Column, Columns } from '../api/insight.ts';

/** The seconds of a column that have passed by `until`; an answer's last column may reach beyond now. */
const covered = (columns: Columns, index: number, until: number) => Math.min(columns.stepSeconds, (Math.min(columns.end, until) - columns.start) / 1000 - index * columns.stepSeconds);

/** What is counted in a column, a second; nothing where little of the column has passed. */
export const perSecondOf = (columns: Columns, counts: Column, until: number): (number | null)[] =>
  counts.map((value, index) => {
    const seconds = covered(columns, index, until);
    return value === null || seconds < columns.stepSeconds * 0.3 ? null : value / seconds;
  });

/** The seconds from the first column that counted something. */
export function secondsOf(columns: Columns, counts: Column, until: number): number {
  const first = Math.max(0, counts.findIndex((value) => value));
  return Math.max(1, (Math.min(columns.end, until) - columns.start) / 1000 - first * columns.stepSeconds);
}

/** The share of failed calls; nothing where there was no call. */
export const sharesOf = (calls: Column, errors: Column): (number | null)[] => calls.map((value, index) => (value ? (errors[index] ?? 0) / value : null));

/** The column that holds a moment, at least the first. */
export const columnAt = (columns: { start: number; stepSeconds: number }, millis: number) => Math.max(0, Math.floor((millis - columns.start) / 1000 / columns.stepSeconds));

export const sum = (values: Column, from = 0, to = values.length) => values.slice(from, to).reduce<number>((total, value) => total + (value ?? 0), 0);

export const most = (values: Column) => values.reduce<number>((top, value) => (value !== null && value > top ? value : top), 0);
