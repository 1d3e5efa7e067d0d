import { autocompletion, type CompletionContext, type CompletionResult, completionKeymap, startCompletion } from '@codemirror/autocomplete';
import { defaultKeymap, history, historyKeymap } from '@codemirror/commands';
import { bracketMatching, HighlightStyle, LRLanguage, syntaxHighlighting, syntaxTree } from '@codemirror/language';
import { EditorState, StateEffect, StateField } from '@codemirror/state';
import { Decoration, type DecorationSet, drawSelection, EditorView, keymap } from '@codemirror/view';
import { styleTags, tags } from '@lezer/highlight';
import { parser } from '@prometheus-io/lezer-promql';
import { labelNames, labelValues, metricNames } from '../api/prometheus.ts';
import { place } from '../state/place.svelte.ts';
import { FUNCTIONS } from './functions.ts';

/** The PromQL editor: the field's own grammar, completion from the live store, errors at their column. */

const language = LRLanguage.define({
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

const style = HighlightStyle.define([
  { tag: tags.keyword, color: 'var(--sea)' },
  { tag: tags.string, color: 'var(--ok)' },
  { tag: tags.number, color: 'var(--ok)' },
  { tag: tags.labelName, color: 'var(--text-2)' },
  { tag: tags.comment, color: 'var(--text-3)' },
]);

const look = EditorView.theme({
  '&': { backgroundColor: 'transparent', fontSize: 'var(--fs-2)' },
  '&.cm-focused': { outline: '2px solid var(--sea)', borderRadius: 'var(--r-1)' },
  '.cm-scroller': { fontFamily: 'var(--font-mono)', lineHeight: '18px' },
  '.cm-content': { padding: '4px 0', caretColor: 'var(--text)' },
  '.cm-cursor': { borderLeftColor: 'var(--text)' },
  '.cm-selectionBackground, &.cm-focused .cm-selectionBackground': { backgroundColor: 'var(--sel) !important' },
  '.cm-tooltip': { border: '0', borderRadius: 'var(--r-3)', backgroundColor: 'var(--raised)', boxShadow: 'var(--shadow)', color: 'var(--text)' },
  '.cm-tooltip-autocomplete > ul > li[aria-selected]': { backgroundColor: 'var(--sel)', color: 'var(--text)' },
  '.cm-tooltip-autocomplete > ul': { fontFamily: 'var(--font-mono)' },
  '.cm-completionDetail': { color: 'var(--text-3)', fontStyle: 'normal' },
  '.cm-wrong': { textDecoration: 'underline wavy var(--error)', textUnderlineOffset: '3px' },
});

const setError = StateEffect.define<number | undefined>();

/** A wavy underline from the position of an error to the end of the word that is there. */
const errorMark = StateField.define<DecorationSet>({
  create: () => Decoration.none,
  update(marks, transaction) {
    let next = transaction.docChanged ? Decoration.none : marks;
    for (const effect of transaction.effects) {
      if (!effect.is(setError)) continue;
      const at = effect.value;
      const length = transaction.newDoc.length;
      if (at === undefined || length === 0) next = Decoration.none;
      else {
        const from = Math.min(at, length - 1);
        const word = /^[\w.:]+/.exec(transaction.newDoc.sliceString(from, length))?.[0].length ?? 1;
        next = Decoration.set(Decoration.mark({ class: 'cm-wrong' }).range(from, Math.min(length, from + Math.max(1, word))));
      }
    }
    return next;
  },
  provide: (field) => EditorView.decorations.from(field),
});

async function complete(context: CompletionContext): Promise<CompletionResult | null> {
  const { state, pos } = context;
  const node = syntaxTree(state).resolveInner(pos, -1);
  const before = state.sliceDoc(0, pos);
  const range = place.range;
  const selector = metricAround(before);
  const inString = /([a-zA-Z_][\w]*)\s*(?:=~|!~|!=|=)\s*"([^"]*)$/.exec(before);
  if (inString && insideBraces(before)) {
    const values = await labelValues(inString[1] ?? '', selector, range).catch(() => []);
    return { from: pos - (inString[2]?.length ?? 0), options: values.map((label) => ({ label, type: 'text' })), validFor: /^[^"]*$/ };
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

/** Whether the cursor is within the braces of a selector, outside of a string. */
function insideBraces(before: string): boolean {
  const bare = before.replace(/"(?:[^"\\]|\\.)*"/g, '').replace(/"[^"]*$/, '');
  return bare.lastIndexOf('{') > bare.lastIndexOf('}');
}

const metricAround = (before: string) => /([a-zA-Z_:][\w:]*)\s*\{[^{}]*$/.exec(before)?.[1] ?? '';

export interface Handle {
  write(value: string): void;
  mark(error: { line: number; column: number } | undefined): void;
  close(): void;
}

/** Opens an editor within an element. Enter begins a line, Ctrl Enter runs. */
export function open(parent: HTMLElement, { label, onchange, onrun }: { label: string; onchange: (value: string) => void; onrun: (value: string) => void }): Handle {
  const view = new EditorView({
    parent,
    state: EditorState.create({
      extensions: [
        history(),
        drawSelection(),
        bracketMatching(),
        language,
        syntaxHighlighting(style),
        look,
        errorMark,
        autocompletion({ override: [complete], icons: false }),
        EditorView.lineWrapping,
        EditorView.contentAttributes.of({ 'aria-label': label }),
        EditorView.updateListener.of((update) => {
          if (update.docChanged) onchange(update.state.doc.toString());
        }),
        keymap.of([
          { key: 'Mod-Enter', run: (at) => (onrun(at.state.doc.toString()), true) },
          { key: 'Ctrl-Space', run: startCompletion },
          ...completionKeymap,
          ...historyKeymap,
          ...defaultKeymap,
        ]),
      ],
    }),
  });
  return {
    write(value) {
      if (value !== view.state.doc.toString()) view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: value } });
    },
    mark(error) {
      if (!error) {
        view.dispatch({ effects: setError.of(undefined) });
        return;
      }
      const line = view.state.doc.line(Math.min(error.line, view.state.doc.lines));
      view.dispatch({ effects: setError.of(Math.min(line.to, line.from + error.column - 1)) });
    },
    close: () => view.destroy(),
  };
}
