import { type CriticalPath, timeOn } from './criticalPath.ts';
import type { Span, Trace } from './model.ts';

/** The rows of a waterfall: a span, or a run of spans alike that is folded to one row. */
export type Row =
  | { readonly kind: 'span'; readonly span: Span; readonly depth: number; readonly folded: boolean }
  | { readonly kind: 'run'; readonly key: string; readonly spans: readonly Span[]; readonly depth: number; readonly p50: number; readonly max: number; readonly hidden: number };

/** From so many siblings alike on, they fold. */
const RUN = 20;
/** A span with this share of the trace on the critical path stays out of a run. */
const CRITICAL_SHARE = 0.05;

export interface Folding {
  /** Spans whose children are hidden. */
  readonly closed: ReadonlySet<string>;
  /** Runs, by key, that are shown span by span. */
  readonly opened: ReadonlySet<string>;
  readonly onlyCritical: boolean;
}

/** The rows in order. A run stands where its first span would. */
export function rowsOf(trace: Trace, path: CriticalPath, keep: ReadonlySet<Span>, folding: Folding): Row[] {
  const rows: Row[] = [];
  type Entry = { readonly span: Span } | { readonly run: readonly Span[]; readonly key: string };
  const stack: Entry[] = arranged('', trace.roots, trace, path, keep, folding).reverse();
  for (let entry = stack.pop(); entry; entry = stack.pop()) {
    if ('run' in entry) {
      rows.push(runRow(entry.key, entry.run));
      continue;
    }
    const { span } = entry;
    if (folding.onlyCritical && !path.has(span)) continue;
    const folded = folding.closed.has(span.id);
    rows.push({ kind: 'span', span, depth: span.depth, folded });
    if (folded) continue;
    const below = arranged(span.id, span.children, trace, path, keep, folding);
    for (let at = below.length - 1; at >= 0; at--) stack.push(below[at] as Entry);
  }
  return rows;
}

function arranged(parent: string, spans: readonly Span[], trace: Trace, path: CriticalPath, keep: ReadonlySet<Span>, folding: Folding) {
  const entries: ({ span: Span } | { run: readonly Span[]; key: string })[] = [];
  if (spans.length < RUN) return spans.map((span) => ({ span }));
  const groups = new Map<string, Span[]>();
  for (const span of spans) {
    const key = `${parent}/${span.service}/${span.name}/${span.failed}`;
    const group = groups.get(key);
    if (group) group.push(span);
    else groups.set(key, [span]);
  }
  const runOf = new Map<Span, { run: Span[]; key: string }>();
  for (const [key, group] of groups) {
    if (group.length < RUN || folding.opened.has(key)) continue;
    const slowest = group.reduce((one, other) => (other.end - other.start > one.end - one.start ? other : one));
    const inside = group.filter((span) => span !== slowest && !keep.has(span) && timeOn(path, span) < trace.duration * CRITICAL_SHARE);
    if (inside.length < RUN - 1) continue;
    const run = { run: inside, key };
    for (const span of inside) runOf.set(span, run);
  }
  const begun = new Set<readonly Span[]>();
  for (const span of spans) {
    const run = runOf.get(span);
    if (!run) entries.push({ span });
    else if (!begun.has(run.run)) {
      begun.add(run.run);
      entries.push(run);
    }
  }
  return entries;
}

function runRow(key: string, spans: readonly Span[]): Row {
  const durations = spans.map((span) => span.end - span.start).sort((one, other) => one - other);
  let hidden = 0;
  const stack = [...spans];
  for (let span = stack.pop(); span; span = stack.pop()) {
    hidden++;
    for (const child of span.children) stack.push(child);
  }
  return { kind: 'run', key, spans, depth: spans[0]?.depth ?? 0, p50: durations[Math.floor(durations.length / 2)] ?? 0, max: durations.at(-1) ?? 0, hidden };
}
