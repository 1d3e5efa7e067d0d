import { count, duration, text } from '../format.ts';
import { selfTime, type Span, timeOn, type Trace } from './model.ts';

/**
 * Two traces side by side. Their spans are aligned by the path of service and name from the root, so that all calls of
 * one operation at one place are a row. What each row adds to the difference in duration is what the end of either trace
 * waited for it: over all rows that sums up to the difference, whatever ran beside what.
 */

/** The calls of one path in one trace; times in milliseconds. */
export interface Calls {
  readonly spans: readonly Span[];
  readonly total: number;
  readonly self: number;
  readonly waited: number;
  readonly errors: number;
}

export interface Path {
  readonly service: string;
  readonly name: string;
  readonly depth: number;
  readonly here: Calls;
  readonly there: Calls;
  /** How much longer the trace's end waited for it than the other's. */
  readonly longer: number;
}

export interface Difference {
  /** A path before those below it, siblings by when they began. */
  readonly paths: readonly Path[];
  /** How much longer the trace is than the other, in milliseconds. */
  readonly longer: number;
  /** The paths that explain most of it, the furthest apart first; none where both take as long. */
  readonly explain: readonly Path[];
}

/** So much of the difference is explained by what is lit, by at most so many paths. */
const EXPLAINED = 0.8;
const MOST_LIT = 3;

/** Traces that differ by less than this share of the longer one take as long as each other. */
const ALIKE = 0.02;

interface Node {
  readonly service: string;
  readonly name: string;
  readonly depth: number;
  readonly here: Span[];
  readonly there: Span[];
  readonly below: Map<string, Node>;
}

export function differenceOf(trace: Trace, other: Trace): Difference {
  const roots = new Map<string, Node>();
  gather(roots, trace, 'here');
  gather(roots, other, 'there');
  const paths: Path[] = [];
  const stack = byStart(roots).reverse();
  for (let node = stack.pop(); node; node = stack.pop()) {
    const here = callsOf(trace, node.here);
    const there = callsOf(other, node.there);
    paths.push({ service: node.service, name: node.name, depth: node.depth, here, there, longer: here.waited - there.waited });
    stack.push(...byStart(node.below).reverse());
  }
  const longer = trace.duration - other.duration;
  const alike = Math.abs(longer) < ALIKE * Math.max(trace.duration, other.duration);
  return { paths, longer, explain: alike ? [] : explaining(paths, longer) };
}

function gather(roots: Map<string, Node>, trace: Trace, side: 'here' | 'there') {
  const nodeOf = new Map<Span, Node>();
  for (const span of trace.spans) {
    const siblings = span.parent ? (nodeOf.get(span.parent) as Node).below : roots;
    const key = JSON.stringify([span.service, span.name]);
    let node = siblings.get(key);
    if (!node) siblings.set(key, (node = { service: span.service, name: span.name, depth: span.depth, here: [], there: [], below: new Map() }));
    node[side].push(span);
    nodeOf.set(span, node);
  }
}

const byStart = (siblings: ReadonlyMap<string, Node>) => {
  const start = (node: Node) => (node.here[0] ?? node.there[0])?.start ?? 0;
  return [...siblings.values()].sort((one, other) => start(one) - start(other));
};

function callsOf(trace: Trace, spans: readonly Span[]): Calls {
  let [total, self, waited, errors] = [0, 0, 0, 0];
  for (const span of spans) {
    total += span.end - span.start;
    self += selfTime(span);
    waited += timeOn(trace, span);
    if (span.failed) errors++;
  }
  return { spans, total, self, waited, errors };
}

function explaining(paths: readonly Path[], longer: number): Path[] {
  const sign = Math.sign(longer);
  const found: Path[] = [];
  let explained = 0;
  for (const path of paths.filter((one) => one.longer * sign > 0).sort((one, other) => sign * (other.longer - one.longer))) {
    if (found.length === MOST_LIT || explained >= EXPLAINED * Math.abs(longer)) break;
    found.push(path);
    explained += Math.abs(path.longer);
  }
  return found;
}

/** The slowest call of a path: that of the trace, or of the other where it has none. */
export const slowestOf = ({ here, there }: Path): Span | undefined =>
  (here.spans.length > 0 ? here : there).spans.reduce<Span | undefined>((most, span) => (most && most.end - most.start >= span.end - span.start ? most : span), undefined);

/** The difference in one sentence; `lit` is the service where it arises. */
export interface Words {
  readonly before: string;
  readonly lit: string;
  readonly after: string;
}

const time = (millis: number) => text(duration(Math.abs(millis)));
const calls = (number: number) => `${count(number)} ${number === 1 ? 'call' : 'calls'}`;

export function sentence(trace: Trace, other: Trace, { longer, explain: [first] }: Difference): Words {
  if (!first) return { before: `Both take as long: ${time(trace.duration)} and ${time(other.duration)}`, lit: '', after: '' };
  const { here, there } = first;
  const numbers = here.spans.length === there.spans.length ? `${time(here.waited)} instead of ${time(there.waited)}`
    : there.spans.length === 0 ? `${calls(here.spans.length)}, none there`
      : here.spans.length === 0 ? `${calls(there.spans.length)} there, none here`
        : `${calls(here.spans.length)} instead of ${count(there.spans.length)}`;
  const failed = here.errors === there.errors ? '' : `; ${here.errors === 0 ? 'none' : here.errors === here.spans.length && here.errors === 1 ? 'it' : count(here.errors)} failed${there.errors > 0 ? `, there ${count(there.errors)}` : ''}`;
  return {
    before: `${time(longer)} ${longer > 0 ? 'longer' : 'shorter'} than the other: ${time(first.longer)} ${longer > 0 ? 'more' : 'less'} is waited for `,
    lit: first.service,
    after: ` ${first.name}, ${numbers}${failed}`,
  };
}

/** What is in only one of the two, as words; empty where both have the same operations at the same places. */
export function onlyIn({ paths }: Difference): string {
  const of = (side: 'here' | 'there') => paths.filter((path) => path[side].spans.length > 0 && path[side === 'here' ? 'there' : 'here'].spans.length === 0);
  const words = (found: readonly Path[], side: 'here' | 'there') => `${count(found.length)} ${found.length === 1 ? 'operation' : 'operations'} with ${calls(found.reduce((sum, path) => sum + path[side].spans.length, 0))}`;
  const [here, there] = [of('here'), of('there')];
  return [here.length > 0 ? `only here ${words(here, 'here')}` : '', there.length > 0 ? `only there ${words(there, 'there')}` : ''].filter(Boolean).join(', ');
}
