import assert from 'node:assert/strict';
import { test } from 'node:test';
import { failureOf, tellingSpans } from '../../main/web/trace/brief.ts';
import { flameOf } from '../../main/web/trace/flame.ts';
import type { Folds } from '../../main/web/trace/folding.ts';
import { pathTo, selfTime, timeOn } from '../../main/web/trace/model.ts';
import { rowsOf } from '../../main/web/trace/rows.ts';
import { attributeKeys, selfTimes } from '../../main/web/trace/selfTimes.ts';
import { type Given, trace } from './traces.ts';

const NOTHING: Folds = { all: false, spans: new Set(), allRuns: false, runs: new Set() };

test('orders spans as a tree, whatever order they came in', () => {
  const found = trace([{ id: 'c', parent: 'b', from: 3, to: 4 }, { id: 'a', from: 0, to: 10 }, { id: 'd', parent: 'a', from: 1, to: 2 }, { id: 'b', parent: 'a', from: 2, to: 5 }]);
  assert.deepEqual(found.spans.map((span) => `${span.id}${span.depth}`), ['a0', 'd1', 'b1', 'c2']);
  assert.equal(found.duration, 100);
});

test('keeps spans without their parent, and counts them', () => {
  const found = trace([{ id: 'a', from: 0, to: 10 }, { id: 'x', parent: 'lost', from: 2, to: 3 }]);
  assert.equal(found.orphans, 1);
  assert.equal(found.spans.length, 2);
});

test('cuts cycles of parents and loses no span', () => {
  const found = trace([{ id: 'a', parent: 'c', from: 0, to: 3 }, { id: 'b', parent: 'a', from: 1, to: 2 }, { id: 'c', parent: 'b', from: 1, to: 2 }, { id: 'me', parent: 'me', from: 5, to: 6 }]);
  assert.deepEqual(found.spans.map((span) => span.id).sort(), ['a', 'b', 'c', 'me']);
  assert.equal(flameOf(found).laneOf.size, 4);
});

test('walks chains of ten thousand spans', () => {
  const found = trace(Array.from({ length: 10_000 }, (_, index): Given => ({ id: String(index + 1), ...(index > 0 ? { parent: String(index) } : {}), from: index * 0.001, to: 20 - index * 0.001 })));
  assert.equal(found.spans.at(-1)?.depth, 9999);
  assert.equal(rowsOf(found, new Set(), NOTHING, false).length, 10_000);
  assert.equal(flameOf(found).lanes.length, 10_000);
});

test('moves spans whose clock is off, with all below', () => {
  const found = trace(
    [{ id: 'a', from: 0, to: 100, service: 'front' }, { id: 'b', parent: 'a', from: -50, to: -10, service: 'back' }, { id: 'c', parent: 'b', from: -40, to: -30, service: 'back' }],
    { moves: [{ spanId: 'b', nanos: 80_000_000 }] },
  );
  assert.deepEqual([...found.moved], [['back', 80]]);
  assert.deepEqual(found.spans.map((span) => [span.id, span.start, span.end]), [['a', 0, 100], ['b', 30, 70], ['c', 40, 50]]);
});

test('knows the critical path, the way to the error and the verdict by their spans', () => {
  const found = trace([{ id: 'a', from: 0, to: 100, error: 'x' }, { id: 'b', parent: 'a', from: 20, to: 90, error: '504' }], {
    criticalPath: [{ spanId: 'a', fromNanos: 0, toNanos: 20_000_000 }, { spanId: 'b', fromNanos: 20_000_000, toNanos: 90_000_000 }, { spanId: 'a', fromNanos: 90_000_000, toNanos: 100_000_000 }],
    errorOrigin: 'b', errorPath: ['a', 'b'],
    verdict: { service: 's', name: 'b', nanos: 70_000_000, spans: ['b'], failed: 1, message: '504' },
  });
  assert.equal(timeOn(found, found.byId.get('a')!), 30);
  assert.equal(found.origin?.id, 'b');
  assert.deepEqual([...found.errorPath], [...pathTo(found.origin)].reverse());
  assert.deepEqual([found.verdict?.millis, found.verdict?.spans], [70, [found.origin]]);
});

test('says of a trace in brief what it waited for and the way to the error, in its order', () => {
  const found = trace([{ id: 'a', from: 0, to: 100, error: 'x' }, { id: 'b', parent: 'a', from: 0, to: 10 }, { id: 'c', parent: 'a', from: 10, to: 90, error: '504' }, { id: 'd', parent: 'a', from: 91, to: 92, error: 'late' }, { id: 'e', parent: 'a', from: 93, to: 94 }], {
    criticalPath: [{ spanId: 'b', fromNanos: 0, toNanos: 10_000_000 }, { spanId: 'c', fromNanos: 10_000_000, toNanos: 90_000_000 }, { spanId: 'e', fromNanos: 93_000_000, toNanos: 94_000_000 }],
    errorOrigin: 'c', errorPath: ['a', 'c'],
  });
  const ids = (most: number) => tellingSpans(found, most).map((span) => span.id).join('');
  assert.deepEqual([9, 3, 2].map(ids), ['abcd', 'abc', 'ac']);
  const thrown = { ...found.byId.get('e')!, events: [{ at: 0, name: 'exception', attributes: [['exception.message', 'refused\nat x'] as const] }] };
  assert.deepEqual([failureOf(found.byId.get('c')!), failureOf(thrown), failureOf(found.byId.get('b')!)], ['504', 'refused', '']);
});

test('counts self time without what overlapping children cover', () => {
  const found = trace([{ id: 'a', from: 0, to: 100 }, { id: 'b', parent: 'a', from: 10, to: 40 }, { id: 'c', parent: 'a', from: 30, to: 60 }, { id: 'd', parent: 'a', from: 90, to: 120 }]);
  assert.equal(selfTime(found.byId.get('a')!), 40);
});

test('sums self times by operation, service or any attribute, and what is without it', () => {
  const found = trace([{ id: 'a', from: 0, to: 100, service: 'shop' }, { id: 'b', parent: 'a', name: 'charge', from: 5, to: 50, service: 'pay', error: '504', region: 'south' }, { id: 'c', parent: 'a', name: 'charge', from: 50, to: 90, service: 'pay', region: 'north' }]);
  assert.deepEqual(selfTimes(found.spans, 'operation').map((one) => [one.service, one.name, one.self, one.spans, one.errors]), [['pay', 'charge', 85, 2, 1], ['shop', 'a', 15, 1, 0]]);
  assert.deepEqual(selfTimes(found.spans, 'service').map((one) => [one.service, one.slowest]), [['pay', 45], ['shop', 100]]);
  assert.deepEqual(selfTimes(found.spans, '.region').map((one) => [one.name, one.self]), [['south', 45], ['north', 40], [undefined, 15]]);
  assert.deepEqual(attributeKeys(found.spans), ['service.name', 'region']);
});

test('shows a run as one row, without what is kept, until it is opened', () => {
  const queries = Array.from({ length: 30 }, (_, index): Given => ({ id: `q${index}`, parent: 'a', name: 'SELECT', from: index, to: index + 1 }));
  const found = trace([{ id: 'a', from: 0, to: 100 }, ...queries, { id: 'below', parent: 'q4', from: 4, to: 5 }], { runs: [{ spans: queries.slice(1).map((one) => one.id), p50Nanos: 1e6, maxNanos: 2e6 }] });
  const shown = (keep: string[], folding = NOTHING) => rowsOf(found, new Set(keep.map((id) => found.byId.get(id)!)), folding, false).map((row) => (row.kind === 'span' ? row.span.id : `${row.spans.length} of ${row.hidden}`));
  assert.deepEqual(shown([]), ['a', 'q0', '29 of 30']);
  assert.deepEqual(shown(['q9']), ['a', 'q0', '28 of 29', 'q9']);
  assert.equal(shown([], { ...NOTHING, runs: new Set(['q1']) }).length, 32);
  assert.equal(shown([], { ...NOTHING, allRuns: true }).length, 32);
  assert.deepEqual(shown([], { ...NOTHING, spans: new Set(['a']) }), ['a']);
});

test('lays spans in lanes below their parents, in which none covers another', () => {
  const seed = Number(process.env['SEED'] ?? Date.now() % 1_000_000);
  let state = seed;
  const random = () => (state = (state * 48_271 + 11) % 2_147_483_647) / 2_147_483_647;
  const given: Given[] = [{ id: '0', from: 0, to: 1000 }];
  for (let index = 1; index < 500; index++) {
    const from = random() * 1000;
    given.push({ id: String(index), parent: given[Math.floor(random() * given.length)]!.id, from, to: from + random() * 200 });
  }
  const found = trace(given);
  const flame = flameOf(found);
  for (const span of found.spans) if (span.parent) assert.ok(flame.laneOf.get(span)! > flame.laneOf.get(span.parent)!, `seed ${seed}: ${span.id} is not below its parent`);
  for (const lane of flame.lanes) lane.forEach((span, index) => assert.ok(index === 0 || lane[index - 1]!.end <= span.start, `seed ${seed}: ${span.id} covers the one before`));
  assert.equal(flame.lanes.flat().length, 500);
});
