/** Queries that name other queries by their letter, `$A / $B`, and spans of the chart, as the one query that is asked. */

export interface Expanded {
  readonly query: string;
  /** The place in the query as it is written of a place in the one that is asked. */
  readonly origin: (offset: number) => number;
}

/** The words that stand for something else: spans of the chart, and the other queries in braces. */
const WORDS = /\$__rate_interval|\$__interval|\$__range|\$([A-E])\b/g;

export const namesOthers = (query: string) => /\$[A-E]\b/.test(query);

/**
 * @param others the queries by their letters, `a` to `e`
 * @param spans what stands for `$__rate_interval` and the like
 * @throws Error where a letter has no query, or queries name each other in a circle
 */
export function expanded(query: string, others: ReadonlyMap<string, string>, spans: Readonly<Record<string, string>>, within: readonly string[] = []): Expanded {
  const pieces: { at: number; from: number; length: number }[] = [];
  let text = '';
  let done = 0;
  for (const found of query.matchAll(WORDS)) {
    text += query.slice(done, found.index);
    const letter = found[1]?.toLowerCase();
    const put = letter === undefined ? (spans[found[0]] ?? found[0]) : `(${other(letter, others, spans, within)})`;
    pieces.push({ at: text.length, from: found.index, length: put.length });
    text += put;
    done = found.index + found[0].length;
    pieces.push({ at: text.length, from: done, length: 0 });
  }
  text += query.slice(done);
  return {
    query: text,
    origin: (offset) => {
      const piece = pieces.findLast((one) => one.at <= offset);
      return piece === undefined ? offset : piece.from + (piece.length > 0 ? 0 : offset - piece.at);
    },
  };
}

function other(letter: string, others: ReadonlyMap<string, string>, spans: Readonly<Record<string, string>>, within: readonly string[]): string {
  const query = others.get(letter)?.trim() ?? '';
  const name = letter.toUpperCase();
  if (within.includes(letter)) throw new Error(`$${name} names itself, by way of ${[...within, letter].map((one) => `$${one.toUpperCase()}`).join(', ')}`);
  if (query === '') throw new Error(`$${name} is no query (expected: one of ${[...others.keys()].map((one) => `$${one.toUpperCase()}`).join(', ')})`);
  return expanded(query, others, spans, [...within, letter]).query;
}

/** The bound that a query compares with at its end, outside of all parentheses, as it is drawn over a chart. */
export function threshold(query: string): { value: number; words: string } | undefined {
  const found = /(>=|<=|>|<)\s*(?:bool\s+)?(-?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)\s*$/.exec(query);
  if (!found) return undefined;
  const before = query.slice(0, found.index).replace(/"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|`[^`]*`/g, '');
  const deep = (before.match(/[({[]/g)?.length ?? 0) !== (before.match(/[)}\]]/g)?.length ?? 0);
  return deep || before.trim() === '' ? undefined : { value: Number(found[2]), words: found[1] ?? '' };
}
