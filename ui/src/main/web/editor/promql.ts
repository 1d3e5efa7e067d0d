import type { Completion, CompletionContext, CompletionResult } from '@codemirror/autocomplete';
import { LRLanguage, syntaxTree } from '@codemirror/language';
import { styleTags, tags } from '@lezer/highlight';
import { parser } from '@prometheus-io/lezer-promql';
import { labelNames, labelValues, metadata, metricNames, seriesLabels } from '../api/prometheus.ts';
import { count } from '../format.ts';
import { labelsOf } from '../pages/metrics/labels.ts';
import { factOf } from '../pages/metrics/unit.ts';
import { otelName } from '../state/names.svelte.ts';
import { place } from '../state/place.svelte.ts';
import type { QueryLanguage } from './codeMirror.ts';
import { FUNCTIONS } from './functions.ts';
import { inTurn, Remembered, valueOffers } from './offers.ts';
import { insideBraces, selectorAt, valueAt } from './text.ts';

/** PromQL: its own grammar, and completion from the live store. */

const grammar = LRLanguage.define({
  parser: parser.configure({
    props: [
      styleTags({
        LineComment: tags.comment,
        LabelName: tags.labelName,
        StringLiteral: tags.string,
        'NumberDurationLiteral NumberDurationLiteralInDurationContext': tags.number,
        Identifier: tags.variableName,
        'FunctionIdentifier/...': tags.keyword,
        'AggregateOp/...': tags.keyword,
        'By Without Bool On Ignoring GroupLeft GroupRight Offset Start End': tags.keyword,
        'EqlSingle EqlRegex Neq NeqRegex': tags.operator,
        '⚠': tags.invalid,
      }),
    ],
  }),
});

const KEYWORDS: readonly Completion[] = [['by', 'labels that stay'], ['without', 'labels that go'], ['on', 'labels that match'], ['ignoring', 'labels that need not match'], ['group_left', 'many on the left'], ['offset', 'earlier data'], ['bool', 'a comparison as 0 or 1']].map(([label = '', detail = '']) => ({ label, detail, type: 'keyword' }));

const SPANS: readonly Completion[] = inTurn([
  { label: '$__rate_interval', detail: 'four steps of the chart, a minute at least', type: 'keyword' },
  ...['1m', '5m', '15m', '1h', '1d'].map((label) => ({ label, type: 'keyword' })),
  { label: '$__interval', detail: 'one step', type: 'keyword' },
  { label: '$__range', detail: 'the whole range', type: 'keyword' },
]);

const series = new Remembered<ReturnType<typeof labelsOf>>();
const facts = new Remembered<Awaited<ReturnType<typeof metadata>>>();

/** The labels of a selector's series, by what they tell apart; none where nothing is selected, since that would be all series. */
function labelsAt(selector: string) {
  const { range } = place;
  if (selector === '') return Promise.resolve([]);
  return series.get(`${selector} ${Math.round(range.from / 60_000)} ${Math.round(range.to / 60_000)}`, async () => labelsOf(await seriesLabels(selector, range))).catch(() => []);
}

async function labelOffers(selector: string): Promise<Completion[]> {
  const known = await labelsAt(selector);
  if (known.length === 0) return (await labelNames(selector, place.range).catch(() => [])).filter((name) => name !== '__name__').map((label) => ({ label, type: 'property' }));
  return inTurn(
    known.map(({ key, values }) => ({
      label: key, type: 'property',
      detail: `${count(values.length)} ${values.length === 1 ? 'value' : 'values'}`,
      info: `${key}: ${values.slice(0, 5).map(([value]) => value.slice(0, 60)).join(', ')}${values.length > 5 ? ' …' : '.'}${otelName(key) === key ? '' : ` Attribute ${otelName(key)}.`}`,
    })),
  );
}

async function complete(context: CompletionContext): Promise<CompletionResult | null> {
  const { state, pos } = context;
  const node = syntaxTree(state).resolveInner(pos, -1);
  const before = state.sliceDoc(0, pos);
  const text = state.doc.toString();
  const value = valueAt(before, /[A-Za-z_]\w*/);
  if (value && insideBraces(before)) {
    const counted = (await labelsAt(selectorAt(before))).find((label) => label.key === value.name)?.values;
    const options = counted ? valueOffers(counted, 'series') : (await labelValues(value.name, '', place.range).catch(() => [])).map((label) => ({ label, type: 'text' }));
    return { from: pos - value.typed.length, options, validFor: /^[^"]*$/ };
  }
  const span = context.matchBefore(/\[[\w$]*/);
  if (span) return { from: span.from + 1, options: [...SPANS], validFor: /^[\w$]*$/ };
  const word = context.matchBefore(/[a-zA-Z_:][\w:]*/);
  const grouping = /\b(?:by|without|on|ignoring|group_left|group_right)\s*\(\s*(?:[\w]+\s*,\s*)*[\w]*$/.test(before);
  if (insideBraces(before) || grouping || node.name === 'LabelName') {
    if (!word && !context.explicit && !/[{,(]\s*$/.test(before)) return null;
    // Labels to group by are those of the metric that follows, or went before.
    const selector = grouping ? ((/[a-zA-Z_:][\w:]*(?=\s*[{[])/.exec(text) ?? [''])[0]) : selectorAt(before);
    return { from: word?.from ?? pos, options: await labelOffers(selector), validFor: /^[\w]*$/ };
  }
  if (!word && !context.explicit) return null;
  const [names, known] = await Promise.all([metricNames('', place.range).catch(() => []), facts.get('', () => metadata()).catch(() => undefined)]);
  const metrics = names.map((label): Completion => {
    const fact = factOf(label, known);
    return { label, type: 'variable', detail: fact ? `${fact.type}${fact.unit ? `, ${fact.unit}` : ''}` : 'metric', ...(fact?.help ? { info: fact.help } : {}), boost: 1 };
  });
  const functions = FUNCTIONS.map(({ name, signature, words }): Completion => ({ label: name, detail: signature.slice(name.length), info: `${signature}: ${words}`, type: 'function' }));
  return { from: word?.from ?? pos, options: [...metrics, ...functions, ...KEYWORDS], validFor: /^[\w:]*$/ };
}

export const promql: QueryLanguage = { grammar, complete };
