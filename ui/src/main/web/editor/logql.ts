import type { Completion, CompletionContext, CompletionResult } from '@codemirror/autocomplete';
import { LRLanguage } from '@codemirror/language';
import { parser } from '@grafana/lezer-logql';
import { styleTags, tags } from '@lezer/highlight';
import { type CountedField, fields } from '../api/insight.ts';
import { fieldNames, fieldValues } from '../api/loki.ts';
import { count } from '../format.ts';
import { otelName } from '../state/names.svelte.ts';
import { place } from '../state/place.svelte.ts';
import type { QueryLanguage } from './codeMirror.ts';
import { inTurn, Remembered, soon, valueOffers } from './offers.ts';
import { firstSelector, insideBraces, valueAt } from './text.ts';

/** LogQL: its own grammar, and completion from the live store. */

const grammar = LRLanguage.define({
  parser: parser.configure({
    props: [
      styleTags({
        LineComment: tags.comment,
        String: tags.string,
        'Number Duration Bytes': tags.number,
        'Identifier LabelName': tags.labelName,
        'RangeOp/... VectorOp/... ConvOp/...': tags.keyword,
        'Json Logfmt Unpack Pattern Regexp Unwrap LabelFormat LineFormat LabelReplace Vector Decolorize Drop Keep': tags.keyword,
        'Offset Bool On Ignoring GroupLeft GroupRight By Without And Or Unless': tags.keyword,
        'Eq Neq Re Nre PipeExact PipeMatch PipePattern Npa Gtr Gte Lss Lte Eql': tags.operator,
        '⚠': tags.invalid,
      }),
    ],
  }),
});

const offers = (list: readonly (readonly [string, string, string?])[], type: string): readonly Completion[] => list.map(([label, detail, info]) => ({ label, detail, type, ...(info ? { info } : {}) }));

const STAGES = offers(
  [
    ['json', 'fields of a JSON line'], ['logfmt', 'fields of key=value'], ['pattern', '"<ip> - <_> <path>"', 'Fields from the places of a line'], ['regexp', '"(?P<name>.*)"', 'Fields from named groups'], ['unpack', 'what pack made'],
    ['line_format', '"{{.field}}"', 'The line anew, from its fields'], ['label_format', 'to=from', 'A field under another name'], ['drop', 'fields'], ['keep', 'fields'], ['unwrap', 'a field as the number that is counted with'], ['decolorize', 'without colours of terminals'],
  ],
  'keyword',
);

const RANGES = 'count_over_time:lines in a range;rate:lines a second;bytes_over_time:bytes in a range;bytes_rate:bytes a second;absent_over_time:1 where there is none;sum_over_time:of an unwrapped field;avg_over_time:of an unwrapped field;min_over_time:of an unwrapped field;max_over_time:of an unwrapped field;quantile_over_time:of an unwrapped field;first_over_time:of an unwrapped field;last_over_time:of an unwrapped field';
const SERIES = 'sum:over series;avg:over series;min:over series;max:over series;count:of series;topk:the k largest;bottomk:the k smallest;by:labels that stay;without:labels that go';
const functions = (list: string, call: (name: string) => string) => list.split(';').map((entry) => entry.split(':') as [string, string]).map(([name, words]): [string, string, string] => [name, call(name), words]);
const FUNCTIONS = offers(
  [
    ...functions(RANGES, (name) => (name === 'quantile_over_time' ? '(φ, {…} | unwrap x [1m])' : /_over_time$/.test(name) && !/^(count|bytes|absent)/.test(name) ? '({…} | unwrap x [1m])' : '({…}[1m])')),
    ...functions(SERIES, (name) => (name === 'topk' || name === 'bottomk' ? '(k, …)' : name === 'by' || name === 'without' ? '(label)' : ' by (label) (…)')),
  ],
  'function',
);

const KEY = /[A-Za-z_]\w*/;
/** So long completion waits for counts, which only order what is offered. */
const PATIENCE_MILLIS = 600;

const counted = new Remembered<readonly CountedField[]>();

/** The fields of the lines of the query's selector, by how many lines have them. */
function fieldsAt(text: string): Promise<readonly CountedField[] | undefined> {
  const { range } = place;
  const selector = firstSelector(text) ?? '{service_name=~".+"}';
  return soon(counted.get(`${selector} ${Math.round(range.from / 60_000)} ${Math.round(range.to / 60_000)}`, async () => (await fields(selector, range)).fields), PATIENCE_MILLIS);
}

const asOffers = (found: readonly CountedField[]): Completion[] =>
  inTurn(
    [...found].sort((one, other) => other.lines - one.lines).map((field) => ({
      label: field.name, type: 'property',
      detail: `${count(field.lines)} lines`,
      info: `${otelName(field.name)}: ${field.values.slice(0, 5).map((one) => one.value.slice(0, 60)).join(', ')}${field.distinct > 5 ? ` … ${count(field.distinct)} values` : ''}`,
    })),
  );

async function complete(context: CompletionContext): Promise<CompletionResult | null> {
  const before = context.state.sliceDoc(0, context.pos);
  const text = context.state.doc.toString();
  const { range } = place;
  const value = valueAt(before, KEY);
  if (value) {
    const known = (await fieldsAt(text))?.find((field) => field.name === value.name);
    const whole = known && known.distinct <= known.values.length;
    const others = whole ? [] : (await fieldValues(value.name, range).catch(() => [])).filter((label) => !known?.values.some((one) => one.value === label));
    const options = [...valueOffers(known?.values.map((one): [string, number] => [one.value, one.lines]) ?? [], 'lines'), ...others.map((label): Completion => ({ label, type: 'text', boost: -99 }))];
    return { from: context.pos - value.typed.length, options, validFor: /^[^"]*$/ };
  }
  const word = context.matchBefore(/[A-Za-z_]\w*/);
  const from = word?.from ?? context.pos;
  if (/\[\w*$/.test(before)) return { from: context.pos - (/\w*$/.exec(before)?.[0].length ?? 0), options: ['1m', '5m', '15m', '1h', '1d'].map((label) => ({ label, type: 'keyword' })), validFor: /^\w*$/ };
  if (insideBraces(before)) {
    if (!word && !context.explicit && !/[{,]\s*$/.test(before)) return null;
    const found = (await fieldsAt(text))?.filter((field) => field.scope === 'label');
    const options = found && found.length > 0 ? asOffers(found) : (await fieldNames(range).catch(() => [])).map((label): Completion => ({ label, type: 'property' }));
    return { from, options, validFor: /^\w*$/ };
  }
  const stage = /\|\s*\w*$/.test(before);
  if (stage || /\b(?:by|without|drop|keep|unwrap)\s*\(?[^)]*$/.test(before)) {
    const found = asOffers((await fieldsAt(text)) ?? []);
    return { from, options: stage ? [...STAGES, ...found] : found, validFor: /^\w*$/ };
  }
  return word || context.explicit ? { from, options: [...FUNCTIONS], validFor: /^\w*$/ } : null;
}

export const logql: QueryLanguage = { grammar, complete };
