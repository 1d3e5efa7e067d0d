import { autocompletion, type CompletionContext, type CompletionResult, completionKeymap, startCompletion } from '@codemirror/autocomplete';
import { history, historyKeymap, standardKeymap } from '@codemirror/commands';
import { bracketMatching, HighlightStyle, type LRLanguage, syntaxHighlighting } from '@codemirror/language';
import { EditorState, StateEffect, StateField } from '@codemirror/state';
import { Decoration, type DecorationSet, drawSelection, EditorView, keymap } from '@codemirror/view';
import { tags } from '@lezer/highlight';

/** The query editor of every language: colours, completion, errors at their column. */

/** A query language: the grammar that the field uses, and what may follow at a place. */
export interface QueryLanguage {
  readonly grammar: LRLanguage;
  complete(context: CompletionContext): Promise<CompletionResult | null>;
}

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
  '.cm-tooltip.cm-tooltip-autocomplete > ul': { maxHeight: '264px', padding: '5px', fontFamily: 'var(--font-mono)', fontSize: 'var(--fs-2)' },
  '.cm-tooltip-autocomplete > ul > li': { display: 'flex', gap: '16px', alignItems: 'center', minHeight: '24px', padding: '0 8px', borderRadius: 'var(--r-2)' },
  '.cm-tooltip-autocomplete > ul > li .cm-completionLabel': { flex: '1' },
  '.cm-completionMatchedText': { textDecoration: 'none', fontWeight: 'var(--fw-strong)' },
  '.cm-completionDetail': { color: 'var(--text-3)', fontStyle: 'normal', fontFamily: 'var(--font-ui)', fontSize: 'var(--fs-1)', margin: '0' },
  '.cm-tooltip.cm-completionInfo': { maxWidth: '340px', padding: '8px 10px', color: 'var(--text-2)', fontSize: 'var(--fs-2)', overflowWrap: 'anywhere' },
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

export interface Handle {
  write(value: string): void;
  mark(error: { line: number; column: number } | undefined): void;
  close(): void;
}

/** Opens an editor within an element. Enter begins a line, Ctrl Enter runs. */
export function open(parent: HTMLElement, language: QueryLanguage, { label, onchange, onrun }: { label: string; onchange: (value: string) => void; onrun: (value: string) => void }): Handle {
  const view = new EditorView({
    parent,
    state: EditorState.create({
      extensions: [
        history(),
        drawSelection(),
        bracketMatching(),
        language.grammar,
        syntaxHighlighting(style),
        look,
        errorMark,
        autocompletion({ override: [language.complete], icons: false }),
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
          ...standardKeymap,
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
