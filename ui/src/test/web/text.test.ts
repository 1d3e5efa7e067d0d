import assert from 'node:assert/strict';
import { test } from 'node:test';
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
