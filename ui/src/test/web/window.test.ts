import assert from 'node:assert/strict';
import { test } from 'node:test';
import { axisText, movedWindow } from '../../main/web/pages/trace/window.ts';

test('writes the times of an axis in one unit, with the digits that tell them apart', () => {
  const all = (from: number, to: number) => [0, 0.25, 0.5, 1].map((part) => axisText(from, to)(from + part * (to - from)));
  assert.deepEqual(all(0, 184_000), ['0', '46 s', '92 s', '184 s']);
  assert.deepEqual(all(0, 8540), ['0', '2.13 s', '4.27 s', '8.54 s']);
  assert.deepEqual(all(0, 241), ['0', '60 ms', '121 ms', '241 ms']);
  assert.deepEqual(all(97_000, 97_040), ['97.0000 s', '97.0100 s', '97.0200 s', '97.0400 s']);
  assert.deepEqual(all(0, 0.4), ['0', '100 µs', '200 µs', '400 µs']);
  assert.deepEqual(all(0, 1_800_000), ['0', '7.5 min', '15.0 min', '30.0 min']);
});

test('moves the window by keys, and never out of the trace', () => {
  assert.deepEqual(movedWindow({ from: 10, to: 50 }, 100, 'ArrowRight'), { from: 20, to: 60 });
  assert.deepEqual(movedWindow({ from: 5, to: 45 }, 100, 'ArrowLeft'), { from: 0, to: 40 });
  assert.deepEqual(movedWindow({ from: 55, to: 95 }, 100, 'ArrowRight'), { from: 60, to: 100 });
  assert.deepEqual(movedWindow({ from: 20, to: 60 }, 100, '+'), { from: 30, to: 50 });
  assert.deepEqual(movedWindow({ from: 20, to: 60 }, 100, '-'), { from: 0, to: 80 });
  assert.equal(movedWindow({ from: 20, to: 60 }, 100, 'q'), undefined);
});
