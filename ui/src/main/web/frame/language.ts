import { FUNCTIONS } from '../editor/functions.ts';

/** Which query language a text is of, by its form: what no language can read is words. */

export type Language = 'promql' | 'logql' | 'traceql';

export const LANGUAGES: Record<Language, { readonly name: string; readonly path: string; readonly page: string }> = {
  traceql: { name: 'TraceQL', path: '/traces', page: 'Traces' },
  logql: { name: 'LogQL', path: '/logs', page: 'Logs' },
  promql: { name: 'PromQL', path: '/metrics', page: 'Metrics' },
};

const TEXT = String.raw`(?:"(?:[^"\\]|\\.)*"|\`[^\`]*\`)`;
const MATCHER = String.raw`\s*\w+\s*(?:=~|!~|!=|=)\s*${TEXT}\s*`;
const SELECTOR = String.raw`\{(?:${MATCHER})(?:,${MATCHER})*,?\s*\}`;

const LOGQL = new RegExp(`^${SELECTOR}\\s*(?:\\|.*)?$`, 's');
const PROMQL = new RegExp(`^${SELECTOR}\\s*(?:\\[.*|offset\\b.*|@.*)?$`, 's');
const SERIES = /^[a-zA-Z_:][\w:]*\s*(?:\{.*|\[\d.*)$/s;
const CALL = new RegExp(`^(?:${FUNCTIONS.map(({ name }) => name).join('|')})\\s*(?:(?:by|without)\\s*)?\\(`);
const TRACEQL = new RegExp(String.raw`^\{\s*(?:\}|\(|!|\.|(?:resource|span|event|link|instrumentation|trace|parent)[.:]|(?:name|duration|status|statusMessage|kind|rootName|rootServiceName|traceDuration|nestedSet\w+|childCount|true|false)\b)`, 's');

/** The languages that a text may be of, the likeliest first; none for words. */
export function languagesOf(text: string): Language[] {
  const query = text.trim();
  const found: Language[] = [];
  if (TRACEQL.test(query)) found.push('traceql');
  if (LOGQL.test(query)) found.push('logql');
  if (PROMQL.test(query) || ((SERIES.test(query) || CALL.test(query)) && balanced(query))) found.push('promql');
  return found;
}

/** Whether brackets are closed, so that a word with one is no query. */
function balanced(text: string): boolean {
  const closing: Record<string, string> = { '(': ')', '[': ']', '{': '}' };
  const open: string[] = [];
  for (const letter of text.replace(new RegExp(TEXT, 'g'), '')) {
    const close = closing[letter];
    if (close) open.push(close);
    else if (Object.values(closing).includes(letter) && open.pop() !== letter) return false;
  }
  return open.length === 0;
}
