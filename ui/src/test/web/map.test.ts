import assert from 'node:assert/strict';
import { test } from 'node:test';
import { callersOf, layersOf, layout, type Link, near } from '../../main/web/pages/map/layout.ts';

const link = (client: string, server: string, rate = 1): Link => ({ client, server, rate });
const MEASURES = { nodeWidth: 166, nodeHeight: 62, betweenLayers: 76, betweenNodes: 16, margin: 22, width: 900, height: 600 };

test('puts each service behind the last of its callers', () => {
  const layers = layersOf(['a', 'b', 'c', 'd'], [link('a', 'b'), link('b', 'c'), link('a', 'c'), link('c', 'd')]);
  assert.deepEqual(Object.fromEntries(layers), { a: 0, b: 1, c: 2, d: 3 });
});

test('breaks a cycle at its weakest call', () => {
  const layers = layersOf(['a', 'b', 'c'], [link('a', 'b', 10), link('b', 'c', 9), link('c', 'a', 1), link('b', 'b', 50)]);
  assert.deepEqual(Object.fromEntries(layers), { a: 0, b: 1, c: 2 });
});

test('leaves no two nodes on each other, and a gap for a call that passes a layer', () => {
  const names = ['a', 'b', 'c', 'd', 'e', 'f'];
  const placed = layout(names, [link('a', 'b'), link('b', 'd'), link('a', 'c'), link('c', 'e'), link('a', 'e'), link('e', 'f'), link('a', 'f')], MEASURES);
  const all = [...placed.nodes.values()];
  assert.equal(all.length, names.length);
  for (const one of all) {
    assert.ok(one.x >= 0 && one.x + 166 <= placed.width && one.y >= 0 && one.y + 62 <= placed.height, one.name);
    for (const other of all) if (one !== other && one.layer === other.layer) assert.ok(Math.abs(one.y - other.y) >= 62 + 16, `${one.name} and ${other.name}`);
  }
  const passes = placed.passes.get('a>f') ?? [];
  assert.equal(passes.length, 2);
  for (const pass of passes) for (const one of all) assert.ok(Math.abs(pass.x - one.x - 83) > 1 || pass.y < one.y || pass.y > one.y + 62, one.name);
});

test('orders layers so that calls side by side do not cross', () => {
  const placed = layout(['a', 'b', 'c', 'd'], [link('a', 'd'), link('b', 'c')], MEASURES).nodes;
  const above = (one: string, other: string) => (placed.get(one)?.y ?? 0) < (placed.get(other)?.y ?? 0);
  assert.equal(above('a', 'b'), above('d', 'c'));
});

test('keeps a call that passes a layer near the straight line between its ends', () => {
  const placed = layout(['a', 'b', 'c'], [link('a', 'b'), link('b', 'c'), link('a', 'c')], MEASURES);
  const [pass] = placed.passes.get('a>c') ?? [];
  const straight = (placed.nodes.get('a')?.y ?? 0) + 31;
  assert.ok(Math.abs((pass?.y ?? 0) - straight) < 110, `${pass?.y} beside ${straight}`);
});

test('grows beyond the field where there is too much for it, and never ends on names that are no nodes', () => {
  const many = Array.from({ length: 60 }, (_, index) => `s${index}`);
  const placed = layout(many, [...many.slice(1).map((name) => link('s0', name)), link('gone', 's1')], MEASURES);
  assert.ok(placed.height > 60 * 62);
});

test('knows who is within so many calls, and all that wait for a service', () => {
  const links = [link('a', 'b'), link('b', 'c'), link('c', 'd'), link('x', 'c')];
  assert.deepEqual([...near('b', links, 1)].sort(), ['a', 'b', 'c']);
  assert.deepEqual(callersOf('d', links), ['c', 'b', 'x', 'a']);
});
