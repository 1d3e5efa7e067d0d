/** Where a cursor is in a query, told from the text before it: a query under edit is seldom one that a grammar takes. */

/** The text without the contents of its strings; one that is open at the end is left out whole. */
const withoutStrings = (before: string) => before.replace(/"(?:[^"\\]|\\.)*"|`[^`]*`/g, '').replace(/["`][^"`]*$/, '');

/** Whether the cursor is within the braces of a selector, outside of a string. */
export function insideBraces(before: string): boolean {
  const bare = withoutStrings(before);
  return bare.lastIndexOf('{') > bare.lastIndexOf('}');
}

/** The name before the comparison whose text value is under the cursor, and what of the value is there. */
export function valueAt(before: string, name: RegExp): { name: string; typed: string } | undefined {
  const found = new RegExp(`(${name.source})\\s*(?:=~|!~|!=|=)\\s*"([^"]*)$`).exec(before);
  return found ? { name: found[1] ?? '', typed: found.at(-1) ?? '' } : undefined;
}
