import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Line } from '../../main/web/api/loki.ts';
import { fieldsOf, ranked } from '../../main/web/pages/logs/fields.ts';
import { idOf, isNamed } from '../../main/web/parts/lineId.ts';
import { spoken } from '../../main/web/parts/jsonLine.ts';
import { firstStretch, nextStretch, renewed, stretchAt, withoutKnown } from '../../main/web/pages/logs/slices.ts';
import { standouts } from '../../main/web/pages/logs/standout.ts';
import { offsetsOf, ROW, rowsOf } from '../../main/web/pages/logs/wrap.ts';
import { visible } from '../../main/web/parts/visibleText.ts';

const HOUR = 3_600_000_000_000n;

function lineOf(text: string, spanId = '', nanos = 7n): Line {
  return { key: text, nanos, millis: 0, text, service: 's', level: 'info', fields: new Map(), traceId: '', spanId };
}

test('names a line apart from others of its moment', () => {
  const [one, other, spanned] = [lineOf('one'), lineOf('other'), lineOf('one', 'ab')];
  assert.ok(isNamed(one, idOf(one)));
  assert.ok(!isNamed(other, idOf(one)));
  assert.ok(!isNamed(one, idOf(spanned)));
  assert.ok(!isNamed(lineOf('one', '', 8n), idOf(one)));
  assert.ok(isNamed(spanned, '7,ab'), 'an address of a time and a span');
  assert.ok(isNamed(other, '7'), 'an address of a time alone');
});

test('searches a long range by stretches from the end that is shown first, to its other end', () => {
  for (const oldest of [false, true]) {
    const range = { from: 0n, to: 30n * 24n * HOUR };
    let stretch = firstStretch(range.from, range.to);
    let edge = oldest ? range.from : range.to;
    let searched = 0n;
    let steps = 0;
    while (edge !== (oldest ? range.to : range.from)) {
      const { start, end } = stretchAt(edge, stretch, range, oldest);
      assert.equal(oldest ? start : end, edge);
      searched += end - start;
      edge = oldest ? end : start;
      stretch = nextStretch(stretch, 100);
      steps++;
    }
    assert.equal(searched, range.to);
    assert.ok(steps > 2 && steps < 8, `${steps} requests`);
  }
  assert.deepEqual(stretchAt(HOUR, firstStretch(0n, HOUR), { from: 0n, to: HOUR }, false), { start: 0n, end: HOUR });
  assert.equal(nextStretch(HOUR, 1500), HOUR);
});

test('puts what is new before what is known, and lets go what the range has left', () => {
  const at = (nanos: number, text = '') => ({ nanos: BigInt(nanos), text });
  const found = renewed([at(9), at(7, 'late'), at(6)], [at(6), at(4), at(1)], 5n, 3n);
  assert.deepEqual(found.map((one) => Number(one.nanos)), [9, 7, 6, 4]);
});

test('leaves out the lines of the last moment that are known', () => {
  const lines = [5, 5, 5, 4].map((nanos) => ({ nanos: BigInt(nanos) }));
  assert.deepEqual(withoutKnown(lines, 5n, 2).map((one) => Number(one.nanos)), [5, 4]);
  assert.equal(withoutKnown(lines, undefined, 0).length, 4);
});

test('tells the rows of a wrapped line from its text', () => {
  assert.equal(rowsOf('', 10), 1);
  assert.equal(rowsOf('x'.repeat(10), 10), 1);
  assert.equal(rowsOf('x'.repeat(11), 10), 2);
  assert.equal(rowsOf('one\ntwo\n', 10), 3);
  assert.equal(rowsOf('灯'.repeat(6), 10), 2);
  assert.equal(rowsOf('m'.repeat(1_000_000), 80), 30);
  const offsets = offsetsOf([{ text: 'a' }, { text: 'x'.repeat(25) }, { text: 'b' }], 10);
  assert.equal(offsets[1], ROW);
  assert.equal((offsets[2] ?? 0) - (offsets[1] ?? 0), ROW + 34);
});

const counted = (name: string, values: Record<string, number>, distinct = Object.keys(values).length) => ({
  name, distinct,
  lines: Object.values(values).reduce((sum, one) => sum + one, 0),
  values: Object.entries(values).map(([value, lines]) => ({ value, lines })),
});

test('finds the field whose value sets lines apart from the others', () => {
  const some = { lines: 100, fields: [counted('region', { south: 96, west: 4 }), counted('service_version', { 1: 60, 2: 40 }), counted('order_id', { a: 1 }, 100)] };
  const all = { lines: 1100, fields: [counted('region', { west: 700, south: 220 }), counted('service_version', { 1: 650, 2: 450 }), counted('order_id', { a: 1 }, 1100)] };
  const found = standouts(some, all, () => false);
  assert.deepEqual(found.map((one) => [one.name, one.value]), [['region', 'south']]);
  assert.equal(found[0]?.inside, 0.96);
  assert.equal(found[0]?.outside, 0.124);
  assert.deepEqual(standouts(some, all, (name) => name === 'region'), []);
  assert.deepEqual(standouts(some, { ...all, lines: 110 }, () => false), []);
});

test('shows the service, then what stands out with its value first, machines and ids last', () => {
  const line = (order: number) => ({ fields: new Map([['service_name', 'shop'], ['region', order % 5 === 0 ? 'south' : 'west'], ['plan', order % 2 ? 'free' : 'pro'], ['process_pid', `${order % 3}`], ['order_id', `${order}`], ['severity_text', 'INFO']]) });
  const fields = fieldsOf(Array.from({ length: 40 }, (_, index) => line(index)) as never);
  const found = ranked(fields, 40, [{ name: 'region', value: 'south' }]);
  assert.deepEqual(found.map((field) => field.name), ['service_name', 'region', 'plan', 'process_pid', 'order_id']);
  assert.deepEqual(found[1]?.top, [['south', 8], ['west', 32]]);
  assert.equal(found[4]?.identifies, true);
});

test('reads a line of JSON by what it says', () => {
  assert.deepEqual(spoken('{"level":"info","msg":"paid","order":48,"at":{"x":1}}'), { message: 'paid', rest: 'order=48 at={"x":1}' });
  for (const text of ['{"a":1}', '{broken', '[1]', 'words', '{"message":7}']) assert.equal(spoken(text), undefined);
});

test('shows control characters by their signs', () => {
  assert.equal(visible('a\u001b[31mred\u0000\u202eb\tc\n'), 'a␛[31mred␀⟨202E⟩b\tc\n');
  assert.equal(visible('<b>灯</b>'), '<b>灯</b>');
});
