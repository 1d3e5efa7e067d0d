import { serviceNumbers } from '../api/insight.ts';

/**
 * The colour of a service: one of the twelve of the tokens, by the number that Pharos keeps for it. A service whose
 * number is not known, or not yet, has one by a hash of its name.
 */

const COLOURS = 12;

/** FNV-1a; the seed is one under which services that are often shown together differ. */
const SEED = 32;

/** A service that came while the page is open is asked for, but not more often than that. */
const PAUSE_MILLIS = 30_000;

let numbers = $state.raw(new Map<string, number>());
let asked = -Infinity;

/** Asks for the numbers of all services, those of this range included. */
export async function learnServices(range: { from: number; to: number }) {
  if (performance.now() - asked < PAUSE_MILLIS) return;
  asked = performance.now();
  try {
    const found = await serviceNumbers(range);
    if (Object.keys(found).length > numbers.size) numbers = new Map(Object.entries(found));
  } catch {
    asked = -Infinity;
  }
}

function hash(name: string): number {
  let hash = SEED;
  for (let at = 0; at < name.length; at++) hash = Math.imul(hash ^ name.charCodeAt(at), 16_777_619);
  return (hash ^ (hash >>> 15)) >>> 0;
}

const number = (name: string) => ((numbers.get(name) ?? hash(name)) % COLOURS) + 1;

export const serviceColour = (name: string) => `var(--svc-${number(name)})`;
export const serviceInk = (name: string) => `var(--svc-${number(name)}-ink)`;

/** The colour that a token has now, for what is drawn on a canvas. */
export function resolved(colour: string): string {
  const name = /^var\((--[\w-]+)\)$/.exec(colour)?.[1];
  return name ? getComputedStyle(document.documentElement).getPropertyValue(name).trim() : colour;
}
