import { keep, readKept } from './kept.ts';

/** Which sections of panels the reader has folded or opened: kept in the browser, since it is how he reads and not what. */

const KEY = 'sections';

let kept = $state.raw(readKept(KEY));

export const sections = {
  /** Whether a section is open; one that the reader never touched is as the page has it. */
  isOpen: (name: string, otherwise: boolean) => (typeof kept[name] === 'boolean' ? kept[name] : otherwise),
  keep(name: string, open: boolean) {
    kept = { ...kept, [name]: open };
    keep(KEY, kept);
  },
};
