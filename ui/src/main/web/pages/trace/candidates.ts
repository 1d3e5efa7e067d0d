import { search } from '../../api/tempo.ts';
import { narrowed, traceql } from '../../state/filter.ts';
import { type Candidate, chosen } from '../../trace/candidates.ts';
import type { Trace } from '../../trace/model.ts';
import { timeOf } from './ways.ts';

/** So many of the newest are looked at. */
const LOOKED_AT = 200;

/** Traces of the same root operation that ran when a trace did. */
export async function candidatesOf(trace: Trace, signal?: AbortSignal): Promise<Candidate[]> {
  const root = trace.roots[0];
  if (!root) return [];
  const query = traceql([{ key: 'service.name', operator: '=', value: root.service }, { key: 'name', operator: '=', value: root.name }], '');
  const found = await search(narrowed(query, 'nestedSetParent < 0'), timeOf(trace), LOOKED_AT, signal);
  return chosen(found.traces.filter((one) => one.id !== trace.id));
}
