import { type Change, changes as ask } from '../api/insight.ts';
import { changeWords, standing, type StripMark } from '../parts/marks.ts';
import { matchesService } from '../state/filter.ts';
import { Loader } from '../state/loader.svelte.ts';
import { place } from '../state/place.svelte.ts';
import { fixedText } from '../state/time.ts';

/** What changed around the chosen range, as far as the time strip shows; newest first. Those of services that the filter leaves out are no news here. */
const loader = new Loader<readonly Change[]>();
const known = $derived((loader.value ?? []).filter((change) => matchesService(place.chips, change.service)));
const marks = $derived(standing(known, place.range.to));

const AROUND_MILLIS = 15 * 60_000;

export const changes = {
  get all(): readonly Change[] {
    return known;
  },
  get marks(): readonly StripMark[] {
    return marks;
  },
  /** Reads those of a stretch of time; within an effect. */
  read: (range: { from: number; to: number }) => loader.run((aborted) => ask(range, aborted)),
};

/** A quarter of an hour with a change in its middle. */
export const around = (at: number) => fixedText(at - AROUND_MILLIS / 2, at + AROUND_MILLIS / 2);

/** A change as the name of a place to go to. */
export function jumpWords(change: Change): string {
  const { what, much } = changeWords(change);
  return `${change.kind === 'version' ? 'Deploy' : 'Change'}: ${what}${much === '' ? '' : `, ${much}`}`;
}
