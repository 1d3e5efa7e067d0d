import type { Completion, CompletionContext, CompletionResult } from '@codemirror/autocomplete';
import { LRLanguage } from '@codemirror/language';
import { parser } from '@grafana/lezer-logql';
import { styleTags, tags } from '@lezer/highlight';
import { fieldNames, fieldValues } from '../api/loki.ts';
import { place } from '../state/place.svelte.ts';
import type { QueryLanguage } from './codeMirror.ts';
import { insideBraces, valueAt } from './text.ts';

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

const STAGES: readonly Completion[] = [
  { label: 'json', detail: 'fields of a JSON line' },
  { label: 'logfmt', detail: 'fields of key=value' },
  { label: 'detected_level', detail: 'level of the line' },
].map((one) => ({ ...one, type: 'keyword' }));

const FUNCTIONS: readonly Completion[] = [
  ['count_over_time', 'lines in a range'], ['rate', 'lines per second'], ['bytes_over_time', 'bytes in a range'], ['bytes_rate', 'bytes per second'],
  ['sum', 'over series'], ['avg', 'over series'], ['min', 'over series'], ['max', 'over series'], ['topk', 'the k largest'], ['by', 'labels that stay'],
].map(([label = '', detail = '']) => ({ label, detail, type: 'function' }));

const KEY = /[A-Za-z_]\w*/;

async function complete(context: CompletionContext): Promise<CompletionResult | null> {
  const before = context.state.sliceDoc(0, context.pos);
  const { range } = place;
  const value = valueAt(before, KEY);
  if (value) {
    const values = await fieldValues(value.name, range).catch(() => []);
    return { from: context.pos - value.typed.length, options: values.map((label) => ({ label, type: 'text' })), validFor: /^[^"]*$/ };
  }
  const word = context.matchBefore(/[A-Za-z_]\w*/);
  const from = word?.from ?? context.pos;
  const names = async () => (await fieldNames(range).catch(() => [])).map((label): Completion => ({ label, type: 'property' }));
  if (insideBraces(before) || /\b(?:by|without)\s*\([^)]*$/.test(before)) {
    return word || context.explicit || /[{,(]\s*$/.test(before) ? { from, options: await names(), validFor: /^\w*$/ } : null;
  }
  if (/\|\s*\w*$/.test(before)) return { from, options: [...STAGES, ...(await names())], validFor: /^\w*$/ };
  return word || context.explicit ? { from, options: [...FUNCTIONS], validFor: /^\w*$/ } : null;
}

export const logql: QueryLanguage = { grammar, complete };
