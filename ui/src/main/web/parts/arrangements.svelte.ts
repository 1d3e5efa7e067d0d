import { keep, readKept } from '../state/kept.ts';
import { type Arrangement, readArrangement } from './arrangement.ts';

/** The columns of every table as the reader arranged them, by the table's name: kept in the browser, since it is how he reads. */

const KEY = 'columns';

let kept = $state.raw<Readonly<Record<string, Arrangement>>>(Object.fromEntries(Object.entries(readKept(KEY)).map(([table, arrangement]) => [table, readArrangement(arrangement)])));

export const arrangements = {
  of: (table: string): Arrangement | undefined => kept[table],
  /** As at first where there is none. */
  keep(table: string, arrangement: Arrangement | undefined) {
    const { [table]: _, ...others } = kept;
    kept = arrangement ? { ...others, [table]: arrangement } : others;
    keep(KEY, kept);
  },
};
