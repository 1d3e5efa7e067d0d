/** The stretch of a trace that is shown: `from..to` in milliseconds from its start, in parameter `win`. */
export function readWindow(text: string | undefined, duration: number): { from: number; to: number } {
  const found = /^(\d+(?:\.\d+)?)\.\.(\d+(?:\.\d+)?)$/.exec(text ?? '');
  const from = Math.min(duration, Number(found?.[1] ?? 0));
  const to = Math.min(duration, Number(found?.[2] ?? duration));
  return to > from ? { from, to } : { from: 0, to: Math.max(duration, 0.001) };
}

export const windowText = (from: number, to: number, duration: number) => (from <= 0 && to >= duration ? undefined : `${from.toFixed(3)}..${to.toFixed(3)}`);

const UNITS = [['h', 3_600_000, 7_200_000], ['min', 60_000, 600_000], ['s', 1000, 1000], ['ms', 1, 1], ['µs', 0.001, 0]] as const;

/** Writes the times of an axis in one unit, with as many digits as tell its ticks apart. */
export function axisText(from: number, to: number): (millis: number) => string {
  const [unit, size] = UNITS.find(([, , least]) => to >= least) ?? UNITS[4];
  const digits = Math.min(6, Math.max(0, 2 - Math.floor(Math.log10((to - from) / size))));
  return (millis) => (millis === 0 ? '0' : `${(millis / size).toFixed(digits)} ${unit}`);
}

/** A window moved by a share of its width, or made narrower or wider around its middle, within the trace. */
export function movedWindow({ from, to }: { from: number; to: number }, duration: number, key: string): { from: number; to: number } | undefined {
  const width = to - from;
  const shift = (by: number) => {
    const begin = Math.min(Math.max(0, duration - width), Math.max(0, from + by));
    return { from: begin, to: begin + width };
  };
  const resize = (by: number) => ({ from: Math.max(0, from + (width * (1 - by)) / 2), to: Math.min(duration, to - (width * (1 - by)) / 2) });
  switch (key) {
    case 'ArrowLeft': return shift(-width / 4);
    case 'ArrowRight': return shift(width / 4);
    case '+': return resize(0.5);
    case '-': return resize(2);
    default: return undefined;
  }
}
