import { moment } from '../format.ts';

/** What the time strip draws, in its own pixels. */

/** How many times the chosen range it shows. */
const TIMES = 6;

export interface Stretch {
  readonly from: number;
  readonly to: number;
}

/** What is shown around a range: one that ends in now stands at the right end, another in the middle. */
export function stretchAround({ from, to, moving }: Stretch & { readonly moving: boolean }, now: number): Stretch {
  const after = moving ? 0 : (TIMES - 1) * 0.5 * (to - from);
  const end = Math.min(to + after, Math.max(to, now));
  return { from: end - TIMES * (to - from), to: end };
}

const WORD_STEPS = [60e3, 300e3, 600e3, 900e3, 1800e3, 3600e3, 2 * 3600e3, 4 * 3600e3, 6 * 3600e3, 12 * 3600e3, 86400e3, 2 * 86400e3, 7 * 86400e3, 30 * 86400e3];

/** The graduated border: alternating segments of a sixth of the way from word to word. */
export function scaleOf(shown: Stretch, width: number, edge: number, y: number) {
  const whole = shown.to - shown.from;
  const x = (millis: number) => edge + ((millis - shown.from) / whole) * (width - 2 * edge);
  const wordStep = WORD_STEPS.find((step) => (step / whole) * width > 110) ?? 30 * 86400e3;
  const offset = new Date(shown.to).getTimezoneOffset() * 60_000;
  const first = Math.ceil((shown.from - offset) / wordStep) * wordStep + offset;
  const words: { at: number; text: string }[] = [];
  for (let at = first; at < shown.to; at += wordStep) if (x(at) > edge + 20 && x(at) < width - edge - 20) words.push({ at: x(at), text: moment(at, whole) });
  const segment = wordStep / 6;
  let dark = '';
  for (let number = Math.floor(shown.from / segment); number * segment < shown.to; number++) {
    if (number % 2 === 0) continue;
    const left = Math.max(edge, x(number * segment));
    const right = Math.min(width - edge, x((number + 1) * segment));
    if (right > left) dark += `M${left.toFixed(1)} ${y + 1.5}h${(right - left).toFixed(1)}v3h${(left - right).toFixed(1)}z`;
  }
  return { words, dark };
}

/** What a press does: at an end of the window it moves that end, inside the window the window, elsewhere it draws a new one. */
export type Grip = 'from' | 'to' | 'move' | 'draw';

const NEAR = 7;

export function gripAt(at: number, left: number, right: number): Grip {
  // Of a window narrower than two ends, its halves are ends.
  const near = Math.min(NEAR, Math.max(3, (right - left) / 3));
  if (Math.abs(left - at) < near) return 'from';
  if (Math.abs(right - at) < near) return 'to';
  return at > left && at < right ? 'move' : 'draw';
}

/** The window after a drag from one moment to another, within what is shown and never shorter than a second. */
export function dragged(grip: Grip, { from, to }: Stretch, start: number, at: number, shown: Stretch): Stretch {
  const inside = Math.min(shown.to, Math.max(shown.from, at));
  if (grip === 'from') return { from: Math.min(inside, to - 1000), to };
  if (grip === 'to') return { from, to: Math.max(inside, from + 1000) };
  if (grip === 'draw') return { from: Math.min(start, inside), to: Math.max(start, inside) };
  const shift = Math.min(shown.to - to, Math.max(shown.from - from, inside - start));
  return { from: from + shift, to: to + shift };
}
