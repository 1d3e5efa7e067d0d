import { layers } from '../../state/layers.svelte.ts';

/** What single keys do on a page, unless the reader types, a layer lies over it, or a part of it has taken the key. */
export const pageKeys = (actions: Record<string, () => void>) => (event: KeyboardEvent) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented || layers.open !== 'none') return;
  if (event.target instanceof HTMLElement && /^(INPUT|TEXTAREA|SELECT)$/.test(event.target.tagName)) return;
  const action = actions[event.key];
  if (!action) return;
  event.preventDefault();
  action();
};
