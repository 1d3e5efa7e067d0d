import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { FoundTrace } from '../../main/web/api/tempo.ts';
import { chosen } from '../../main/web/trace/candidates.ts';
import { differenceOf, onlyIn, sentence, slowestOf } from '../../main/web/trace/difference.ts';
import { path, trace } from './traces.ts';

const words = (...given: Parameters<typeof sentence>) => Object.values(sentence(...given)).join('');

/** A checkout that pays in a second, beside one that pays in a tenth and then sends a mail. */
function both() {
  const slow = trace(
    [
      { id: 'a', from: 0, to: 1200, name: 'checkout' }, { id: 'b', parent: 'a', from: 10, to: 60, service: 'cart', name: 'GET' },
      { id: 'c', parent: 'a', from: 100, to: 600, service: 'pay', name: 'charge', error: '504' }, { id: 'd', parent: 'a', from: 600, to: 1100, service: 'pay', name: 'charge' },
    ],
    { durationNanos: 1_200_000_000, ...path(['a', 0, 100], ['c', 100, 600], ['d', 600, 1100], ['a', 1100, 1200]) },
  );
  const quick = trace(
    [
      { id: 'a', from: 0, to: 300, name: 'checkout' }, { id: 'c', parent: 'a', from: 100, to: 200, service: 'pay', name: 'charge' },
      { id: 'e', parent: 'c', from: 150, to: 160, service: 'bank', name: 'book' }, { id: 'f', parent: 'a', from: 210, to: 220, service: 'mail', name: 'send' },
    ],
    { durationNanos: 300_000_000, ...path(['a', 0, 100], ['c', 100, 200], ['a', 200, 300]) },
  );
  return { slow, quick };
}

test('aligns spans by service and name along their path, and counts them on each side', () => {
  const { slow, quick } = both();
  const { paths } = differenceOf(slow, quick);
  assert.deepEqual(
    paths.map((one) => [one.depth, one.service, one.name, one.here.spans.length, one.there.spans.length, one.here.total, one.there.total, one.longer]),
    [
      [0, 's', 'checkout', 1, 1, 1200, 300, 0],
      [1, 'cart', 'GET', 1, 0, 50, 0, 0],
      [1, 'pay', 'charge', 2, 1, 1000, 100, 900],
      [2, 'bank', 'book', 0, 1, 0, 10, 0],
      [1, 'mail', 'send', 0, 1, 0, 10, 0],
    ],
  );
  assert.deepEqual(paths.map((one) => slowestOf(one)?.id), ['a', 'b', 'c', 'e', 'f']);
  assert.deepEqual([paths[2]?.there.self, paths[2]?.here.errors], [90, 1]);
});

test('lights what explains the difference, and says it with its numbers, from either side', () => {
  const { slow, quick } = both();
  const there = differenceOf(slow, quick);
  assert.deepEqual(there.explain.map((one) => one.name), ['charge']);
  assert.equal(words(slow, quick, there), '900 ms longer than the other: 900 ms more is waited for pay charge, 2 calls instead of 1; 1 failed');
  assert.equal(words(quick, slow, differenceOf(quick, slow)), '900 ms shorter than the other: 900 ms less is waited for pay charge, 1 call instead of 2; none failed, there 1');
  assert.equal(onlyIn(there), 'only here 1 operation with 1 call, only there 2 operations with 2 calls');
});

test('lights no more than three, the furthest apart first, and stops where the most is explained', () => {
  const of = (...millis: number[]) => {
    let at = 0;
    const stretches = millis.map((one, index): [string, number, number] => [String(index), at, (at += one)]);
    return trace(stretches.map(([id, from, to]) => ({ id, from, to })), { durationNanos: at * 1e6, ...path(...stretches) });
  };
  const lit = (one: number[], other: number[]) => differenceOf(of(...one), of(...other)).explain.map((path) => path.name);
  assert.deepEqual(lit([10, 500, 20, 400], [10, 10, 10, 10]), ['1', '3']);
  assert.deepEqual(lit([100, 100, 100, 100, 100], [1, 1, 1, 1, 1]), ['0', '1', '2']);
  assert.deepEqual(lit([10, 300], [100, 10]), ['1']);
});

test('lights nothing where both take as long', () => {
  const { slow } = both();
  const same = differenceOf(slow, both().slow);
  assert.deepEqual(same.explain, []);
  assert.equal(words(slow, slow, same), 'Both take as long: 1.2 s and 1.2 s');
  assert.equal(onlyIn(same), '');
});

test('compares chains of ten thousand spans', () => {
  const chain = (last: string) => trace(Array.from({ length: 10_000 }, (_, index) => ({ id: String(index + 1), ...(index > 0 ? { parent: String(index) } : {}), from: 0, to: 20, name: index === 9999 ? last : 'x' })));
  assert.equal(differenceOf(chain('y'), chain('z')).paths.length, 10_001);
});

test('offers the median of those without errors first, then the extremes, each once', () => {
  const found = (id: string, millis: number, errors = 0, startMillis = 0): FoundTrace => ({ id, millis, errors, startMillis, service: 's', name: 'n', services: [], spans: 1, matched: 1, matching: [] });
  const offered = (...traces: FoundTrace[]) => chosen(traces).map(({ what, trace: one }) => `${what}: ${one.id}`);
  assert.deepEqual(offered(found('a', 10), found('b', 30), found('c', 20), found('d', 900, 2, 1), found('e', 800, 1, 2)), ['Typical, without errors: c', 'Newest that failed: e', 'Slowest: d', 'Fastest: a']);
  assert.deepEqual(offered(found('a', 10, 1, 1), found('b', 20, 1, 2)), ['Typical: a', 'Newest that failed: b']);
  assert.deepEqual(offered(found('a', 10)), ['Typical, without errors: a']);
  assert.deepEqual(offered(), []);
});
