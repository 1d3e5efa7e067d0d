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

/** The selector whose braces the cursor is in, with the conditions that are whole; empty where no metric is named and none is whole. */
export function selectorAt(before: string): string {
  const brace = openBrace(before);
  if (brace < 0) return '';
  const metric = /([a-zA-Z_:][\w:]*)\s*$/.exec(before.slice(0, brace))?.[1] ?? '';
  const whole = [...before.slice(brace + 1).matchAll(/[A-Za-z_]\w*\s*(?:=~|!~|!=|=)\s*"(?:[^"\\]|\\.)*"/g)].map(([text]) => text);
  return metric === '' && whole.length === 0 ? '' : `${metric}{${whole.join(', ')}}`;
}

/** Where the brace is that is open at the end; -1 if none is. */
function openBrace(before: string): number {
  let open = -1;
  let quote = '';
  for (let at = 0; at < before.length; at++) {
    const letter = before[at] ?? '';
    if (quote !== '') {
      if (letter === '\\' && quote !== '`') at++;
      else if (letter === quote) quote = '';
    } else if (letter === '"' || letter === '`') quote = letter;
    else if (letter === '{') open = at;
    else if (letter === '}') open = -1;
  }
  return open;
}

/** The first selector of a LogQL query if it is whole. */
export const firstSelector = (text: string): string | undefined => /^[^{]*(\{(?:[^{}"`]|"(?:[^"\\]|\\.)*"|`[^`]*`)+\})/.exec(text)?.[1];
