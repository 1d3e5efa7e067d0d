/** The colour of a service: one of the twelve of the tokens, by a hash of its name, so that it is the same everywhere. */

const COLOURS = 12;

/** FNV-1a; the seed is one under which services that are often shown together differ. */
const SEED = 32;

function number(name: string): number {
  let hash = SEED;
  for (let at = 0; at < name.length; at++) hash = Math.imul(hash ^ name.charCodeAt(at), 16_777_619);
  hash ^= hash >>> 15;
  return ((hash >>> 0) % COLOURS) + 1;
}

export const serviceColour = (name: string) => `var(--svc-${number(name)})`;
export const serviceInk = (name: string) => `var(--svc-${number(name)}-ink)`;

/** The colour that a token has now, for what is drawn on a canvas. */
export function resolved(colour: string): string {
  const name = /^var\((--[\w-]+)\)$/.exec(colour)?.[1];
  return name ? getComputedStyle(document.documentElement).getPropertyValue(name).trim() : colour;
}
