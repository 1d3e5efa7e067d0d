import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Line } from '../../main/web/api/loki.ts';
import { alikeOf, placeOf } from '../../main/web/trace/alike.ts';
import { parseChip } from '../../main/web/state/filter.ts';
import { hitsOf, nextHit } from '../../main/web/trace/find.ts';
import { millisOf, spanFilter } from '../../main/web/trace/matching.ts';
import type { Span } from '../../main/web/trace/model.ts';
import { type Column, listed, sorted } from '../../main/web/trace/order.ts';
import { teller } from '../../main/web/trace/teller.ts';
import { path, trace } from './traces.ts';

const SHOP = () => trace(
  [
    { id: 'a', from: 0, to: 100, service: 'shop', name: 'POST /checkout', kind: 2, error: 'checkout failed' }, { id: 'b', parent: 'a', from: 5, to: 30, service: 'stock', name: 'reserve', kind: 3 },
    { id: 'c', parent: 'a', from: 30, to: 95, service: 'pay', name: 'charge', kind: 3, error: '504', region: 'eu-south' },
  ],
  path(['a', 0, 5], ['b', 5, 30], ['c', 30, 95], ['a', 95, 100]),
);

test('takes the spans that chips and words ask for, as TraceQL would', () => {
  const shop = SHOP();
  const found = (chips: string[], words = '') => {
    const filter = spanFilter(shop, chips.map((chip) => parseChip(chip)!), words);
    return filter && shop.spans.filter(filter).map((span) => span.id).join('');
  };
  assert.equal(found(['service.name=pay']), 'c');
  assert.equal(found(['service.name!=pay']), 'ab');
  assert.equal(found(['name=~res.*|charge']), 'bc');
  assert.equal(found(['name!~res.*|charge']), 'a');
  assert.equal(found(['kind=client', 'duration>30ms']), 'c');
  assert.equal(found(['status=error']), 'ac');
  assert.equal(found(['status!=error']), 'b');
  assert.equal(found(['region=eu-south']), 'c');
  assert.equal(found(['region!=north']), 'c');
  assert.equal(found(['rootName=POST /checkout']), 'abc');
  assert.equal(found(['name=~(']), undefined, 'a pattern that cannot be read has no effect');
  assert.equal(found([], 'RES'), 'b');
  assert.equal(found(['level=error', 'trace_id=x']), undefined);
  assert.equal(found([], '{ status = error }'), undefined);
});

test('reads durations of TraceQL', () => {
  assert.deepEqual(['1.5s', '300us', '300µs', '1m30s', '2h', '1000ns', '5', 'ms'].map(millisOf), [1500, 0.3, 0.3, 90_000, 7_200_000, 0.001, undefined, undefined]);
});

test('sorts spans by any column, either way, and what the end waited for not comes last', () => {
  const shop = trace([{ id: 'b', parent: 'a', from: 5, to: 30, service: 'stock', name: 'reserve' }, { id: 'a', from: 0, to: 100, service: 'shop', name: 'POST', error: 'x' }, { id: 'c', parent: 'a', from: 30, to: 95, service: 'pay', name: 'charge', error: '504' }], path(['a', 0, 5], ['c', 30, 95], ['a', 95, 100]));
  const found = (key: Column, falling = false) => sorted(listed(shop), { key, falling }).map(({ span }) => span.id).join('');
  assert.equal(found('start'), 'abc');
  assert.equal(found('start', true), 'cba');
  assert.equal(found('duration', true), 'acb');
  assert.equal(found('self', true), 'cba');
  assert.equal(found('path'), 'acb');
  assert.equal(found('path', true), 'cab');
  assert.equal(found('service'), 'cab');
  assert.equal(found('status', true), 'acb');
});

test('tells how far a span is from the others of its name', () => {
  const found = trace([{ id: 'root', from: 0, to: 100, name: 'root' }, ...Array.from({ length: 99 }, (_, index) => ({ id: `q${index}`, parent: 'root', name: 'SELECT', from: index, to: index + 1 })), { id: 'slow', parent: 'root', name: 'SELECT', from: 0, to: 100 }]);
  const alike = alikeOf(found, found.byId.get('slow')!)!;
  assert.deepEqual([alike.spans.length, alike.p50, alike.p99, alike.least, alike.most], [100, 1, 100, 1, 100]);
  assert.deepEqual([alike.bins[0], alike.bins.at(-1), alike.bins.length], [99, 1, 24]);
  assert.deepEqual([placeOf(alike, 1), placeOf(alike, 10), placeOf(alike, 1000), placeOf(alike, 0)], [0, 0.5, 1, 0]);
  assert.equal(alikeOf(found, found.byId.get('root')!), undefined);
});

test('finds a text in the spans, whatever its case, and walks round the hits', () => {
  const shop = SHOP();
  const found = (text: string) => hitsOf(shop, text).map((span) => span.id).join('');
  assert.deepEqual([found('CHARGE'), found('eu-south'), found('failed'), found('STOCK'), found('region'), found('b'), found('nothing'), found(' ')], ['c', 'c', 'a', 'b', 'c', 'b', '', '']);
  const hits = hitsOf(shop, 'e').map((span) => span.id);
  assert.deepEqual(hits, ['a', 'b', 'c']);
  const next = (from: string | undefined, by: 1 | -1, text = 'r') => nextHit(shop, hitsOf(shop, text), from === undefined ? undefined : shop.byId.get(from), by)?.id;
  assert.deepEqual([next(undefined, 1, 'charge'), next('a', 1, 'charge'), next('c', 1, 'charge'), next('a', -1, 'charge'), next('c', -1, 'reserve'), next('a', 1, 'nothing')], ['c', 'c', 'c', 'c', 'b', undefined]);
});

test('finds who tells of a span in the log', () => {
  const { byId } = trace([{ id: 'a', from: 0, to: 9 }, { id: 'b', parent: 'a', from: 1, to: 8 }, { id: 'c', parent: 'b', from: 2, to: 3 }]);
  const told = (...ids: string[]) => teller(byId.get('c') as Span, ids.map((spanId) => ({ spanId }) as Line))?.id;
  assert.deepEqual([told('c', 'a'), told('b', 'a'), told('a', 'x'), told('x'), told()], ['c', 'b', 'a', undefined, undefined]);
});
