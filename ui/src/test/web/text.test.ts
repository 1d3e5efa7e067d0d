import assert from 'node:assert/strict';
import { test } from 'node:test';
import { short } from '../../main/web/parts/visibleText.ts';
import { insideBraces, valueAt } from '../../main/web/editor/text.ts';

test('knows the braces of a selector from those within texts', () => {
  assert.equal(insideBraces('{a="b"} | json | '), false);
  assert.equal(insideBraces('{a="}", '), true);
  assert.equal(insideBraces('{a="{'), true);
  assert.equal(insideBraces('rate({a=`}`} [5m]) + {'), true);
});

test('finds the name whose value is being typed', () => {
  assert.deepEqual(valueAt('{a="x", b=~"ye', /\w+/), { name: 'b', typed: 'ye' });
  assert.deepEqual(valueAt('{ span.http.route = "', /[\w.]+/), { name: 'span.http.route', typed: '' });
  assert.equal(valueAt('{a="x"', /\w+/), undefined);
});

test('shows what cannot be seen by signs, and of a long name its beginning', () => {
  assert.equal(short('a\u0000b\u001b[31mc\u202ed'), 'a␀b␛[31mc⟨202E⟩d');
  assert.equal(short('x'.repeat(100_000)), `${'x'.repeat(300)}…`);
});
