import { place } from '../state/place.svelte.ts';
import { fixedText } from '../state/time.ts';

/** Follows a press on a chart: `show` is called with the stretch of time while it is drawn, and the range becomes that stretch at its end. */
export function dragTime(event: PointerEvent, millisAt: (clientX: number) => number, show: (drawn: { from: number; to: number } | undefined) => void) {
  if (event.button !== 0) return;
  const first = millisAt(event.clientX);
  let drawn: { from: number; to: number } | undefined;
  const move = (next: PointerEvent) => {
    if (Math.abs(next.clientX - event.clientX) <= 3) return;
    const at = millisAt(next.clientX);
    drawn = { from: Math.min(first, at), to: Math.max(first, at) };
    show(drawn);
  };
  const up = () => {
    removeEventListener('pointermove', move);
    removeEventListener('pointerup', up);
    if (drawn) place.change({ t: fixedText(drawn.from, Math.max(drawn.to, drawn.from + 1000)) });
    show(undefined);
  };
  addEventListener('pointermove', move);
  addEventListener('pointerup', up);
}
