import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { OtlpSpan, OtlpTrace } from '../../main/web/api/otlp.ts';
import { criticalPath, timeOn } from '../../main/web/trace/criticalPath.ts';
import { errorOrigin, pathTo } from '../../main/web/trace/errors.ts';
import { readTrace, selfTime } from '../../main/web/trace/model.ts';
import { rowsOf } from '../../main/web/trace/rows.ts';
import { verdict } from '../../main/web/trace/verdict.ts';

type Given = { id: string; parent?: string; from: number; to: number; service?: string; name?: string; error?: string; kind?: number };

function trace(...spans: Given[]) {
  const batches: OtlpTrace['batches'] = spans.map((one) => {
    const span: OtlpSpan = {
      traceId: 't', spanId: one.id, ...(one.parent ? { parentSpanId: one.parent } : {}), name: one.name ?? one.id, kind: one.kind ?? 1,
      startTimeUnixNano: String(1_000_000_000n + BigInt(Math.round(one.from * 1e6))), endTimeUnixNano: String(1_000_000_000n + BigInt(Math.round(one.to * 1e6))),
      ...(one.error ? { status: { code: 2, message: one.error } } : {}),
    };
    return { resource: { attributes: [{ key: 'service.name', value: { stringValue: one.service ?? 's' } }] }, scopeSpans: [{ spans: [span] }] };
  });
  return readTrace('t', { batches });
}

const NOTHING = { closed: new Set<string>(), opened: new Set<string>(), onlyCritical: false };

test('orders spans as a tree, whatever order they came in', () => {
  const found = trace({ id: 'c', parent: 'b', from: 3, to: 4 }, { id: 'a', from: 0, to: 10 }, { id: 'd', parent: 'a', from: 1, to: 2 }, { id: 'b', parent: 'a', from: 2, to: 5 });
  assert.deepEqual(found.spans.map((span) => `${span.id}${span.depth}`), ['a0', 'd1', 'b1', 'c2']);
  assert.equal(found.duration, 10);
});

test('keeps spans without their parent, and counts them', () => {
  const found = trace({ id: 'a', from: 0, to: 10 }, { id: 'x', parent: 'lost', from: 2, to: 3 });
  assert.equal(found.orphans, 1);
  assert.equal(found.spans.length, 2);
});

test('cuts cycles of parents and loses no span', () => {
  const found = trace({ id: 'a', parent: 'c', from: 0, to: 3 }, { id: 'b', parent: 'a', from: 1, to: 2 }, { id: 'c', parent: 'b', from: 1, to: 2 }, { id: 'me', parent: 'me', from: 5, to: 6 });
  assert.deepEqual(found.spans.map((span) => span.id).sort(), ['a', 'b', 'c', 'me']);
  assert.ok(criticalPath(found).size > 0);
});

test('walks chains of ten thousand spans', () => {
  const chain = Array.from({ length: 10_000 }, (_, index): Given => ({ id: String(index + 1), ...(index > 0 ? { parent: String(index) } : {}), from: index * 0.001, to: 20 - index * 0.001 }));
  const found = trace(...chain);
  assert.equal(found.spans.at(-1)?.depth, 9999);
  assert.equal(criticalPath(found).size, 10_000);
  assert.equal(rowsOf(found, criticalPath(found), new Set(), NOTHING).length, 10_000);
});

test('moves a service whose clock is behind into its parent, with all below', () => {
  const found = trace({ id: 'a', from: 100, to: 200, service: 'front' }, { id: 'b', parent: 'a', from: 50, to: 90, service: 'back' }, { id: 'c', parent: 'b', from: 60, to: 70, service: 'back' });
  assert.deepEqual([...found.moved], [['back', 80]]);
  assert.deepEqual(found.spans.map((span) => [span.id, span.start, span.end]), [['a', 50, 150], ['b', 80, 120], ['c', 90, 100]]);
});

test('counts self time without what overlapping children cover', () => {
  const found = trace({ id: 'a', from: 0, to: 100 }, { id: 'b', parent: 'a', from: 10, to: 40 }, { id: 'c', parent: 'a', from: 30, to: 60 }, { id: 'd', parent: 'a', from: 90, to: 120 });
  assert.equal(selfTime(found.byId.get('a')!), 40);
});

test('puts on the critical path what the end waited for', () => {
  const found = trace({ id: 'a', from: 0, to: 100 }, { id: 'quick', parent: 'a', from: 10, to: 30 }, { id: 'slow', parent: 'a', from: 10, to: 80 }, { id: 'deep', parent: 'slow', from: 20, to: 70 });
  const path = criticalPath(found);
  assert.deepEqual(Object.fromEntries([...path].map(([span, parts]) => [span.id, parts])), { a: [[0, 10], [80, 100]], slow: [[10, 20], [70, 80]], deep: [[20, 70]] });
  assert.equal([...path.keys()].reduce((sum, span) => sum + timeOn(path, span), 0), 100);
});

test('covers the whole trace, whatever the tree', () => {
  const seed = Number(process.env['SEED'] ?? Date.now() % 1_000_000);
  let state = seed;
  const random = () => (state = (state * 48_271 + 11) % 2_147_483_647) / 2_147_483_647;
  for (let round = 0; round < 200; round++) {
    const given: Given[] = [{ id: '0', from: 0, to: 1000 }];
    for (let index = 1; index < 40; index++) {
      const parent = given[Math.floor(random() * given.length)]!;
      const from = parent.from + random() * (parent.to - parent.from);
      given.push({ id: String(index), parent: parent.id, from, to: from + random() * (parent.to - from) });
    }
    const found = trace(...given);
    const path = criticalPath(found);
    const sum = [...path.keys()].reduce((total, span) => total + timeOn(path, span), 0);
    assert.ok(Math.abs(sum - 1000) < 0.01, `seed ${seed}, round ${round}: ${sum} of 1000`);
  }
});

test('finds the failed span that no failed child explains', () => {
  const found = trace({ id: 'a', from: 0, to: 9, error: 'x' }, { id: 'b', parent: 'a', from: 1, to: 8, error: 'y' }, { id: 'c', parent: 'b', from: 2, to: 7, error: '504' }, { id: 'd', parent: 'c', from: 3, to: 4 }, { id: 'e', parent: 'a', from: 1, to: 2, error: 'aside' });
  const origin = errorOrigin(found);
  assert.equal(origin?.id, 'c');
  assert.deepEqual([...pathTo(origin)].map((span) => span.id), ['c', 'b', 'a']);
  assert.equal(errorOrigin(trace({ id: 'a', from: 0, to: 1 })), undefined);
});

test('folds twenty siblings alike and keeps out the slowest and the failed', () => {
  const rows = Array.from({ length: 30 }, (_, index): Given => ({ id: `q${index}`, parent: 'a', name: 'SELECT', from: index, to: index + (index === 12 ? 0.9 : 0.1), ...(index === 20 ? { error: 'locked' } : {}) }));
  const found = trace({ id: 'a', from: 0, to: 100 }, ...rows);
  const path = criticalPath(found);
  const shown = rowsOf(found, path, new Set(), NOTHING).map((row) => (row.kind === 'span' ? row.span.id : `${row.spans.length} folded`));
  assert.deepEqual(shown, ['a', '28 folded', 'q12', 'q20']);
  const run = rowsOf(found, path, new Set(), NOTHING).find((row) => row.kind === 'run');
  assert.ok(run?.kind === 'run');
  assert.equal(rowsOf(found, path, new Set(), { ...NOTHING, opened: new Set([run.key]) }).length, 31);
  assert.deepEqual(rowsOf(found, path, new Set(), { ...NOTHING, closed: new Set(['a']) }).length, 1);
});

test('says what the trace waited for longest', () => {
  const found = trace({ id: 'a', from: 0, to: 100, service: 'shop' }, { id: 'b', parent: 'a', name: 'charge', from: 5, to: 50, service: 'pay', error: '504' }, { id: 'c', parent: 'a', name: 'charge', from: 55, to: 90, service: 'pay', error: '504' });
  const said = verdict(found, criticalPath(found));
  assert.deepEqual([said?.service, said?.name, said?.millis, said?.spans.length, said?.failed, said?.message], ['pay', 'charge', 80, 2, 2, '504']);
});
