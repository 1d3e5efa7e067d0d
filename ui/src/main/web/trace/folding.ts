import type { Span, Trace } from './model.ts';

/**
 * What a waterfall hides, as parameter `fold` has it: the ids of spans whose children are folded, or `all` and the ids of
 * those that are not; runs that are shown span by span as `run:` and the id of their first span, or `runs` for every one.
 */
export interface Folds {
  readonly all: boolean;
  readonly spans: ReadonlySet<string>;
  readonly allRuns: boolean;
  readonly runs: ReadonlySet<string>;
}

const RUN = 'run:';

export function readFolds(text: string | undefined): Folds {
  const parts = (text ?? '').split(',').filter(Boolean);
  return {
    all: parts.includes('all'),
    spans: new Set(parts.filter((part) => /^[0-9a-f]{16}$/.test(part))),
    allRuns: parts.includes('runs'),
    runs: new Set(parts.filter((part) => part.startsWith(RUN)).map((part) => part.slice(RUN.length))),
  };
}

export const foldsText = ({ all, spans, allRuns, runs }: Folds): string | undefined =>
  [all ? 'all' : '', ...spans, allRuns ? 'runs' : '', ...[...runs].map((run) => RUN + run)].filter(Boolean).join(',') || undefined;

const without = (set: ReadonlySet<string>, gone: ReadonlySet<string>) => new Set([...set].filter((one) => !gone.has(one)));

/** Folds the children of a span, or shows them again. */
export function turned(folds: Folds, id: string): Folds {
  const spans = new Set(folds.spans);
  if (!spans.delete(id)) spans.add(id);
  return { ...folds, spans };
}

/** Whether the children of a span are hidden. A root is not folded with all others. */
export const isFolded = ({ all, spans }: Folds, span: Span) => span.children.length > 0 && spans.has(span.id) !== (all && span.depth > 0);

/** Shows a span, whatever hid it. */
export function unfolded(folds: Folds, above: ReadonlySet<Span>): Folds {
  const hiding = [...above].filter((span) => isFolded(folds, span));
  if (hiding.length === 0) return folds;
  if (!folds.all) return { ...folds, spans: without(folds.spans, new Set(hiding.map((span) => span.id))) };
  return { ...folds, spans: new Set([...folds.spans, ...hiding.map((span) => span.id)]) };
}

/** The runs, by their places in the trace's list, that are shown span by span. */
export const openedRuns = ({ allRuns, runs }: Folds, trace: Trace): ReadonlySet<number> =>
  new Set(trace.runs.flatMap((run, key) => (allRuns || runs.has(run.spans[0]?.id ?? '') ? [key] : [])));
