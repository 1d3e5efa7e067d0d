import type { Change } from '../api/insight.ts';
import { factor, share, nanos, rate, text } from '../format.ts';

/** A moment that charts and the time strip mark: a new version as ▾, another change as the lamp. */
export interface Mark {
  readonly at: number;
  readonly deploy: boolean;
  readonly label: string;
}

const number = (value: string | number | null) => (typeof value === 'number' ? value : undefined);

/** What changed, and how much, each as a few words. */
export function changeWords(change: Change): { what: string; much: string } {
  const up = change.factor === null ? (number(change.to) ?? 0) >= (number(change.from) ?? 0) : change.factor >= 1;
  const amounts = (words: (value: number) => string) => {
    const from = number(change.from);
    const to = number(change.to);
    return change.factor !== null && change.factor < 10_000 ? factor(change.factor) : from !== undefined && to !== undefined ? `${words(from)} → ${words(to)}` : '';
  };
  const instances = change.instances === null ? '' : `${change.instances} ${change.instances === 1 ? 'instance' : 'instances'}`;
  switch (change.kind) {
    case 'version':
      return { what: change.from === null ? `${change.service} ${change.to}` : `${change.service} ${change.from} → ${change.to}`, much: instances };
    case 'errors':
      return { what: `errors of ${change.service} step ${up ? 'up' : 'down'}`, much: amounts(share) };
    case 'duration':
      return { what: `p95 of ${change.service} steps ${up ? 'up' : 'down'}`, much: amounts((value) => text(nanos(value))) };
    case 'rate':
      return { what: `${change.service} is called ${up ? 'more' : 'less'}`, much: amounts(rate) };
    case 'new':
      return { what: `${change.service} is new`, much: instances };
    case 'gone':
      return { what: change.instance ? `${change.instance} of ${change.service} sends nothing` : `${change.service} is gone`, much: '' };
  }
}

/** Changes as marks; versions with the service's name where a chart is of several. */
export const marksOf = (changes: readonly Change[], named = false): Mark[] =>
  changes.map((change) => {
    const deploy = change.kind === 'version';
    return { at: change.at, deploy, label: deploy ? `${named ? `${change.service} ` : ''}${change.to}` : changeWords(change).what };
  });

/** Whether things are worse after a change than before. */
export const isWorse = (change: Change): boolean =>
  change.kind === 'gone' || (change.kind !== 'version' && change.kind !== 'new' && (Number(change.to ?? 0) >= Number(change.from ?? 0)) === (change.kind !== 'rate'));

/** A mark of the time strip: the lamp if it is lit, else a ring. */
export interface StripMark extends Mark {
  readonly lit: boolean;
}

/**
 * Changes as marks of which those are lit that made something worse by `until`, where nothing made it better by then: what
 * goes up and down is no news.
 */
export function standing(changes: readonly Change[], until: number): StripMark[] {
  const thing = (change: Change) => `${change.kind}\n${change.service}\n${change.instance ?? ''}`;
  const better = new Set(changes.filter((change) => change.at <= until && !isWorse(change)).map(thing));
  return marksOf(changes, true).map((mark, index) => {
    const change = changes[index];
    return { ...mark, lit: change !== undefined && change.at <= until && isWorse(change) && !better.has(thing(change)) };
  });
}
