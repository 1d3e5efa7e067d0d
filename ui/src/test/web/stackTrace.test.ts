import assert from 'node:assert/strict';
import { test } from 'node:test';
import { frames, framesIn, named } from '../../main/web/parts/stackTrace.ts';

test('folds runs of framework frames and keeps causes and own frames', () => {
  const found = frames(
    ['shop.Timeout: late', '\tat shop.Pay.call(Pay.java:1)', '\tat io.netty.channel.Loop.run(Loop.java:2)', '\tat java.base/java.util.concurrent.Pool.run(Pool.java:3)', 'Caused by: java.io.IOException: gone', '\t... 2 more'].join('\n'),
  );
  assert.deepEqual(found.map((part) => [part.kind, part.lines.length]), [['title', 1], ['own', 1], ['folded', 2], ['title', 1], ['folded', 1]]);
  assert.deepEqual(found[2]?.packages, ['io.netty.channel', 'java.util.concurrent']);
  assert.equal(framesIn(found[4]?.lines ?? []), 2);
});

test('shows text that is no Java stack trace as it is', () => {
  assert.deepEqual(frames('just words').map((part) => part.kind), ['title']);
});

test('folds the libraries of Python and Node with the code below their frames', () => {
  const python = frames(['Traceback (most recent call last):', '  File "/app/shop/pay.py", line 3, in pay', '    charge()', '  File "/venv/lib/python3.12/site-packages/requests/api.py", line 9, in post', '    return request()', 'TimeoutError: late'].join('\n'));
  assert.deepEqual(python.map((part) => [part.kind, part.lines.length]), [['title', 1], ['own', 2], ['folded', 2], ['title', 1]]);
  assert.deepEqual(python[2]?.packages, ['requests']);
  assert.equal(framesIn(python[2]?.lines ?? []), 1);
  const node = frames(['Error: late', '    at pay (/app/pay.js:3:1)', '    at next (/app/node_modules/express/lib/router.js:1:2)', '    at process.run (node:internal/process:1:2)'].join('\n'));
  assert.deepEqual(node.map((part) => part.kind), ['title', 'own', 'folded']);
});

test('tells the name of a frame from where it is', () => {
  assert.deepEqual(named('\tat app//shop.Pay.call(Pay.java:1)'), { before: '  at\u00a0', name: 'shop.Pay.call', after: '(Pay.java:1)' });
  assert.equal(named('  File "a.py", line 1, in f').name, '  File "a.py", line 1, in f');
});
