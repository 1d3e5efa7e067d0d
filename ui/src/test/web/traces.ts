import type { TraceAnalysis } from '../../main/web/api/insight.ts';
import type { OtlpSpan, OtlpTrace } from '../../main/web/api/otlp.ts';
import { readTrace } from '../../main/web/trace/model.ts';

/** A span by its times in milliseconds from the start of its trace. */
export type Given = { id: string; parent?: string; from: number; to: number; service?: string; name?: string; error?: string; kind?: number; region?: string };

const ANALYSIS: TraceAnalysis = { startNanos: '1000000000', durationNanos: 100_000_000, criticalPath: [], errorOrigin: null, errorPath: [], runs: [], services: [], moves: [], verdict: null };

/** A trace that begins a second after 1970, in which times are milliseconds. */
export function trace(given: readonly Given[], analysis: Partial<TraceAnalysis> = {}) {
  const batches: OtlpTrace['batches'] = given.map((one) => {
    const span: OtlpSpan = {
      traceId: 't', spanId: one.id, ...(one.parent ? { parentSpanId: one.parent } : {}), name: one.name ?? one.id, kind: one.kind ?? 1,
      startTimeUnixNano: String(1_000_000_000n + BigInt(Math.round(one.from * 1e6))), endTimeUnixNano: String(1_000_000_000n + BigInt(Math.round(one.to * 1e6))),
      ...(one.error ? { status: { code: 2, message: one.error } } : {}),
      ...(one.region ? { attributes: [{ key: 'region', value: { stringValue: one.region } }] } : {}),
    };
    return { resource: { attributes: [{ key: 'service.name', value: { stringValue: one.service ?? 's' } }] }, scopeSpans: [{ spans: [span] }] };
  });
  return readTrace('t', { batches }, { ...ANALYSIS, ...analysis });
}

/** The stretches of the critical path, each a span's id with its milliseconds. */
export const path = (...stretches: [string, number, number][]): Partial<TraceAnalysis> => ({ criticalPath: stretches.map(([spanId, from, to]) => ({ spanId, fromNanos: from * 1e6, toNanos: to * 1e6 })) });
