import { type Operation, service } from '../../api/insight.ts';
import type { Span } from '../../trace/model.ts';

/** How long operations usually take, by services, each asked for once; an operation that is not known yet has nothing. */
export class Usual {
  private found = $state.raw(new Map<string, readonly Operation[]>());
  private readonly asked = new Set<string>();

  constructor(private readonly range: { from: number; to: number }) {}

  ask(name: string) {
    if (this.asked.has(name)) return;
    this.asked.add(name);
    service(name, this.range).then(
      ({ operations }) => (this.found = new Map(this.found).set(name, operations)),
      () => {
        // Without it the page says nothing of what is usual.
      },
    );
  }

  private of(span: Span): Operation | undefined {
    return this.found.get(span.service)?.find((one) => one.name === span.name && one.kind === span.kind);
  }

  /** The median of a span's operation in milliseconds. */
  medianOf(span: Span): number | undefined {
    const nanos = this.of(span)?.p50Nanos;
    return nanos ? nanos / 1e6 : undefined;
  }
}
