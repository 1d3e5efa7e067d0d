import type { CompletionContext, CompletionResult } from '@codemirror/autocomplete';
import { LRLanguage, syntaxTree } from '@codemirror/language';
import { styleTags, tags } from '@lezer/highlight';
import { parser } from '@prometheus-io/lezer-promql';
import { labelNames, labelValues, metricNames } from '../api/prometheus.ts';
import { place } from '../state/place.svelte.ts';
import type { QueryLanguage } from './codeMirror.ts';
import { FUNCTIONS } from './functions.ts';
import { insideBraces, valueAt } from './text.ts';

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

async function complete(context: CompletionContext): Promise<CompletionResult | null> {
  const { state, pos } = context;
  const node = syntaxTree(state).resolveInner(pos, -1);
  const before = state.sliceDoc(0, pos);
  const range = place.range;
  const selector = metricAround(before);
  const value = valueAt(before, /[A-Za-z_]\w*/);
  if (value && insideBraces(before)) {
    const values = await labelValues(value.name, selector, range).catch(() => []);
    return { from: pos - value.typed.length, options: values.map((label) => ({ label, type: 'text' })), validFor: /^[^"]*$/ };
  }
  const word = context.matchBefore(/[a-zA-Z_:][\w:]*/);
  const grouping = /\b(?:by|without|on|ignoring|group_left|group_right)\s*\(\s*(?:[\w]+\s*,\s*)*[\w]*$/.test(before);
  if (insideBraces(before) || grouping || node.name === 'LabelName') {
    if (!word && !context.explicit && !/[{,(]\s*$/.test(before)) return null;
    const names = await labelNames(grouping ? metricAround(`${state.doc.toString()}{`) : selector, range).catch(() => []);
    return { from: word?.from ?? pos, options: names.filter((name) => name !== '__name__').map((label) => ({ label, type: 'property' })), validFor: /^[\w]*$/ };
  }
  if (!word && !context.explicit) return null;
  const names = await metricNames('', range).catch(() => []);
  return {
    from: word?.from ?? pos,
    options: [...names.map((label) => ({ label, type: 'variable', detail: 'metric', boost: 1 })), ...FUNCTIONS.map(([label, detail]) => ({ label, detail, type: 'function', apply: label }))],
    validFor: /^[\w:]*$/,
  };
}

const metricAround = (before: string) => /([a-zA-Z_:][\w:]*)\s*\{[^{}]*$/.exec(before)?.[1] ?? '';

export const promql: QueryLanguage = { grammar, complete };
