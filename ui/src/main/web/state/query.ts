import { type Chip, labelName, logql, type Operator, traceql } from './filter.ts';

/** A query that was edited, as chips and words again where it says no more than those can. */

export type PageLanguage = 'logql' | 'traceql';

export interface Filter {
  readonly chips: readonly Chip[];
  readonly words: string;
}

const LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'fatal'];
const TEXT = String.raw`"(?:[^"\\]|\\.)*"`;
const OPERATOR = '=~|!~|!=|>=|<=|=|>|<';

const unquoted = (value: string): string => (value.startsWith('"') ? (JSON.parse(value) as string) : value);
const squeezed = (query: string) => query.replace(new RegExp(`(${TEXT})|\\s+`, 'g'), (_, text?: string) => text ?? '');

/**
 * What the filter bar shows for a query; the query itself as words where chips would not ask the same.
 *
 * @param known chips whose keys are taken for labels of their name, since labels have lost their dots
 */
export function filterOf(language: PageLanguage, query: string, known: readonly Chip[]): Filter {
  const text = query.trim();
  const read = language === 'logql' ? fromLogql(text, known) : fromTraceql(text);
  const written = read && (language === 'logql' ? logql(read.chips, read.words) : traceql(read.chips, read.words));
  return read && written !== undefined && squeezed(written) === squeezed(text) ? read : { chips: [], words: text };
}

function fromLogql(query: string, known: readonly Chip[]): Filter | undefined {
  const found = new RegExp(String.raw`^\{((?:${TEXT}|[^}"])*)\}(?:\s*\|=\s*(${TEXT}))?(.*)$`, 's').exec(query);
  if (!found) return undefined;
  const [, selector = '', words, rest = ''] = found;
  const chips: Chip[] = [];
  for (const [, name = '', operator = '=', value = '""'] of selector.matchAll(new RegExp(`(\\w+)\\s*(${OPERATOR})\\s*(${TEXT})`, 'g'))) {
    if (name === 'service_name' && operator === '=~' && value === '".+"') continue;
    chips.push({ key: keyOf(name, known), operator: operator as Operator, value: unquoted(value) });
  }
  for (const [, name = '', operator = '=', value = '""'] of rest.matchAll(new RegExp(`\\|\\s*(\\w+)\\s*(${OPERATOR})\\s*(${TEXT}|[\\d.eE+-]+)`, 'g'))) {
    chips.push(name === 'detected_level' ? level(operator as Operator, unquoted(value)) : { key: keyOf(name, known), operator: operator as Operator, value: unquoted(value) });
  }
  return { chips, words: words ? unquoted(words) : '' };
}

function keyOf(label: string, known: readonly Chip[]): string {
  return label === 'service_name' ? 'service.name' : (known.find((chip) => labelName(chip.key) === label)?.key ?? label);
}

function level(operator: Operator, value: string): Chip {
  const from = LEVELS.indexOf(value.split('|')[0] ?? '');
  const upward = operator === '=~' && from >= 0 && value === LEVELS.slice(from).join('|');
  return upward ? { key: 'level', operator: '>=', value: LEVELS[from] ?? value } : { key: 'level', operator, value };
}

function fromTraceql(query: string): Filter | undefined {
  const inner = /^\{(.*)\}$/s.exec(query)?.[1]?.trim();
  if (inner === undefined) return undefined;
  const chips: Chip[] = [];
  let words = '';
  const conditions = inner === '' ? [] : inner.split(new RegExp(`&&(?=(?:[^"]|${TEXT})*$)(?![^(]*\\))`));
  for (const condition of conditions) {
    const found = new RegExp(`^\\(?\\s*([\\w.\\-/]+)\\s*(${OPERATOR})\\s*(${TEXT}|[^\\s"&|()]+)`).exec(condition.trim());
    if (!found) return undefined;
    const [, name = '', operator = '=', value = ''] = found;
    const text = unquoted(value);
    const searched = name === 'name' && operator === '=~' ? /^\(\?i\)\.\*(.*)\.\*$/s.exec(text)?.[1] : undefined;
    if (searched !== undefined) words = searched.replace(/\\([.*+?^${}()|[\]\\])/g, '$1');
    else chips.push({ key: name === 'resource.service.name' ? 'service.name' : name.replace(/^\./, ''), operator: operator as Operator, value: text });
  }
  return { chips, words };
}
