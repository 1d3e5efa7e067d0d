/** The heights of lines that are wrapped, told from their text: in a font of one width no layout is needed for it. */

export const ROW = 22;
const NEXT = 17;
/** A line shows no more rows of text than that; the rest is where it is opened. */
const MOST_ROWS = 30;

// Characters that take the width of two: East Asian wide forms and what lies beyond the basic plane.
const WIDE = /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\ud800-\udbff]/;
const ALL_WIDE = new RegExp(WIDE.source, 'g');

/** The text of a wrapped line: as much of it as its rows can have. */
export const wrappedText = (text: string, columns: number): string => text.slice(0, MOST_ROWS * columns);

export function rowsOf(text: string, columns: number): number {
  let rows = 0;
  for (let from = 0; from <= text.length && rows < MOST_ROWS;) {
    const end = text.indexOf('\n', from);
    const to = Math.min(end < 0 ? text.length : end, from + MOST_ROWS * columns);
    rows += Math.max(1, Math.ceil(widthOf(text, from, to) / columns));
    if (end < 0) break;
    from = end + 1;
  }
  return Math.min(MOST_ROWS, Math.max(1, rows));
}

function widthOf(text: string, from: number, to: number): number {
  const part = text.slice(from, to);
  const wide = WIDE.test(part) ? (part.match(ALL_WIDE)?.length ?? 0) : 0;
  const tabs = part.includes('\t') ? part.split('\t').length - 1 : 0;
  return part.length + wide + tabs * 7;
}

/** Where each line begins in pixels from the first, and where the last ends. */
export function offsetsOf(texts: readonly { readonly text: string }[], columns: number): Float64Array {
  const offsets = new Float64Array(texts.length + 1);
  texts.forEach(({ text }, index) => {
    offsets[index + 1] = (offsets[index] ?? 0) + ROW + (rowsOf(text, columns) - 1) * NEXT;
  });
  return offsets;
}
