import type { Metadata } from '../../api/prometheus.ts';

/** What a metric's type makes of it: the query that shows it first. */
export function starter(name: string, facts: ReadonlyMap<string, Metadata>, chips: string): string {
  const selector = chips === '' ? '' : `{${chips}}`;
  const base = name.replace(/_(bucket|sum|count)$/, '');
  const type = facts.get(name)?.type ?? facts.get(base)?.type ?? '';
  if (type === 'histogram' && name.endsWith('_count')) return `sum(rate(${name}${selector}[$__rate_interval]))`;
  if (type === 'histogram' && name.endsWith('_sum')) return `sum(rate(${name}${selector}[$__rate_interval])) / sum(rate(${base}_count${selector}[$__rate_interval]))`;
  if (type === 'histogram' && name.endsWith('_bucket')) return `histogram_quantile(0.95, sum by (le) (rate(${name}${selector}[$__rate_interval])))`;
  if (type === 'histogram') return `histogram_quantile(0.95, sum(rate(${name}${selector}[$__rate_interval])))`;
  if (type === 'counter' || name.endsWith('_total')) return `sum(rate(${name}${selector}[$__rate_interval]))`;
  return `${name}${selector}`;
}

/** The first metric of a query: a known name, else the first word before a brace. */
export function metricOf(query: string, names: readonly string[]): string | undefined {
  const known = new Set(names);
  let first: string | undefined;
  for (const [word] of query.replace(/"(?:[^"\\]|\\.)*"/g, '""').matchAll(/[a-zA-Z_:][\w:]*/g)) {
    if (known.has(word)) return word;
    if (known.has(`${word}_bucket`)) first ??= word;
  }
  return first ?? /([a-zA-Z_:][\w:]*)\s*\{/.exec(query)?.[1];
}

const ORDER = [6, 2, 5, 9, 8, 10, 3, 7, 11, 12, 1, 4];

/** The colour of the n-th series. */
export const colourOf = (number: number) => `var(--svc-${ORDER[number % ORDER.length]})`;

/** Labels as a selector writes them, with the name in front. */
export function labelsText(labels: ReadonlyMap<string, string>): string {
  const name = labels.get('__name__') ?? '';
  const rest = [...labels].filter(([key]) => key !== '__name__').map(([key, value]) => `${key}=${JSON.stringify(value)}`);
  return rest.length === 0 && name !== '' ? name : `${name}{${rest.join(', ')}}`;
}

/** What a query shows, in a few words: `p95 by region`, `a second by job`. */
export function wordsOf(query: string, metric: string | undefined): string {
  const by = /\bby\s*\(([^)]*)\)/.exec(query)?.[1]?.split(',').map((label) => label.trim()).filter((label) => label !== '' && label !== 'le').join(', ') ?? '';
  const end = by === '' ? '' : ` by ${by}`;
  const quantile = /histogram_quantile\(\s*(0?\.\d+|1|0)\s*,/.exec(query)?.[1];
  if (quantile !== undefined) return `p${Number((Number(quantile) * 100).toFixed(3))}${end}`;
  return `${metric ?? ''}${/\b(rate|irate)\s*\(/.test(query) ? ', a second' : ''}${end}`;
}
