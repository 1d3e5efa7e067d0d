import { getJson } from './http.svelte.ts';

/** The graph of components as it runs, with counters since the start; rates come of two answers. */

export type Causes = Readonly<Record<string, number>>;

export interface PipelineNode {
  readonly id: string;
  readonly kind: 'receiver' | 'processor' | 'exporter' | 'connector';
  readonly name: string;
  readonly pipeline: string | null;
  /** Its addresses, or what was set, in a few words. */
  readonly detail: string;
  /** `file:line:column`; null for what stands in no file. */
  readonly position: string | null;
  /** What a component does not count is absent. */
  readonly received?: number;
  readonly accepted?: number;
  readonly sent?: number;
  readonly refused?: Causes;
  /** What waits of all signals together, in the unit that `sizer` names. */
  readonly queue: { readonly size: number; readonly capacity: number; readonly sizer: 'requests' | 'items' | 'bytes' } | null;
  /** Of an exporter with a queue. */
  readonly sending: Sending | null;
}

/** How an exporter's sending goes; times in milliseconds since 1970. */
export interface Sending {
  /** Sends that were in vain and are repeated, by what the backend answered. */
  readonly retries: Causes;
  /** Batches that wait for their next try. */
  readonly retrying: number;
  readonly nextTry: number | null;
  /** When that came which is here longest. */
  readonly oldest: number | null;
  /** The newest send that was in vain; its items are lost if it is not repeated. */
  readonly lastError: { readonly time: number; readonly message: string; readonly repeated: boolean } | null;
}

/** A place where the counters do not add up. */
export interface Missing {
  readonly from: string;
  /** Null for a receiver. */
  readonly to: string | null;
  readonly signal: string | null;
  readonly items: number;
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
  readonly reload: { readonly takenUp: number; readonly refused: { readonly time: number; readonly problem: string } | null };
  readonly nodes: readonly PipelineNode[];
  readonly edges: readonly PipelineEdge[];
  /** Whether all counters add up. */
  readonly consistent: boolean;
  readonly missing: readonly Missing[];
}

export interface ConfiguredPart {
  readonly kind: PipelineNode['kind'] | 'extension';
  readonly name: string;
  readonly position: string | null;
  readonly text: string;
}

/** The configuration that runs, as YAML: defaults filled in, secrets hidden. */
export interface ConfigurationAnswer {
  readonly sources: readonly string[];
  readonly text: string;
  readonly components: readonly ConfiguredPart[];
}

export const pipeline = (signal?: AbortSignal) => getJson<PipelineAnswer>('/pharos/api/v1/pipeline', {}, signal);

export const configuration = (signal?: AbortSignal) => getJson<ConfigurationAnswer>('/pharos/api/v1/pipeline/configuration', {}, signal);
