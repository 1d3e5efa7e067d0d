import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Change, Finding, Service } from '../../main/web/api/insight.ts';
import { age, factor, perSecond, percent } from '../../main/web/format.ts';
import { isOfFinding, told } from '../../main/web/pages/overview/changes.ts';
import { ordered, orderName, SERVICE_COLUMNS } from '../../main/web/pages/overview/order.ts';
import { around, baselineWords, why } from '../../main/web/pages/overview/words.ts';
import { columnAt, perSecondOf, secondsOf, sharesOf } from '../../main/web/parts/columns.ts';
import { changeWords, standing } from '../../main/web/parts/marks.ts';
import { inOrder, orderText, readOrder } from '../../main/web/parts/order.ts';
import { gaps, runs } from '../../main/web/parts/runs.ts';
import { sparkPath } from '../../main/web/parts/spark.ts';
import { matchesService, narrowed, parseChip } from '../../main/web/state/filter.ts';
import { groupsOf } from '../../main/web/pages/traces/groups.ts';
import { listQuery, messageOf } from '../../main/web/pages/traces/list.ts';

function service(name: string, more: Partial<Service> = {}): Service {
  return {
    name, language: null, version: null, versionSince: null, instances: null, rate: 1, errorShare: 0, p50Nanos: null, p95Nanos: null, p99Nanos: null,
    was: null, away: 0, awayIn: [], since: null, why: null, errorLogs: 0, logs: 0, series: { calls: [], errors: [], p95Nanos: [] }, ...more,
  };
}

test('says why a service is away from its normal, and nothing of one that is not', () => {
  assert.equal(why(service('a', { why: { kind: 'waits', service: 'b', share: 0.9 } })), '');
  assert.equal(why(service('a', { away: 3, awayIn: ['duration'], why: { kind: 'waits', service: 'b', share: 0.94 } })), '94 % waits for b');
  assert.equal(why(service('a', { away: 3, awayIn: ['errors'], why: { kind: 'waits', service: 'b', share: 1 } })), '100 % of errors from b');
  assert.equal(why(service('a', { away: 3, awayIn: ['errors', 'duration'], why: { kind: 'waits', service: 'b', share: 1 } })), '100 % from b');
  assert.equal(why(service('a', { away: 3, awayIn: ['errors', 'duration'], why: { kind: 'itself' } })), 'slow and failing itself');
  assert.equal(why(service('a', { away: 3, awayIn: ['rate'], rate: 1, was: { rate: 5, errorShare: 0, p95Nanos: null } })), 'called less');
  assert.equal(why(service('a', { away: 3, awayIn: ['gone'] })), 'sends nothing any more');
});

test('finds a part of a sentence only where it stands as a word', () => {
  assert.deepEqual(around('payments waits in eu: p95', 'eu'), ['payments waits in ', 'eu', ': p95']);
  assert.deepEqual(around('queue fills', 'eu'), ['queue fills', '', '']);
  assert.deepEqual(around('anything', ''), ['anything', '', '']);
});

test('names what was compared with, and what changed by how much', () => {
  assert.equal(baselineWords({ kind: 'yesterday', start: 0, end: 1 }), 'compared with the same hours yesterday');
  const change = (more: Partial<Change>): Change => ({ at: 0, kind: 'duration', service: 'a', from: 1e6, to: 23e6, factor: 23, instances: null, ...more });
  assert.deepEqual(changeWords(change({})), { what: 'p95 of a steps up', much: '× 23' });
  assert.deepEqual(changeWords(change({ kind: 'errors', from: 0, to: 0.07, factor: null })), { what: 'errors of a step up', much: '0 % → 7 %' });
  assert.deepEqual(changeWords(change({ kind: 'version', from: '1', to: '2', factor: null, instances: 1 })), { what: 'a 1 → 2', much: '1 instance' });
  assert.deepEqual(changeWords(change({ kind: 'rate', from: 10, to: 1, factor: 0.1 })), { what: 'a is called less', much: '× 0.1' });
});

test('tells of what steps more than once the last step, and lights what a finding is about', () => {
  const change = (at: number, kind: Change['kind'], service: string, from = 0, to = 1): Change => ({ at, kind, service, from, to, factor: null, instances: null });
  const changes = [change(900_000, 'duration', 'a'), change(800_000, 'errors', 'a'), change(700_000, 'duration', 'a', 1, 0), change(600_000, 'version', 'a'), change(500_000, 'version', 'a'), change(400_000, 'duration', 'b'), change(300_000, 'duration', 'a')];
  assert.deepEqual(told(changes).map(({ change: { at }, before }) => [at / 100_000, before]), [[9, 2], [8, 0], [6, 0], [5, 0], [4, 0]]);
  const finding = { service: 'a', what: 'errors', since: 820_000, explains: { share: 1, services: ['b'] } } as unknown as Finding;
  const lit = (...of: Parameters<typeof change>) => isOfFinding(change(...of), [finding]);
  assert.deepEqual([lit(800_000, 'errors', 'a'), lit(800_000, 'errors', 'b'), lit(800_000, 'errors', 'c'), lit(700_000, 'errors', 'a'), lit(900_000, 'errors', 'a', 1, 0), lit(900_000, 'duration', 'a'), lit(900_000, 'version', 'a')], [true, true, false, false, false, false, false]);
});

test('lights marks of what got worse and stayed so until the end of the range', () => {
  const change = (at: number, kind: Change['kind'], service: string, from = 0, to = 1): Change => ({ at, kind, service, from, to, factor: null, instances: null });
  const changes = [change(9, 'errors', 'a', 1, 0), change(8, 'duration', 'b', 1, 0), change(7, 'duration', 'b'), change(6, 'errors', 'a', 1, 2), change(5, 'rate', 'a', 2, 1), change(4, 'version', 'a'), change(3, 'errors', 'a')];
  const lit = (until: number) => standing(changes, until).filter((mark) => mark.lit).map(({ at }) => at);
  assert.deepEqual(lit(7), [7, 6, 5, 3]);
  assert.deepEqual(lit(8), [6, 5, 3]);
  assert.deepEqual(lit(9), [5]);
  assert.deepEqual(lit(2), []);
});

test('sorts services as asked, and leaves the answer\'s order for the worst first', () => {
  const services = [service('b', { rate: 1, errorShare: 0.2 }), service('a', { rate: 9, p95Nanos: 5 }), service('c', { rate: 4, p95Nanos: 7 })];
  const names = (sort: string | undefined) => ordered(services, readOrder(sort, SERVICE_COLUMNS)).map((one) => one.name).join('');
  assert.deepEqual([undefined, '-rate', 'rate', '-errors', 'name', '-name', 'nonsense'].map(names), ['bac', 'acb', 'bca', 'bac', 'abc', 'cba', 'bac']);
  assert.deepEqual(['p95', '-p95'].map(names), ['acb', 'cab']);
  assert.deepEqual([undefined, '-rate', 'rate'].map((sort) => orderName(readOrder(sort, SERVICE_COLUMNS))), ['away', '-rate', undefined]);
  assert.equal(orderText({ key: 'rate', falling: true }), '-rate');
});

test('keeps rows of one value as they are, whichever way they are sorted', () => {
  assert.deepEqual([true, false].map((falling) => inOrder([{ id: 1, by: 2 }, { id: 2, by: 2 }, { id: 3, by: 9 }], falling, (row) => row.by).map((row) => row.id)), [[3, 1, 2], [1, 2, 3]]);
});

test('keeps the services that the chips leave, and ignores chips about something else', () => {
  const chips = (...texts: string[]) => texts.map((text) => parseChip(text)).filter((chip) => chip !== undefined);
  assert.equal(matchesService(chips('service.name=a', 'level=error'), 'a'), true);
  assert.equal(matchesService(chips('service.name!=a'), 'a'), false);
  assert.equal(matchesService(chips('service.name=~a|b'), 'ab'), false);
  assert.equal(matchesService(chips('service.name=~['), 'a'), true, 'a pattern that cannot be read has no effect');
  assert.equal(matchesService(chips('service.name!~pay.*'), 'orders'), true);
});

test('makes rates of counts, the last column by what of it has passed', () => {
  const columns = { start: 0, end: 30_000, stepSeconds: 10 };
  assert.deepEqual(perSecondOf(columns, [20, null, 10], 25_000), [2, null, 2]);
  assert.deepEqual(perSecondOf(columns, [20, 20, 1], 21_000), [2, 2, null]);
  assert.equal(secondsOf(columns, [0, 5, 5], 25_000), 15);
  assert.deepEqual(sharesOf([10, 0, null], [1, 0, null]), [0.1, null, null]);
  assert.equal(columnAt(columns, 19_999), 1);
});

test('draws spark lines with gaps where there is nothing', () => {
  assert.equal(sparkPath([0, 10, null, 10], 30, 11, 10), 'M0.0 10.0L10.0 1.0M30.0 1.0');
});

test('tells a gap from more than three columns without data on', () => {
  assert.deepEqual(runs(6, (index) => index !== 2), [[0, 1], [3, 5]]);
  assert.deepEqual(gaps([[1, null, null, null, 2, null, null, null, null]]), [[5, 8]]);
  assert.deepEqual(gaps([[1, null, null, null, null], [null, null, 3, null, null]]), []);
});

test('writes factors, ages and amounts apart from their unit', () => {
  assert.deepEqual([23.1, 1.3, 0.32, 1200].map(factor), ['× 23', '× 1.3', '× 0.32', '× 1,200']);
  assert.deepEqual([30_000, 31 * 60_000, 4 * 3_600_000, 2 * 86_400_000].map(age), ['30 s', '31 min', '4 h', '2 d']);
  assert.deepEqual(perSecond(9100), { value: '9.1', unit: 'k/s' });
  assert.deepEqual(percent(0.068), { value: '6.8', unit: '%' });
});

test('narrows a TraceQL filter by a condition, whatever stands in its strings', () => {
  assert.equal(narrowed('{ }', 'duration > 1s'), '{ duration > 1s }');
  assert.equal(narrowed('{ name = "a}b" || status = error }', 'duration > 1s'), '{ (name = "a}b" || status = error) && duration > 1s }');
  assert.equal(narrowed('{ } >> { }', 'duration > 1s'), '{ } >> { }');
});

test('asks for the traces of a box, or of what is set apart, and for what went wrong with them', () => {
  const told = 'resource.service.name, statusMessage, event.exception.message, .error.type';
  const box = { from: 0, to: 1, least: 1500, most: 86_400_000 };
  assert.equal(listQuery('{ }', 'spans', undefined, undefined, undefined), `{ } | select(${told})`);
  assert.equal(listQuery('{ name = "a" }', 'roots', box, undefined, 'region'), `{ ((name = "a") && nestedSetParent < 0) && duration >= 1500000000ns } | select(${told}, .region)`);
  assert.equal(listQuery('{ }', 'spans', undefined, '{ .region = "eu" }', undefined), `{ ( .region = "eu" ) } | select(${told})`);
  assert.equal(listQuery('{ } >> { }', 'spans', undefined, undefined, undefined), '{ } >> { }');
});

test('tells of a failed trace what the last of its spans says that says anything', () => {
  const span = (...attributes: [string, string][]) => ({ id: '1', startMillis: 0, millis: 1, attributes: new Map(attributes) });
  const trace = (errors: number, ...matching: ReturnType<typeof span>[]) => ({ id: '1', service: '', name: '', startMillis: 0, millis: 1, services: [], spans: 1, errors, matched: 1, matching });
  const [cancelled, type] = [span(['statusMessage', 'cancelled']), span(['statusMessage', ''], ['error.type', '500'])];
  assert.deepEqual([trace(2, cancelled, span(['exception.message', 'refused:\nat x']), type), trace(1, type, span()), trace(1), trace(0, cancelled)].map(messageOf), ['refused:', '500', '', '']);
});

test('groups traces by the values that their spans have', () => {
  const span = (millis: number, region?: string) => ({ id: '1', startMillis: 0, millis, attributes: new Map(region ? [['region', region]] : []) });
  const trace = (id: string, errors: number, matching: ReturnType<typeof span>[]) => ({ id, service: '', name: '', startMillis: 0, millis: 1, services: [], spans: 1, errors, matched: 1, matching });
  assert.deepEqual(groupsOf([trace('1', 1, [span(5, 'eu'), span(7, 'eu')]), trace('2', 0, [span(1, 'eu'), span(2)])], 'region'), [
    { value: 'eu', traces: 2, failed: 1, median: 5, slowest: 7 },
    { value: '', traces: 1, failed: 0, median: 2, slowest: 2 },
  ]);
});
