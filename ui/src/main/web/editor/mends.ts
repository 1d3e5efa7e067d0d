import { FUNCTIONS } from './functions.ts';

/** What an API says is wrong with a query, where, and how it can be mended. */
export interface Fault {
  /** Counted from one; absent where the API tells no place. */
  readonly at: { readonly line: number; readonly column: number } | undefined;
  /** What is wrong, without the place and the words that every message begins with. */
  readonly words: string;
  /** What helps, in words. */
  readonly hint?: string;
  /** The mended query, and what mending does. */
  readonly mend?: { readonly words: string; readonly query: string };
}

export type Name = 'promql' | 'logql' | 'traceql';

/** Reads the message of an API: Prometheus writes `1:22: parse error: …`, the others `parse error at line 1, col 22: …`. */
export function faultOf(language: Name, query: string, message: string): Fault {
  const prometheus = /(?:^|[^\d])(\d+):(\d+): (?:parse error: )?(.*)$/s.exec(message);
  const others = /line (\d+), col (\d+): (?:syntax error: )?(.*)$/s.exec(message);
  const found = prometheus ?? others;
  if (!found) return { at: undefined, words: message.replace(/^invalid parameter "query": /, ''), ...helped(language, query, query.length, message) };
  const at = { line: Number(found[1]), column: Number(found[2]) };
  const words = (found[3] ?? '').trim();
  return { at, words, ...helped(language, query, offsetOf(query, at), words) };
}

/** The place of a line and column in a text, within the text. */
export function offsetOf(text: string, at: { line: number; column: number }): number {
  let begin = 0;
  for (let line = 1; line < at.line; line++) {
    const next = text.indexOf('\n', begin);
    if (next < 0) break;
    begin = next + 1;
  }
  return Math.min(text.length, begin + at.column - 1);
}

export function lineAndColumn(text: string, offset: number): { line: number; column: number } {
  const before = text.slice(0, offset);
  return { line: before.split('\n').length, column: offset - before.lastIndexOf('\n') };
}

type Help = Pick<Fault, 'hint' | 'mend'>;

const put = (query: string, at: number, text: string, removed = 0) => query.slice(0, at) + text + query.slice(at + removed);
const inserted = (query: string, at: number, text: string): Help => ({ mend: { words: `Insert ${text}`, query: put(query, at, text) } });

function helped(language: Name, query: string, at: number, words: string): Help {
  return brackets(query, at, words) ?? quotes(query, at, words) ?? (language === 'promql' ? ofPromql(query, at, words) : language === 'logql' ? ofLogql(query, at, words) : ofTraceql(query, at, words)) ?? {};
}

const PAIRS: Record<string, string> = { '(': ')', '{': '}', '[': ']' };

/** The brackets that are open at the end, the innermost last, and whether a text is. */
function openAt(text: string): { brackets: string[]; quote: string } {
  const brackets: string[] = [];
  let quote = '';
  for (let at = 0; at < text.length; at++) {
    const letter = text[at] ?? '';
    if (quote !== '') {
      if (letter === '\\' && quote !== '`') at++;
      else if (letter === quote) quote = '';
    } else if (letter === '"' || letter === "'" || letter === '`') quote = letter;
    else if (PAIRS[letter]) brackets.push(letter);
    else if (letter === ')' || letter === '}' || letter === ']') brackets.pop();
  }
  return { brackets, quote };
}

function brackets(query: string, at: number, words: string): Help | undefined {
  const missing = /in grouping opts, expected "," or "\)"/.test(words);
  if (missing) {
    const end = query.slice(0, at).trimEnd().length;
    return { hint: `A closing bracket is missing after ${/[\w.]+$/.exec(query.slice(0, end))?.[0] ?? 'the labels'}.`, ...inserted(query, end, ')') };
  }
  if (!/unclosed|unexpected (?:\$end|end of input)/.test(words)) return undefined;
  const open = openAt(query);
  if (open.quote !== '' || open.brackets.length === 0) return undefined;
  const end = query.trimEnd();
  if (/[=~<>+\-*/,|]$/.test(end)) return undefined;
  const text = open.brackets.toReversed().map((one) => PAIRS[one]).join('');
  return { hint: `${open.brackets.length === 1 ? 'A bracket is' : `${open.brackets.length} brackets are`} not closed.`, mend: { words: `Insert ${text}`, query: end + text } };
}

function quotes(query: string, at: number, words: string): Help | undefined {
  if (/unterminated/.test(words)) return { hint: 'A text begins with a quote and does not end.', mend: { words: 'Insert "', query: /[)}\]]+\s*$/.test(query) ? query.replace(/([)}\]]+\s*)$/, '"$1') : `${query}"` } };
  if (/unexpected character: '?$|unexpected character: '/.test(words) && query[at] === "'") return { hint: 'Texts stand in double quotes here.', mend: { words: 'Use double quotes', query: query.replace(/'([^'"]*)'/g, '"$1"') } };
  const bare = /expect(?:ing|ed) (?:STRING|string)/.test(words) ? /^[\w.\-/]+/.exec(query.slice(at))?.[0] : undefined;
  if (bare) return { hint: 'A value is a text in quotes.', mend: { words: `Write "${bare}"`, query: put(query, at, `"${bare}"`, bare.length) } };
  if (/unexpected (?:==|=|<op:=>)/.test(words)) {
    const from = query.slice(Math.max(0, at - 1), at + 2);
    const twice = from.indexOf('==');
    if (twice >= 0) return { hint: 'Labels are compared with one =.', mend: { words: 'Write =', query: put(query, Math.max(0, at - 1) + twice, '=', 2) } };
  }
  return undefined;
}

function ofPromql(query: string, at: number, words: string): Help | undefined {
  if (/expected type range vector/.test(words)) {
    const selector = /^[\w:]*\s*(?:\{(?:[^{}"]|"(?:[^"\\]|\\.)*")*\})?/.exec(query.slice(at))?.[0].trimEnd() ?? '';
    return selector === '' ? { hint: 'This function reads samples of a stretch of time, as in [5m].' } : { hint: 'This function reads samples of a stretch of time.', ...inserted(query, at + selector.length, '[$__rate_interval]') };
  }
  const range = /\[[^\]]*\]\s*\)*\s*$/.exec(query);
  if (/expression type "range vector"/.test(words) && range) return { hint: 'A chart needs one value a step.', mend: { words: 'Take its rate', query: `rate(${query.trim()})` } };
  const named = /unknown function with name "([^"]+)"/.exec(words)?.[1];
  if (named !== undefined) {
    const near = nearest(named, FUNCTIONS.map((one) => one.name));
    return near === undefined ? undefined : { hint: `There is ${near}.`, mend: { words: `Write ${near}`, query: put(query, at, near, named.length) } };
  }
  const grouped = /unexpected identifier "[^"]+" in grouping opts, expected "\("/.test(words) ? /^[\w]+/.exec(query.slice(at))?.[0] : undefined;
  if (grouped) return { hint: 'Labels stand in brackets.', mend: { words: `Write (${grouped})`, query: put(query, at, `(${grouped})`, grouped.length) } };
  if (/unexpected character: '\.'/.test(words)) {
    const name = /[A-Za-z_][\w.]*$/.exec(query.slice(0, at + 1))?.[0] ?? '';
    const rest = /^[\w.]*/.exec(query.slice(at + 1))?.[0] ?? '';
    return { hint: 'Names have underscores here, where OpenTelemetry has dots.', mend: { words: `Write ${(name + rest).replaceAll('.', '_')}`, query: put(query, at + 1 - name.length, (name + rest).replaceAll('.', '_'), name.length + rest.length) } };
  }
  if (/unexpected right parenthesis/.test(words)) return { hint: 'It closes nothing.', mend: { words: 'Remove )', query: put(query, at, '', 1) } };
  const function_ = /in call to "(\w+)"/.exec(words)?.[1];
  const signature = FUNCTIONS.find((one) => one.name === function_)?.signature;
  return signature === undefined ? undefined : { hint: `It is called as ${signature}.` };
}

function ofLogql(query: string, at: number, words: string): Help | undefined {
  if (/expecting RANGE/.test(words)) return { hint: 'It counts lines in a stretch of time.', ...inserted(query, at, ' [1m]') };
  if (/at least one (?:regexp or equality )?matcher/.test(words)) return { hint: 'A selector names some streams.', mend: { words: 'Take all', query: query.replace(/\{[^}]*\}/, '{service_name=~".+"}') } };
  if (/unexpected character: \./.test(words)) {
    const name = /[A-Za-z_][\w]*$/.exec(query.slice(0, at))?.[0] ?? '';
    const rest = /^[\w.]+/.exec(query.slice(at))?.[0] ?? '';
    return { hint: 'Labels have underscores, where OpenTelemetry has dots.', mend: { words: `Write ${(name + rest).replaceAll('.', '_')}`, query: put(query, at - name.length, (name + rest).replaceAll('.', '_'), name.length + rest.length) } };
  }
  const bare = /expecting STRING or NUMBER/.test(words) ? /^[\w.\-/]+/.exec(query.slice(at))?.[0] : undefined;
  if (bare) return { hint: 'A value is a text in quotes, or a number.', mend: { words: `Write "${bare}"`, query: put(query, at, `"${bare}"`, bare.length) } };
  return undefined;
}

function ofTraceql(query: string, at: number, words: string): Help | undefined {
  const scoped = /(?:as in|write) ((?:span|resource)?\.[\w.\-/]+)/.exec(words)?.[1];
  const name = /^[\w.\-/]+/.exec(query.slice(at))?.[0];
  if (scoped && name) {
    // After a comparison a bare word is a text that lost its quotes.
    if (/[=~<>]\s*$/.test(query.slice(0, at))) return { hint: 'A value is a text in quotes.', mend: { words: `Write "${name}"`, query: put(query, at, `"${name}"`, name.length) } };
    const whole = put(query, at, scoped, name.length);
    return { hint: 'Attributes are named with where they are, or a dot for anywhere.', mend: { words: `Write ${scoped}`, query: whole.includes('{') ? whole : `{ ${whole} }` } };
  }
  const keyword = /same type: (\w+) (!?=) "(\w+)"/.exec(words);
  if (keyword) return { hint: `${keyword[1]} is compared with a word without quotes.`, mend: { words: `Write ${keyword[3]}`, query: query.replace(new RegExp(`(${keyword[1]}\\s*!?=\\s*)"${keyword[3]}"`), `$1${keyword[3]}`) } };
  const unit = /unknown unit in duration "(\d+(?:\.\d+)?)([a-z]+)"/.exec(words);
  if (unit) {
    const near = { sec: 's', secs: 's', second: 's', seconds: 's', min: 'm', mins: 'm', minutes: 'm', msec: 'ms', millis: 'ms', hour: 'h', hours: 'h' }[unit[2] ?? ''];
    return near === undefined ? undefined : { mend: { words: `Write ${unit[1]}${near}`, query: query.replace(`${unit[1]}${unit[2]}`, `${unit[1]}${near}`) } };
  }
  if (/unexpected character: &/.test(words)) return { hint: 'Conditions are joined by && and ||.', mend: { words: 'Write &&', query: put(query, at, '&&', 1) } };
  return undefined;
}

/** The name that differs in the fewest letters, if that is few. */
export function nearest(name: string, names: readonly string[]): string | undefined {
  let best: string | undefined;
  let least = Math.max(1, Math.floor(name.length / 3)) + 1;
  for (const one of names) {
    const far = distance(name.toLowerCase(), one);
    if (far < least) [best, least] = [one, far];
  }
  return best;
}

function distance(one: string, other: string): number {
  let row = Array.from({ length: other.length + 1 }, (_, index) => index);
  for (let at = 1; at <= one.length; at++) {
    const next = [at];
    for (let index = 1; index <= other.length; index++) {
      next.push(Math.min((row[index] ?? 0) + 1, (next[index - 1] ?? 0) + 1, (row[index - 1] ?? 0) + (one[at - 1] === other[index - 1] ? 0 : 1)));
    }
    row = next;
  }
  return row[other.length] ?? 0;
}
