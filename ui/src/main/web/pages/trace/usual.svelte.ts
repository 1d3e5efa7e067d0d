import { compare, type Difference, type Operation, service } from '../../api/insight.ts';
import { traceql } from '../../state/filter.ts';
import type { Span } from '../../trace/model.ts';

/** A difference of shares from which on an attribute stands out. */
const APART = 0.2;

/** A name that is longer than a request may be is not asked for. */
const LONGEST = 4_000;

const keyOf = (span: Span) => JSON.stringify([span.service, span.name]);

/** How operations go around a trace. Each is asked for once; without an answer the page says nothing of it. */
export class Usual {
  private operations = $state.raw(new Map<string, readonly Operation[]>());
  private differences = $state.raw(new Map<string, readonly Difference[]>());
  private readonly asked = new Set<string>();

  constructor(private readonly range: { from: number; to: number }) {}

  /** Asks how long the operations of a span's service take. */
  ask(span: Span) {
    this.once(span.service, async () => {
      const { operations } = await service(span.service, this.range);
      this.operations = new Map(this.operations).set(span.service, operations);
    });
  }

  /** Asks what sets the failed calls of a span's operation apart from the others. */
  askApart(span: Span) {
    const key = keyOf(span);
    if (key.length > LONGEST) return;
    this.once(key, async () => {
      const query = traceql([{ key: 'service.name', operator: '=', value: span.service }, { key: 'name', operator: '=', value: span.name }], '');
      const { rows } = await compare(query, 'spans', { by: 'errors' }, this.range);
      this.differences = new Map(this.differences).set(key, rows);
    });
  }

  private once(what: string, ask: () => Promise<void>) {
    if (this.asked.has(what)) return;
    this.asked.add(what);
    ask().catch(() => undefined);
  }

  /** The median of a span's operation in milliseconds. */
  medianOf(span: Span): number | undefined {
    const nanos = this.operations.get(span.service)?.find((one) => one.name === span.name && one.kind === span.kind)?.p50Nanos;
    return nanos ? nanos / 1e6 : undefined;
  }

  /** The attribute of a failed span that sets the failed calls of its operation apart most. */
  apartOf(span: Span): Difference | undefined {
    if (!span.failed) return undefined;
    const has = ({ key, value }: Difference) => [...span.attributes, ...span.resource].some(([name, one]) => name === key && one === value);
    return this.differences.get(keyOf(span))?.find((row) => row.inside - row.outside >= APART && has(row));
  }
}
