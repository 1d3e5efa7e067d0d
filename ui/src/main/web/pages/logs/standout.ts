import type { CountedField } from '../../api/insight.ts';

/** Which field sets lines apart from others: the value whose share in them is furthest above that in the others. */
export interface Standout {
  readonly name: string;
  readonly value: string;
  /** Shares of the lines that have the value, here and elsewhere. */
  readonly inside: number;
  readonly outside: number;
}

interface Counted {
  readonly lines: number;
  readonly fields: readonly CountedField[];
}

/** Fewer lines than that on either side tell nothing; a difference below that is none, as in findings. */
const LEAST_LINES = 20;
const LEAST_DIFFERENCE = 0.2;

/**
 * The fields that stand out, the most first.
 *
 * @param some lines that are asked about
 * @param all lines that they are among
 * @param skip whether a field is left out, because it is what was asked for
 */
export function standouts(some: Counted, all: Counted, skip: (name: string) => boolean): Standout[] {
  const others = all.lines - some.lines;
  if (some.lines < LEAST_LINES || others < LEAST_LINES) return [];
  const known = new Map(all.fields.map((field) => [field.name, new Map(field.values.map((one) => [one.value, one.lines]))]));
  return some.fields
    .filter((field) => !skip(field.name) && !(field.distinct > 10 && field.distinct > field.lines * 0.1))
    .flatMap((field): Standout[] => {
      const found = field.values.map((one): Standout => {
        const everywhere = Math.max(one.lines, known.get(field.name)?.get(one.value) ?? one.lines);
        return { name: field.name, value: one.value, inside: one.lines / some.lines, outside: (everywhere - one.lines) / others };
      });
      const best = found.sort((one, other) => difference(other) - difference(one))[0];
      return best && difference(best) >= LEAST_DIFFERENCE ? [best] : [];
    })
    .sort((one, other) => difference(other) - difference(one));
}

const difference = (one: Standout) => one.inside - one.outside;
