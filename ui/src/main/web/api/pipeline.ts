import { getJson } from './http.svelte.ts';

/** The graph of components as it runs, with counters since the start; rates come of two answers. */

export type Causes = Readonly<Record<string, number>>;

export interface PipelineNode {
  readonly id: string;
  readonly kind: 'receiver' | 'processor' | 'exporter' | 'connector';
  readonly name: string;
  readonly pipeline: string | null;
  /** What a component does not count is absent. */
  readonly received?: number;
  readonly accepted?: number;
  readonly sent?: number;
  readonly refused?: Causes;
  /** What waits of all signals together, in the unit that `sizer` names. */
  readonly queue: { readonly size: number; readonly capacity: number; readonly sizer: 'requests' | 'items' | 'bytes' } | null;
}

export interface PipelineEdge {
  readonly from: string;
  readonly to: string;
  readonly offered: number;
  readonly delivered: number;
  readonly dropped: Causes;
  readonly waiting: number;
  readonly signal: string;
}

export interface PipelineAnswer {
  readonly time: number;
  readonly configuration: readonly string[];
  readonly nodes: readonly PipelineNode[];
  readonly edges: readonly PipelineEdge[];
  /** Whether all counters add up. */
  readonly consistent: boolean;
}

export const pipeline = (signal?: AbortSignal) => getJson<PipelineAnswer>('/pharos/api/v1/pipeline', {}, signal);
