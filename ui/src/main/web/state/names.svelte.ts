import { tagNames } from '../api/tempo.ts';
import { labelName } from './filter.ts';
import { place } from './place.svelte.ts';

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

/** A label that no span's attribute is known for is asked about, but not more often than that. */
const PAUSE_MILLIS = 30_000;

let names = $state.raw(new Map(KNOWN.map((name) => [labelName(name), name])));
let asked = -Infinity;
/** Labels that no attribute is known for, with the range in which it was asked for. */
const unknown = new Map<string, string>();
const asking = new Set<string>();

/** The name behind a label that is shown. One that is not known is asked for, and known when the answer has come. */
export function otelName(label: string): string {
  if (label === 'detected_level') return 'level';
  if (label === 'job') return 'service.name';
  const name = names.get(label);
  if (name === undefined && label.includes('_') && unknown.get(label) !== place.rangeText) {
    if (asking.size === 0) queueMicrotask(learn);
    asking.add(label);
  }
  return name ?? label;
}

/** Asks for the names that spans of the range have. */
async function learn() {
  const wait = asked + PAUSE_MILLIS - performance.now();
  if (wait > 0) {
    setTimeout(learn, wait);
    return;
  }
  asked = performance.now();
  const range = place.rangeText;
  try {
    const found = await tagNames(place.range);
    names = new Map([...found.filter((name) => !name.includes(':')).map((name): [string, string] => [labelName(name), name]), ...names]);
    for (const label of asking) if (!names.has(label)) unknown.set(label, range);
  } catch {
    asked = -Infinity;
  }
  asking.clear();
}
