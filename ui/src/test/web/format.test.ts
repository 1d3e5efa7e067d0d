import assert from 'node:assert/strict';
import { test } from 'node:test';
import { bytes, count, duration, plain, rate, share, shortCount, text } from '../../main/web/format.ts';

test('writes durations with three figures and their own unit', () => {
  const cases: [number, string][] = [
    [0, '0 ms'], [0.00064, '640 ns'], [0.64, '640 µs'], [0.9996, '1 ms'], [38, '38 ms'], [99.96, '100 ms'], [4214, '4.21 s'], [59_949, '59.9 s'], [184_000, '3.07 min'], [8_040_000, '2 h 14 min'],
  ];
  for (const [millis, wanted] of cases) assert.equal(text(duration(millis)), wanted);
});

test('writes counts exactly up to 99,999', () => {
  assert.deepEqual([0, 1204, 99_999, 100_000, 412_300, 4_100_000].map(count), ['0', '1,204', '99,999', '100 k', '412 k', '4.1 M']);
  assert.deepEqual([9_999, 18_240, 99_949, 412_000].map(shortCount), ['9,999', '18.2 k', '99.9 k', '412 k']);
});

test('writes rates below a tenth per second by the minute or hour', () => {
  assert.deepEqual([0, 0.0005, 0.05, 0.5, 412, 9_100, 120_000].map(rate), ['0/s', '1.8/h', '3/min', '0.5/s', '412/s', '9.1 k/s', '120 k/s']);
});

test('writes zero shares only for zero', () => {
  assert.deepEqual([0, 0.0002, 0.068, 0.5, 1].map(share), ['0 %', '0.02 %', '6.8 %', '50 %', '100 %']);
});

test('writes bytes in powers of a thousand and numbers that are none', () => {
  assert.equal(text(bytes(214_000_000)), '214 MB');
  assert.equal(plain(Number.NaN), 'NaN');
  assert.equal(plain(-12_500), '-12.5 k');
});
