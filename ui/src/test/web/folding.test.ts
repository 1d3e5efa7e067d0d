import assert from 'node:assert/strict';
import { test } from 'node:test';
import { foldsText, isFolded, openedRuns, readFolds, turned, unfolded } from '../../main/web/trace/folding.ts';
import { pathTo } from '../../main/web/trace/model.ts';
import { rowsOf } from '../../main/web/trace/rows.ts';
import { trace } from './traces.ts';

const id = (letter: string) => letter.repeat(16);
const TREE = () => trace([{ id: id('a'), from: 0, to: 9 }, { id: id('b'), parent: id('a'), from: 1, to: 8 }, { id: id('c'), parent: id('b'), from: 2, to: 7 }, { id: id('d'), parent: id('c'), from: 3, to: 4 }]);

test('keeps in the address what is folded', () => {
  for (const text of [undefined, id('b'), `all,${id('b')}`, 'runs', `${id('b')},run:${id('c')}`]) assert.equal(foldsText(readFolds(text)), text);
  assert.equal(foldsText(readFolds('nonsense,all')), 'all');
});

test('folds one span, or all but the root and those that are named', () => {
  const tree = TREE();
  const rows = (text: string) => rowsOf(tree, new Set(), readFolds(text), false).map((row) => (row.kind === 'span' ? row.span.id[0] : 'run')).join('');
  assert.equal(rows(''), 'abcd');
  assert.equal(rows(id('b')), 'ab');
  assert.equal(rows('all'), 'ab');
  assert.equal(rows(`all,${id('b')}`), 'abc');
  assert.equal(rows(foldsText(turned(readFolds('all'), id('b'))) ?? ''), 'abc');
  assert.equal(foldsText(turned(readFolds(id('b')), id('b'))), undefined);
});

test('shows a span, whatever hides it, and nothing more', () => {
  const tree = TREE();
  const above = pathTo(tree.byId.get(id('d'))!.parent);
  for (const text of [id('b'), 'all', `${id('a')},${id('c')}`]) {
    const folds = unfolded(readFolds(text), above);
    assert.ok([...above].every((span) => !isFolded(folds, span)), text);
  }
  const nothing = readFolds('');
  assert.equal(unfolded(nothing, above), nothing);
});

test('opens runs by their first span, or all', () => {
  const tree = trace([{ id: id('a'), from: 0, to: 9 }], { runs: [{ spans: [id('a')], p50Nanos: 1, maxNanos: 1 }] });
  assert.deepEqual(['', `run:${id('a')}`, `run:${id('b')}`, 'runs'].map((text) => openedRuns(readFolds(text), tree).size), [0, 1, 0, 1]);
});
