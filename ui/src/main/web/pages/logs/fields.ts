import type { CountedField } from '../../api/insight.ts';
import type { Line } from '../../api/loki.ts';

/** A field of log lines and its values. */
export interface Field {
  readonly name: string;
  /** The lines that have it. */
  readonly lines: number;
  readonly distinct: number;
  /** Whether it names single things, as ids do, so that its values are not worth a list. */
  readonly identifies: boolean;
  /** Values with their lines, the most frequent first. */
  readonly top: readonly (readonly [string, number])[];
}

/** What says how a record came to be, or stands in another place. */
const LEFT_OUT = new Set(['detected_level', 'severity_number', 'severity_text', 'span_id', 'scope_name', 'scope_version', 'flags', 'observed_timestamp', 'exception_stacktrace']);

export const isLeftOut = (name: string) => LEFT_OUT.has(name);

/** What names a machine, a process or a place in code, in the names that the conventions give it. */
const MACHINE = /^(?:process|host|os|telemetry|container|k8s|cloud|faas|device|deployment|thread|code|scope|flags|observed|service_(?:instance|namespace)|service_name$|service_version$|severity|detected_level$|trace_id$|span_id$)/;

/** Whether a field is the application's own. */
export const isOwn = (name: string) => !MACHINE.test(name);

/** The fields of lines, with their most frequent values. */
export function fieldsOf(lines: readonly Line[]): CountedField[] {
  const values = new Map<string, Map<string, number>>();
  for (const line of lines) {
    for (const [name, value] of line.fields) {
      let counts = values.get(name);
      if (!counts) values.set(name, (counts = new Map()));
      counts.set(value, (counts.get(value) ?? 0) + 1);
    }
  }
  return [...values].map(([name, counts]) => {
    let having = 0;
    for (const number of counts.values()) having += number;
    const top = [...counts].sort((one, other) => other[1] - one[1]).slice(0, 20);
    return { name, lines: having, distinct: counts.size, values: top.map(([value, number]) => ({ value, lines: number })) };
  });
}

/** Fields in the order in which they are shown: the service, what stands out, then what tells lines apart best, the application's own before what names machines, ids last. */
export function ranked(counted: readonly CountedField[], lines: number, standing: readonly { readonly name: string; readonly value: string }[]): Field[] {
  const worth = (one: Field) => {
    if (one.name === 'service_name') return 1000;
    const place = standing.findIndex((other) => other.name === one.name);
    if (place >= 0) return 500 - place;
    return (one.identifies ? 0.1 : isOwn(one.name) || one.name === 'service_version' ? 1 : 0.3) * ((one.lines / Math.max(1, lines)) * (one.distinct > 1 ? 1 : 0.4));
  };
  return counted
    .filter(({ name }) => !isLeftOut(name))
    .map(({ name, lines: having, distinct, values }): Field => ({
      name, lines: having, distinct,
      identifies: distinct > 10 && distinct > having * 0.1,
      top: withFirst(values.map((one): [string, number] => [one.value, one.lines]), standing.find((other) => other.name === name)?.value),
    }))
    .sort((one, other) => worth(other) - worth(one) || one.name.localeCompare(other.name));
}

/** The value that stands out before those that are more frequent. */
const withFirst = (top: [string, number][], value: string | undefined) => (value === undefined ? top : [...top.filter((one) => one[0] === value), ...top.filter((one) => one[0] !== value)]);
