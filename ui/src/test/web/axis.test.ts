import assert from 'node:assert/strict';
import { test } from 'node:test';
import { nanos, rate, share, text } from '../../main/web/format.ts';
import { axisFor, linearAxis, type Quantity, tickWords } from '../../main/web/parts/axis.ts';

const written = (values: readonly number[], quantity: Quantity, format: (value: number) => string, number = 4) => {
  const axis = axisFor(values, quantity, number);
  return axis.ticks.map(tickWords(axis, quantity, format));
};

test('begins axes at zero, and gives durations that differ much decades', () => {
  assert.deepEqual(linearAxis(95, 4).ticks, [0, 25, 50, 75]);
  assert.equal(linearAxis(0, 4).place(0), 0);
  const decades = axisFor([1.5, null, 400], 'duration', 4);
  assert.deepEqual(decades.ticks, [1, 10, 100, 1000]);
  assert.equal(decades.place(10), 1 / 3);
  assert.deepEqual(axisFor([10, 250], 'duration', 2).ticks, [0, 200]);
});

test('ends an axis of shares at one only if a share is above a half, and never beyond', () => {
  assert.deepEqual(axisFor([0.2, 0.98], 'share', 2).ticks, [0, 0.5, 1]);
  assert.equal(axisFor([0.2, 0.98], 'share', 2).place(1), 1);
  assert.ok(axisFor([0.04, 0.5], 'share', 2).place(0.5) > 0.9);
  assert.deepEqual(written([0.04], 'share', share, 2), ['0 %', '2.5 %']);
});

test('gives an axis of zeros ticks of its kind, of which shares end far below one', () => {
  assert.deepEqual(written([0, 0], 'share', share, 2), ['0 %', '0.5 %', '1 %']);
  assert.deepEqual(written([0, 0], 'share', share, 4), ['0 %', '0.25 %', '0.5 %', '0.75 %', '1 %']);
  assert.deepEqual(written([0], 'rate', rate, 2), ['0/s', '0.5/s', '1/s']);
});

test('writes the ticks of an axis in one unit', () => {
  assert.deepEqual(written([0.3], 'rate', rate), ['0/s', '0.1/s', '0.2/s', '0.3/s']);
  assert.deepEqual(written([0.05], 'rate', rate, 2), ['0/min', '3/min']);
  assert.deepEqual(written([4000], 'rate', rate, 2), ['0 k/s', '2.5 k/s']);
  const millis = (value: number) => text(nanos(value));
  assert.deepEqual(written([1.8e9, 1.1e9], 'duration', millis), ['0', '0.5 s', '1 s', '1.5 s']);
  assert.deepEqual(written([2e6, 3e9], 'duration', millis), ['1 ms', '10 ms', '100 ms', '1 s', '10 s']);
});
