import { type Folds, isFolded, openedRuns } from './folding.ts';
import type { Span, Trace } from './model.ts';

/** The rows of a waterfall: a span, or a run of spans alike that is folded to one row. */
export type Row =
  | { readonly kind: 'span'; readonly span: Span; readonly depth: number; readonly folded: boolean }
  | { readonly kind: 'run'; readonly key: number; readonly spans: readonly Span[]; readonly depth: number; readonly p50: number; readonly max: number; readonly hidden: number };

/** The rows in order. A run stands where its first span would; spans to `keep` stay out of it. */
export function rowsOf(trace: Trace, keep: ReadonlySet<Span>, folds: Folds, onlyCritical: boolean): Row[] {
  const runOf = new Map<Span, number>();
  const opened = openedRuns(folds, trace);
  trace.runs.forEach((run, key) => {
    if (!opened.has(key)) for (const span of run.spans) if (!keep.has(span)) runOf.set(span, key);
  });
  const rows: Row[] = [];
  const begun = new Set<number>();
  const stack = [...trace.roots].reverse();
  for (let span = stack.pop(); span; span = stack.pop()) {
    const run = runOf.get(span);
    if (run !== undefined) {
      if (!begun.has(run)) rows.push(runRow(trace, run, keep));
      begun.add(run);
      continue;
    }
    if (onlyCritical && !trace.path.has(span)) continue;
    const folded = isFolded(folds, span);
    rows.push({ kind: 'span', span, depth: span.depth, folded });
    if (folded) continue;
    for (let at = span.children.length - 1; at >= 0; at--) stack.push(span.children[at] as Span);
  }
  return rows;
}

function runRow(trace: Trace, key: number, keep: ReadonlySet<Span>): Row {
  const { spans = [], p50 = 0, max = 0 } = trace.runs[key] ?? {};
  const shown = spans.filter((span) => !keep.has(span));
  let hidden = 0;
  const stack = [...shown];
  for (let span = stack.pop(); span; span = stack.pop()) {
    hidden++;
    for (const child of span.children) stack.push(child);
  }
  return { kind: 'run', key, spans: shown, depth: shown[0]?.depth ?? 0, p50, max, hidden };
}
