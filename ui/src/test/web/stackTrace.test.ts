import assert from 'node:assert/strict';
import { test } from 'node:test';
import { frames } from '../../main/web/parts/stackTrace.ts';

test('folds runs of framework frames and keeps causes and own frames', () => {
  const found = frames(
    ['shop.Timeout: late', '\tat shop.Pay.call(Pay.java:1)', '\tat io.netty.channel.Loop.run(Loop.java:2)', '\tat java.base/java.util.concurrent.Pool.run(Pool.java:3)', 'Caused by: java.io.IOException: gone', '\t... 2 more'].join('\n'),
  );
  assert.deepEqual(found.map((part) => [part.kind, part.lines.length]), [['title', 1], ['own', 1], ['folded', 2], ['title', 1], ['own', 1]]);
  assert.deepEqual(found[2]?.packages, ['io.netty.channel', 'java.util.concurrent']);
});

test('shows text that is no Java stack trace as it is', () => {
  assert.deepEqual(frames('just words').map((part) => part.kind), ['title']);
});
