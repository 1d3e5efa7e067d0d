import { applies, type Chip, isQuery } from '../state/filter.ts';
import type { Span, Trace } from './model.ts';
import { attributeOf } from './selfTimes.ts';

/** What the filter bar asks of spans, applied to those of one trace as TraceQL would: an attribute that is missing meets nothing. */

const MILLIS: Record<string, number> = { ns: 1e-6, us: 1e-3, µs: 1e-3, ms: 1, s: 1000, m: 60_000, h: 3_600_000 };

/** A duration of TraceQL in milliseconds: `1.5s`, `300us`, `1m30s`. */
export function millisOf(text: string): number | undefined {
  if (!/^(\d+(\.\d+)?(ns|us|µs|ms|s|m|h))+$/.test(text)) return undefined;
  let sum = 0;
  for (const [, number, unit = ''] of text.matchAll(/(\d+(?:\.\d+)?)(ns|us|µs|ms|s|m|h)/g)) sum += Number(number) * (MILLIS[unit] ?? 0);
  return sum;
}

/** Whether a span meets all chips and words; undefined where none of them is about spans. */
export function spanFilter(trace: Trace, chips: readonly Chip[], words: string): ((span: Span) => boolean) | undefined {
  const tests = chips.filter((chip) => applies(chip, 'traces')).map((chip) => testOf(trace, chip));
  const text = words.trim().toLowerCase();
  if (text !== '' && !isQuery(words)) tests.push((span) => span.name.toLowerCase().includes(text));
  return tests.length === 0 ? undefined : (span) => tests.every((test) => test(span));
}

type Test = (span: Span) => boolean;

function testOf(trace: Trace, chip: Chip): Test {
  const root = trace.roots[0];
  switch (chip.key) {
    case 'name': return ofText(chip, (span) => span.name);
    case 'kind': return ofText(chip, (span) => span.kind);
    case 'status': return ofText(chip, (span) => span.status);
    case 'statusMessage': return ofText(chip, (span) => span.message);
    case 'rootName': return ofText(chip, () => root?.name);
    case 'rootServiceName': return ofText(chip, () => root?.service);
    case 'duration': return ofNumber(chip, millisOf(chip.value), (span) => span.end - span.start);
    case 'traceDuration': return ofNumber(chip, millisOf(chip.value), () => trace.duration);
    case 'service.name': return ofText(chip, (span) => span.service);
  }
  if (!chip.key.startsWith('event:')) return ofText(chip, (span) => attributeOf(span, chip.key));
  const key = chip.key.slice('event:'.length);
  const one = comparison(chip);
  return (span) => span.events.some((event) => event.attributes.some(([name, value]) => name === key && one(value)));
}

function ofText(chip: Chip, value: (span: Span) => string | undefined): Test {
  const compared = comparison(chip);
  return (span) => {
    const found = value(span);
    return found !== undefined && compared(found);
  };
}

function ofNumber(chip: Chip, asked: number | undefined, value: (span: Span) => number): Test {
  return (span) => asked !== undefined && ordered(chip, value(span), asked);
}

function comparison(chip: Chip): (value: string) => boolean {
  const { operator, value: asked } = chip;
  if (operator === '=~' || operator === '!~') {
    try {
      const pattern = new RegExp(`^(?:${asked})$`);
      return (value) => pattern.test(value) === (operator === '=~');
    } catch {
      return () => false;
    }
  }
  const number = Number(asked);
  const same = (value: string) => value === asked || (value !== '' && asked !== '' && Number(value) === number);
  if (operator === '=') return same;
  if (operator === '!=') return (value) => !same(value);
  return (value) => value !== '' && ordered(chip, Number(value), number);
}

function ordered({ operator }: Chip, value: number, asked: number): boolean {
  switch (operator) {
    case '>': return value > asked;
    case '>=': return value >= asked;
    case '<': return value < asked;
    case '<=': return value <= asked;
    case '=': return value === asked;
    case '!=': return value !== asked;
    case '=~':
    case '!~': return false;
  }
}
