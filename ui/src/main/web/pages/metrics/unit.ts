import type { Metadata } from '../../api/prometheus.ts';
import { metricOf } from './queries.ts';

/** What the values of a query are, as `ofUnit` writes them: `seconds`, `bytes`, `ratio`, `rate`, `bytes/s`; empty for plain numbers. */
export type Unit = string;

/** What Prometheus says of a metric; of a histogram's parts what it says of the histogram. */
export const factOf = (name: string, facts: ReadonlyMap<string, Metadata> | undefined): Metadata | undefined => facts?.get(name) ?? facts?.get(name.replace(/_(bucket|sum|count|total)$/, ''));

/** A metric's own unit, told by its metadata or its name. */
function ownUnit(name: string, facts: ReadonlyMap<string, Metadata> | undefined): Unit {
  const told = factOf(name, facts)?.unit;
  if (told) return told;
  if (/_seconds(_|$)/.test(name)) return 'seconds';
  if (/_bytes(_|$)/.test(name)) return 'bytes';
  return /_ratio$/.test(name) ? 'ratio' : '';
}

export function unitOf(query: string, facts: ReadonlyMap<string, Metadata> | undefined, names: readonly string[]): Unit {
  const name = metricOf(query, names);
  if (name === undefined || /^\s*(count|group|count_values|absent|changes|resets)\b/.test(query)) return '';
  const own = ownUnit(name, facts);
  if (/\bhistogram_(quantile|avg|stddev)\b/.test(query)) return own;
  const counts = /_(count|bucket)$/.test(name);
  const [, divisor] = divided(query) ?? [];
  if (divisor !== undefined) {
    if (/_sum$/.test(name) && divisor.includes('_count')) return own;
    return metricOf(divisor, names) === name ? 'ratio' : '';
  }
  if (/\b(rate|irate|deriv)\s*\(/.test(query)) {
    if (counts || own === '') return 'rate';
    return own === 'bytes' ? 'bytes/s' : own === 'seconds' ? '' : 'rate';
  }
  return counts ? '' : own;
}

/** Both sides of a division outside of all parentheses. */
function divided(query: string): [string, string] | undefined {
  let depth = 0;
  for (let at = 0; at < query.length; at++) {
    const letter = query[at];
    if (letter === '"') at = query.indexOf('"', at + 1) < 0 ? query.length : query.indexOf('"', at + 1);
    else if (letter === '(' || letter === '{' || letter === '[') depth++;
    else if (letter === ')' || letter === '}' || letter === ']') depth--;
    else if (letter === '/' && depth === 0) return [query.slice(0, at), query.slice(at + 1)];
  }
  return undefined;
}

/** Whether the lines of a query are parts of a whole, so that one on the other means something. */
export const stacks = (query: string): boolean => /^\s*(sum|count)\b/.test(query) || (!/\b(quantile|avg|min|max|histogram_quantile|stddev)\b/.test(query) && /^\s*(rate|increase)\s*\(/.test(query));
