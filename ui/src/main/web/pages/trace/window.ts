/** The stretch of a trace that is shown: `from..to` in milliseconds from its start, in parameter `win`. */
export function readWindow(text: string | undefined, duration: number): { from: number; to: number } {
  const found = /^(\d+(?:\.\d+)?)\.\.(\d+(?:\.\d+)?)$/.exec(text ?? '');
  const from = Math.min(duration, Number(found?.[1] ?? 0));
  const to = Math.min(duration, Number(found?.[2] ?? duration));
  return to > from ? { from, to } : { from: 0, to: Math.max(duration, 0.001) };
}

export const windowText = (from: number, to: number, duration: number) => (from <= 0 && to >= duration ? undefined : `${from.toFixed(3)}..${to.toFixed(3)}`);
