import type { Metadata } from '../../api/prometheus.ts';
import { parseSpan } from '../../state/time.ts';
import { metricOf } from './queries.ts';
import { factOf } from './unit.ts';

/** What is right as a query but unwise on a chart, and the query that mends it. */
export interface Advice {
  readonly words: string;
  readonly mend?: { readonly words: string; readonly query: string };
}

interface Context {
  readonly facts: ReadonlyMap<string, Metadata> | undefined;
  readonly names: readonly string[];
  readonly stepSeconds: number;
  /** How many series came, if they have come. */
  readonly series: number | undefined;
}

const MANY = 100;
const RATES = /\b(rate|increase|irate|delta)\s*\(/;

/** At most one advice, the one that matters most. */
export function adviceFor(query: string, context: Context): Advice | undefined {
  return shortSpan(query, context) ?? lostBuckets(query) ?? rateOfSum(query) ?? rawCounter(query, context) ?? rateOfGauge(query, context) ?? meanOfQuantiles(query) ?? manySeries(query, context);
}

/** A rate over fewer than two steps of data has holes. */
function shortSpan(query: string, { stepSeconds }: Context): Advice | undefined {
  if (!RATES.test(query)) return undefined;
  for (const [, span = ''] of query.matchAll(/\[(\d+(?:ms|[smhdwy]))\]/g)) {
    const millis = parseSpan(span);
    if (millis !== undefined && millis < stepSeconds * 2000) {
      return { words: `[${span}] is shorter than two steps of this range: samples between are not seen.`, mend: { words: 'Use $__rate_interval', query: query.replaceAll(`[${span}]`, '[$__rate_interval]') } };
    }
  }
  return undefined;
}

/** Quantiles of classic buckets need the label that tells the bucket. */
function lostBuckets(query: string): Advice | undefined {
  if (!/histogram_quantile/.test(query) || !/_bucket\b/.test(query)) return undefined;
  const found = /\bsum\s*(?:by\s*\(([^)]*)\)\s*)?\(/.exec(query);
  if (!found || /\bby\s*\([^)]*\ble\b/.test(query) || /\bwithout\b/.test(query)) return undefined;
  const labels = (found[1] ?? '').trim();
  return { words: 'The sum loses le, by which buckets are told apart.', mend: { words: 'Keep le', query: query.replace(found[0], `sum by (le${labels === '' ? '' : `, ${labels}`}) (`) } };
}

/** A sum of counters falls when one of them restarts. */
function rateOfSum(query: string): Advice | undefined {
  const found = /\b(rate|increase|irate)\s*\(\s*sum\b/.exec(query);
  return found ? { words: `${found[1]} of a sum takes the restart of one counter for one of all. Sum the rates: sum(${found[1]}(…)).` } : undefined;
}

function rawCounter(query: string, { facts, names }: Context): Advice | undefined {
  const name = metricOf(query, names);
  if (name === undefined || /\[/.test(query) || factOf(name, facts)?.type !== 'counter') return undefined;
  const selector = new RegExp(`${name}\\s*(\\{(?:[^{}"]|"(?:[^"\\\\]|\\\\.)*")*\\})?`).exec(query)?.[0];
  if (selector === undefined) return undefined;
  return { words: `${name} is a counter: it only grows, until the process restarts.`, mend: { words: 'Show its rate', query: query.replace(selector, `rate(${selector}[$__rate_interval])`) } };
}

function rateOfGauge(query: string, { facts, names }: Context): Advice | undefined {
  const name = metricOf(query, names);
  const found = /\b(rate|increase|irate)\s*\(/.exec(query);
  if (name === undefined || !found || factOf(name, facts)?.type !== 'gauge') return undefined;
  return { words: `${name} is a gauge: ${found[1]} takes each fall of it for a restart.`, mend: { words: 'Use deriv', query: query.replace(found[0], 'deriv(') } };
}

function meanOfQuantiles(query: string): Advice | undefined {
  return /\b(avg|sum)\s*(?:(?:by|without)\s*\([^)]*\)\s*)?\(\s*(?:histogram_quantile|quantile_over_time|quantile)\b/.test(query)
    ? { words: 'A mean of quantiles is no quantile. Add the histograms before: histogram_quantile(…, sum by (le) (…)).' }
    : undefined;
}

function manySeries(query: string, { series }: Context): Advice | undefined {
  if (series === undefined || series <= MANY || /\b(topk|bottomk|limitk)\b/.test(query)) return undefined;
  return { words: `${series.toLocaleString('en')} series: more than a chart can tell apart.`, mend: { words: 'Keep the 10 largest', query: `topk(10, ${query})` } };
}
