import type { Completion } from '@codemirror/autocomplete';
import { count } from '../format.ts';

/** What completion offers, in an order of our own: CodeMirror puts the better match first, and of equal ones this order. */

const FIRST = 99;

/** The same offers, each before the next where they match as well. */
export const inTurn = (offers: readonly Completion[]): Completion[] => offers.map((one, index) => ({ ...one, boost: FIRST - Math.min(2 * FIRST, index) }));

/** Values with the number of what has them, the most frequent first. */
export const valueOffers = (values: readonly (readonly [string, number])[], unit: string): Completion[] =>
  inTurn(values.map(([label, number]) => ({ label, type: 'text', detail: `${count(number)} ${unit}` })));

/** Answers that completion asked for, by what was asked: typing on asks nothing again. */
export class Remembered<T> {
  private readonly kept = new Map<string, Promise<T>>();

  private static readonly MOST = 20;

  get(key: string, ask: () => Promise<T>): Promise<T> {
    let found = this.kept.get(key);
    if (!found) {
      found = ask();
      found.catch(() => this.kept.delete(key));
      if (this.kept.size >= Remembered.MOST) this.kept.delete(this.kept.keys().next().value ?? '');
      this.kept.set(key, found);
    }
    return found;
  }
}

/** An answer if it is there within so many milliseconds: completion does not wait for what only orders it. */
export const soon = <T>(answer: Promise<T>, millis: number): Promise<T | undefined> =>
  Promise.race([answer.catch(() => undefined), new Promise<undefined>((resolve) => setTimeout(() => resolve(undefined), millis))]);
