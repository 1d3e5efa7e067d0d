import type { Completion, CompletionContext, CompletionResult } from '@codemirror/autocomplete';
import { LRLanguage } from '@codemirror/language';
import { parser } from '@grafana/lezer-traceql';
import { styleTags, tags } from '@lezer/highlight';
import { scopedTags, tagValues } from '../api/tempo.ts';
import { place } from '../state/place.svelte.ts';
import type { QueryLanguage } from './codeMirror.ts';
import { insideBraces, valueAt } from './text.ts';

/** TraceQL: its own grammar, and completion from the live store. */

const grammar = LRLanguage.define({
  parser: parser.configure({
    props: [
      styleTags({
        'LineComment BlockComment': tags.comment,
        String: tags.string,
        'Integer Float Duration': tags.number,
        'AttributeField/...': tags.labelName,
        'IntrinsicField Aggregate/...': tags.keyword,
        'FieldOp ComparisonOp And Or Pipe': tags.operator,
        '⚠': tags.invalid,
      }),
    ],
  }),
});

const INTRINSICS: readonly Completion[] = [
  ['name', 'of the span'], ['duration', 'of the span: 5ms, 2s'], ['status', 'error, ok, unset'], ['statusMessage', 'what the status says'], ['kind', 'server, client, internal, producer, consumer'],
  ['rootName', 'name of the root span'], ['rootServiceName', 'service of the root span'], ['traceDuration', 'of the whole trace'], ['event:name', 'of an event'], ['nestedSetParent', '-1 for roots'],
].map(([label = '', detail = '']) => ({ label, detail, type: 'keyword' }));

/** What may follow a filter. */
const PIPED: readonly Completion[] = [
  ['count()', 'spans of a trace', 'count() > 2'], ['avg(duration)', 'mean of a field', 'avg(duration) > 1s'], ['min(duration)', 'least of a field'], ['max(duration)', 'largest of a field'], ['sum(duration)', 'sum of a field'],
  ['select(', 'fields that come with the spans', 'select(span.http.route)'], ['by(', 'spans apart by a field', 'by(resource.service.name)'], ['coalesce()', 'sets of spans as one'],
].map(([label = '', detail = '', info]) => ({ label, detail, type: 'function', ...(info ? { info } : {}) }));

const VALUES: Readonly<Record<string, readonly string[]>> = {
  status: ['error', 'ok', 'unset'],
  kind: ['server', 'client', 'internal', 'producer', 'consumer'],
};

const KEY = /[A-Za-z_.][\w.\-/:]*/;

/** A key as the values are asked for: without its scope. */
const bare = (key: string) => key.replace(/^(?:span|resource|event|link|instrumentation)?\./, '');

async function complete(context: CompletionContext): Promise<CompletionResult | null> {
  const before = context.state.sliceDoc(0, context.pos);
  if (!insideBraces(before)) {
    const piped = context.matchBefore(/\|\s*\w*/);
    return piped && piped.text[1] !== '|' ? { from: context.pos - (/\w*$/.exec(piped.text)?.[0].length ?? 0), options: [...PIPED], validFor: /^\w*$/ } : null;
  }
  const { range } = place;
  const value = valueAt(before, KEY);
  if (value) {
    const values = await tagValues(bare(value.name), range).catch(() => []);
    return { from: context.pos - value.typed.length, options: values.map((label) => ({ label, type: 'text' })), validFor: /^[^"]*$/ };
  }
  const plain = /\b(status|kind)\s*!?=\s*(\w*)$/.exec(before);
  if (plain) {
    const options = (VALUES[plain[1] ?? ''] ?? []).map((label) => ({ label, type: 'text' }));
    return { from: context.pos - (plain[2] ?? '').length, options, validFor: /^\w*$/ };
  }
  const word = context.matchBefore(KEY);
  if (!word && !context.explicit && !/(?:[{(]|&&|\|\|)\s*$/.test(before)) return null;
  const tags = await scopedTags(range).catch(() => []);
  return {
    from: word?.from ?? context.pos,
    options: [...INTRINSICS, ...tags.map((label): Completion => ({ label, type: 'property' }))],
    validFor: /^[\w.\-/:]*$/,
  };
}

export const traceql: QueryLanguage = { grammar, complete };
