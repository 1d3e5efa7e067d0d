import type { PipelineAnswer } from '../../api/pipeline.ts';

/** Where this process takes OTLP, as its receivers are configured. */
export interface Doors {
  readonly grpc: number;
  readonly http: number;
  /** Whether other machines, and containers on this one, can reach it. */
  readonly reachable: boolean;
}

export const USUAL: Doors = { grpc: 4317, http: 4318, reachable: false };

/** The usual ones where no receiver says another; a port that the system chose is not known. */
export function doorsOf(answer: PipelineAnswer): Doors {
  let { grpc, http } = USUAL;
  let reachable = false;
  // What the user configured counts more than what is built in, which reads from it then.
  const receivers = answer.nodes.filter((node) => node.kind === 'receiver' && node.name.split('/')[0] === 'otlp').sort((one, other) => Number(one.name.endsWith('/pharos')) - Number(other.name.endsWith('/pharos')));
  for (const [protocol, take] of [['grpc', (port: number) => (grpc = port)], ['http', (port: number) => (http = port)]] as const) {
    for (const { detail } of receivers) {
      const found = new RegExp(`\\b${protocol} (\\S+):(\\d+)`).exec(detail);
      if (!found || found[2] === '0') continue;
      take(Number(found[2]));
      reachable ||= !/^(localhost|127\.|\[::1\])/.test(found[1] ?? '');
      break;
    }
  }
  return { grpc, http, reachable };
}
