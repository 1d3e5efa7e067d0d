import { tagNames } from '../api/tempo.ts';
import { labelName } from './filter.ts';

/**
 * OpenTelemetry's names behind the labels that Loki and Prometheus show: `payment_region` is `payment.region` where
 * spans carry that attribute. What no span has keeps the name that its API gives it.
 */

const KNOWN = [
  'service.name', 'service.version', 'service.namespace', 'service.instance.id', 'deployment.environment.name', 'deployment.environment',
  'k8s.pod.name', 'k8s.namespace.name', 'k8s.deployment.name', 'k8s.cluster.name', 'k8s.container.name', 'k8s.node.name', 'host.name',
  'container.name', 'cloud.region', 'exception.type', 'exception.message', 'exception.stacktrace', 'error.type', 'thread.name', 'thread.id',
  'code.function.name', 'code.file.path', 'code.line.number', 'http.request.method', 'http.response.status_code', 'http.route', 'url.path',
];

let names = $state.raw(new Map(KNOWN.map((name) => [labelName(name), name])));
let asked = false;

export function otelName(label: string): string {
  if (label === 'detected_level') return 'level';
  if (label === 'job') return 'service.name';
  return names.get(label) ?? label;
}

/** Asks once for the names that spans have. */
export async function learnNames(range: { from: number; to: number }) {
  if (asked) return;
  asked = true;
  try {
    const found = await tagNames(range);
    names = new Map([...found.filter((name) => !name.includes(':')).map((name): [string, string] => [labelName(name), name]), ...names]);
  } catch {
    asked = false;
  }
}
