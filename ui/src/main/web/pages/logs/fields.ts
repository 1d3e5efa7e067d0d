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

const LEFT_OUT = new Set(['detected_level', 'severity_number', 'severity_text', 'span_id', 'scope_name', 'scope_version', 'flags', 'observed_timestamp', 'exception_stacktrace']);

/** The fields of lines: the service first, then those that tell lines apart best, ids last. */
export function fieldsOf(lines: readonly Line[]): Field[] {
  const values = new Map<string, Map<string, number>>();
  for (const line of lines) {
    for (const [name, value] of line.fields) {
      if (LEFT_OUT.has(name)) continue;
      let counts = values.get(name);
      if (!counts) values.set(name, (counts = new Map()));
      counts.set(value, (counts.get(value) ?? 0) + 1);
    }
  }
  const fields = [...values].map(([name, counts]) => {
    let having = 0;
    for (const number of counts.values()) having += number;
    return field(name, having, counts.size, [...counts].sort((one, other) => other[1] - one[1]).slice(0, 20));
  });
  return ranked(fields, lines.length);
}

/** The fields that the process counted in all lines of a query, in the same order. */
export const countedFields = (counted: readonly CountedField[], lines: number): Field[] =>
  ranked(
    counted.filter(({ name }) => !LEFT_OUT.has(name)).map(({ name, lines: having, distinct, values }) => field(name, having, distinct, values.map((one): [string, number] => [one.value, one.lines]))),
    lines,
  );

const field = (name: string, lines: number, distinct: number, top: readonly (readonly [string, number])[]): Field => ({ name, lines, distinct, identifies: distinct > 10 && distinct > lines * 0.1, top });

function ranked(fields: Field[], lines: number): Field[] {
  const worth = (one: Field) => {
    if (one.name === 'service_name') return 2;
    return (one.identifies ? 0.1 : 1) * ((one.lines / Math.max(1, lines)) * (one.distinct > 1 ? 1 : 0.4));
  };
  return fields.sort((one, other) => worth(other) - worth(one) || one.name.localeCompare(other.name));
}
