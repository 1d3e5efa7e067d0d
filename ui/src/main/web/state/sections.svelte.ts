/** Which sections of panels the reader has folded or opened: kept in the browser, since it is how he reads and not what. */

const KEY = 'sections';

function read(): Record<string, boolean> {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(KEY) ?? '{}');
    return typeof kept === 'object' && kept !== null ? Object.fromEntries(Object.entries(kept).filter(([, open]) => typeof open === 'boolean')) : {};
  } catch {
    return {};
  }
}

let kept = $state.raw(read());

export const sections = {
  /** Whether a section is open; one that the reader never touched is as the page has it. */
  isOpen: (name: string, otherwise: boolean) => kept[name] ?? otherwise,
  keep(name: string, open: boolean) {
    kept = { ...kept, [name]: open };
    try {
      localStorage.setItem(KEY, JSON.stringify(kept));
    } catch {
      // Where storage is forbidden the choice lasts as long as the page.
    }
  },
};
