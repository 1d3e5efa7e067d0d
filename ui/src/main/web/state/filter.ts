/** The filter bar's chips, and what they mean in the language of each signal. */

export type Operator = '=' | '!=' | '=~' | '!~' | '>' | '>=' | '<' | '<=';

export interface Chip {
  readonly key: string;
  readonly operator: Operator;
  readonly value: string;
}

/** What a page shows, and what a chip may be about. */
export type Signal = 'logs' | 'traces' | 'metrics' | 'services';

const CHIP = /^\s*([\p{L}_][\p{L}\p{N}_.:/\-[\]]*)\s*(=~|!~|!=|>=|<=|=|>|<)\s*(.+?)\s*$/u;

/** Reads `key=value`; undefined where the text is not of that form. */
export function parseChip(text: string): Chip | undefined {
  const found = CHIP.exec(text);
  if (!found) return undefined;
  const [, key = '', operator = '=', value = ''] = found;
  const bare = value.length > 1 && value.startsWith('"') && value.endsWith('"') ? value.slice(1, -1) : value;
  return { key: key === 'service_name' ? 'service.name' : key, operator: operator as Operator, value: bare };
}

export const chipText = (chip: Chip) => `${chip.key}${chip.operator}${chip.value}`;

export const sameChip = (one: Chip, other: Chip) => chipText(one) === chipText(other);

/** What a chip becomes when its meaning is turned round. */
export function opposite(operator: Operator): Operator {
  const turned: Record<Operator, Operator> = { '=': '!=', '!=': '=', '=~': '!~', '!~': '=~', '>': '<=', '<=': '>', '<': '>=', '>=': '<' };
  return turned[operator];
}

export const isTraceId = (text: string) => /^[0-9a-f]{32}$/i.test(text.trim()) || /^[0-9a-f]{16}$/i.test(text.trim());

/** Whether the words are a query as written instead. */
export const isQuery = (words: string) => words.trimStart().startsWith('{');

const LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'fatal'];
const SPAN_ONLY = new Set(['name', 'duration', 'status', 'kind', 'statusMessage', 'rootName', 'rootServiceName', 'traceDuration', 'nestedSetParent']);
const LOG_ONLY = new Set(['level', 'detected_level', 'trace_id', 'span_id']);

/** Keys of what spans' events say begin so, since a span's own attributes may have any name. */
const OF_EVENT = 'event:';

/** The key of a chip for an attribute where it stands. */
export const chipKey = (scope: string, key: string) => (scope === 'event' ? OF_EVENT + key : key);

const isSpanOnly = (key: string) => SPAN_ONLY.has(key) || key.startsWith(OF_EVENT);

const KINDS = ['server', 'client', 'internal', 'producer', 'consumer', 'unspecified'];
const STATUSES = ['error', 'ok', 'unset'];
const DURATION = /^(\d+(\.\d+)?(ns|us|µs|ms|s|m|h))+$/;

/** Why a chip can mean nothing on any signal, and what was expected; undefined where it can. */
export function chipProblem({ key, operator, value }: Chip): string | undefined {
  if (operator === '=~' || operator === '!~') {
    const unclosed = patternProblem(value);
    return unclosed && `${value} is no pattern: ${unclosed}`;
  }
  if (isLevel(key) && isOrder(operator) && !LEVELS.includes(value.toLowerCase())) return `${value} is no level (expected: one of ${LEVELS.join(', ')})`;
  if ((key === 'duration' || key === 'traceDuration') && !DURATION.test(value)) return `${value} is no duration (expected: a number and its unit, as 250ms or 1.5s)`;
  if (key === 'kind' && !KINDS.includes(value)) return `${value} is no kind (expected: one of ${KINDS.join(', ')})`;
  if (key === 'status' && !STATUSES.includes(value)) return `${value} is no status (expected: one of ${STATUSES.join(', ')})`;
  return undefined;
}

/** What is wrong with a pattern; its flags and names of groups are RE2's, which this language writes in another way. */
function patternProblem(pattern: string): string | undefined {
  try {
    new RegExp(pattern.replace(/\(\?[imsU-]+\)/g, '').replace(/\(\?[imsU-]+:/g, '(?:').replace(/\(\?P</g, '(?<').replace(/\\[AzQEpPC]/g, ''));
    return undefined;
  } catch (failure) {
    return (failure instanceof Error ? failure.message : String(failure)).replace(/^Invalid regular expression: .*\/[a-z]*: /, '').toLowerCase();
  }
}

/** Whether a signal has what the chip asks for; the chip is hollow there otherwise. One that can mean nothing has no effect. */
export function applies(chip: Chip, signal: Signal): boolean {
  if (chipProblem(chip) !== undefined) return false;
  switch (signal) {
    case 'logs':
      return !isSpanOnly(chip.key) && (!isOrder(chip.operator) || isLevel(chip.key) || isNumber(chip.value));
    case 'traces':
      return !LOG_ONLY.has(chip.key) && (!isOrder(chip.operator) || chip.key.toLowerCase().endsWith('duration') || isNumber(chip.value));
    case 'metrics':
      return !isSpanOnly(chip.key) && !LOG_ONLY.has(chip.key) && !isOrder(chip.operator);
    case 'services':
      return chip.key === 'service.name' && !isOrder(chip.operator);
  }
}

/** Whether the chips leave a service. */
export const matchesService = (chips: readonly Chip[], name: string) =>
  chips.filter((chip) => applies(chip, 'services')).every((chip) => {
    const same = chip.operator === '=' || chip.operator === '!=' ? chip.value === name : fullyMatches(chip.value, name);
    return same !== chip.operator.startsWith('!');
  });

/** Whether a pattern fits a whole text, as in the query languages; one that cannot be read fits nothing. */
function fullyMatches(pattern: string, text: string): boolean {
  try {
    return new RegExp(`^(?:${pattern})$`).test(text);
  } catch {
    return false;
  }
}

const isOrder = (operator: Operator) => /[<>]/.test(operator);
const isLevel = (key: string) => key === 'level' || key === 'detected_level';
const isNumber = (value: string) => /^-?\d+(\.\d+)?([eE][+-]?\d+)?$/.test(value);

const quoted = (value: string) => JSON.stringify(value);

/** An OpenTelemetry name as Loki and Prometheus write it. */
export function labelName(key: string): string {
  const name = key.replace(/[^A-Za-z0-9_]/g, '_');
  return /^[0-9]/.test(name) ? `_${name}` : name;
}

function levels(chip: Chip): string {
  const at = LEVELS.indexOf(chip.value.toLowerCase());
  if (!isOrder(chip.operator) || at < 0) return `detected_level ${chip.operator} ${quoted(chip.value)}`;
  const from = chip.operator === '>' ? at + 1 : chip.operator === '>=' ? at : 0;
  const to = chip.operator === '<' ? at : chip.operator === '<=' ? at + 1 : LEVELS.length;
  return `detected_level =~ ${quoted(LEVELS.slice(from, to).join('|'))}`;
}

/** The LogQL of the filter; a query as written is left as it is. */
export function logql(chips: readonly Chip[], words: string): string {
  if (isQuery(words)) return words.trim();
  const used = chips.filter((chip) => applies(chip, 'logs'));
  const services = used.filter((chip) => chip.key === 'service.name');
  const selector = services.map((chip) => `service_name${chip.operator}${quoted(chip.value)}`);
  const positive = services.some((chip) => (chip.operator === '=' && chip.value !== '') || chip.operator === '=~');
  if (!positive) selector.push('service_name=~".+"');
  const text = words.trim() === '' ? '' : ` |= ${quoted(words.trim())}`;
  const filters = used
    .filter((chip) => chip.key !== 'service.name')
    .map((chip) => {
      if (isLevel(chip.key)) return ` | ${levels(chip)}`;
      const value = isOrder(chip.operator) ? chip.value : quoted(chip.value);
      return ` | ${labelName(chip.key)} ${chip.operator} ${value}`;
    });
  return `{${selector.join(', ')}}${text}${filters.join('')}`;
}

const INTRINSICS: Record<string, string> = {
  name: 'name', duration: 'duration', status: 'status', kind: 'kind', statusMessage: 'statusMessage',
  rootName: 'rootName', rootServiceName: 'rootServiceName', traceDuration: 'traceDuration',
};

/** The name of an attribute as TraceQL writes it. */
export function attribute(key: string): string {
  if (key === 'service.name') return 'resource.service.name';
  const ofEvent = key.startsWith(OF_EVENT);
  const name = ofEvent ? key.slice(OF_EVENT.length) : key;
  return `${ofEvent ? 'event' : ''}.${/^[A-Za-z0-9_.\-/]+$/.test(name) ? name : quoted(name)}`;
}

function traceCondition(chip: Chip): string {
  const intrinsic = INTRINSICS[chip.key];
  if (intrinsic) {
    const bare = ['status', 'kind', 'duration', 'traceDuration'].includes(intrinsic);
    return `${intrinsic} ${chip.operator} ${bare ? chip.value : quoted(chip.value)}`;
  }
  const name = attribute(chip.key);
  if (isOrder(chip.operator)) return `${name} ${chip.operator} ${chip.value}`;
  const plain = isNumber(chip.value) || chip.value === 'true' || chip.value === 'false';
  if (!plain || chip.operator === '=~' || chip.operator === '!~') return `${name} ${chip.operator} ${quoted(chip.value)}`;
  const joint = chip.operator === '=' ? '||' : '&&';
  return `(${name} ${chip.operator} ${chip.value} ${joint} ${name} ${chip.operator} ${quoted(chip.value)})`;
}

/** The TraceQL of the filter; words are looked for in the names of spans. */
export function traceql(chips: readonly Chip[], words: string): string {
  if (isQuery(words)) return words.trim();
  const conditions = chips.filter((chip) => applies(chip, 'traces')).map(traceCondition);
  if (words.trim() !== '') conditions.push(`name =~ ${quoted(`(?i).*${escapeRegex(words.trim())}.*`)}`);
  return conditions.length === 0 ? '{ }' : `{ ${conditions.join(' && ')} }`;
}

const ONE_FILTER = /^\s*\{((?:[^{}"`]|"(?:[^"\\]|\\.)*"|`[^`]*`)*)\}\s*$/;

/** Whether a TraceQL query is one filter of spans and nothing else. */
export const isOneFilter = (query: string) => ONE_FILTER.test(query);

/** A TraceQL query whose spans meet one more condition; a query of more than one filter is left as it is. */
export function narrowed(query: string, condition: string): string {
  const inner = ONE_FILTER.exec(query)?.[1];
  if (inner === undefined) return query;
  return inner.trim() === '' ? `{ ${condition} }` : `{ (${inner.trim()}) && ${condition} }`;
}

/** A text as a pattern that only it fits. */
export const escapeRegex = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

/** The matchers of a PromQL selector, without braces. Pharos names a series' service in label `job`. */
export function matchers(chips: readonly Chip[]): string {
  return chips
    .filter((chip) => applies(chip, 'metrics'))
    .map((chip) => `${chip.key === 'service.name' ? 'job' : labelName(chip.key)}${chip.operator}${quoted(chip.value)}`)
    .join(', ');
}
