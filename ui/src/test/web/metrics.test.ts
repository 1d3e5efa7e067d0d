import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Metadata } from '../../main/web/api/prometheus.ts';
import { ofUnit, ofUnitUpTo } from '../../main/web/format.ts';
import { adviceFor } from '../../main/web/pages/metrics/advice.ts';
import { bandOf, type ChartSeries, stacked, told } from '../../main/web/pages/metrics/chart.ts';
import { expanded, threshold } from '../../main/web/pages/metrics/expression.ts';
import { holesOf, joined } from '../../main/web/pages/metrics/holes.ts';
import { labelsOf } from '../../main/web/pages/metrics/labels.ts';
import { correlation, growth, movers } from '../../main/web/pages/metrics/moves.ts';
import { wordsOf } from '../../main/web/pages/metrics/queries.ts';
import { stacks, unitOf } from '../../main/web/pages/metrics/unit.ts';

const SPANS = { $__rate_interval: '60s', $__interval: '15s', $__range: '3600s' };

test('puts queries for their letters and spans for their words, and finds places again', () => {
  const others = new Map([['a', 'rate(x[$__rate_interval])'], ['b', '$A + 1']]);
  const found = expanded('sum($B) / yy', others, SPANS);
  assert.equal(found.query, 'sum(((rate(x[60s])) + 1)) / yy');
  assert.equal(found.origin(found.query.indexOf('yy')), 'sum($B) / yy'.indexOf('yy'));
  assert.equal(found.origin(found.query.indexOf('rate')), 'sum($B) / yy'.indexOf('$B'));
  assert.equal(expanded('rate(x[$__rate_interval]) )', others, SPANS).origin('rate(x[60s]) )'.length - 1), 'rate(x[$__rate_interval]) )'.length - 1);
  assert.throws(() => expanded('$C', others, SPANS), /\$C is no query \(expected: one of \$A, \$B\)/);
  assert.throws(() => expanded('$A', new Map([['a', '$B'], ['b', '$A']]), SPANS), /\$A names itself, by way of \$A, \$B, \$A/);
});

test('finds the bound that a query compares with, outside of all brackets', () => {
  assert.deepEqual(threshold('$A / $B > 0.02'), { value: 0.02, words: '>' });
  assert.deepEqual(threshold('sum(rate(x{a=">"}[1m])) <= bool 5e3'), { value: 5000, words: '<=' });
  assert.equal(threshold('sum(x > 2)'), undefined);
  assert.equal(threshold('x{a="b"}'), undefined);
});

const facts = new Map<string, Metadata>([
  ['req_seconds', { type: 'histogram', help: '', unit: 'seconds' }],
  ['sent_bytes_total', { type: 'counter', help: '', unit: 'bytes' }],
  ['cpu_seconds_total', { type: 'counter', help: '', unit: 'seconds' }],
  ['jobs_total', { type: 'counter', help: '', unit: '' }],
  ['threads', { type: 'gauge', help: '', unit: '' }],
]);
const names = ['req_seconds_bucket', 'req_seconds_count', 'req_seconds_sum', 'sent_bytes_total', 'cpu_seconds_total', 'jobs_total', 'threads'];

test('tells what the values of a query are', () => {
  const cases: [string, string][] = [
    ['histogram_quantile(0.95, sum by (le) (rate(req_seconds_bucket[1m])))', 'seconds'],
    ['sum(rate(req_seconds_count[1m]))', 'rate'], ['rate(jobs_total[1m])', 'rate'], ['sum(increase(jobs_total[1m]))', ''],
    ['sum(rate(req_seconds_sum[1m])) / sum(rate(req_seconds_count[1m]))', 'seconds'],
    ['sum(rate(jobs_total{a="/"}[1m])) / sum(rate(jobs_total[1m]))', 'ratio'], ['rate(jobs_total[1m]) / rate(sent_bytes_total[1m])', ''],
    ['rate(sent_bytes_total[1m])', 'bytes/s'], ['rate(cpu_seconds_total[1m])', ''], ['count(threads)', ''], ['threads', ''], ['sent_bytes_total', 'bytes'],
  ];
  for (const [query, unit] of cases) assert.equal(unitOf(query, facts, names), unit, query);
  assert.equal(ofUnit('bytes/s')(2000), '2 kB/s');
  assert.deepEqual([0, 0.5, 1].map(ofUnitUpTo('seconds', 1)), ['0', '0.5 s', '1 s']);
});

test('stacks only parts of a whole', () => {
  assert.equal(stacks('sum by (a) (rate(x[1m]))'), true);
  assert.equal(stacks('rate(x[1m])'), true);
  for (const query of ['histogram_quantile(0.9, sum by (le) (rate(x[1m])))', 'avg by (a) (x)', 'x']) assert.equal(stacks(query), false, query);
});

test('says in words what a query shows', () => {
  assert.equal(wordsOf('histogram_quantile(0.95, sum by (le, region) (rate(x_bucket[1m])))', 'x'), 'p95 by region');
  assert.equal(wordsOf('sum by (job) (rate(x_total[1m]))', 'x_total'), 'x_total, a second by job');
});

test('advises where a query is right but unwise, with the mend', () => {
  const advice = (query: string, series = 3) => adviceFor(query, { facts, names, stepSeconds: 60, series });
  assert.equal(advice('sum(rate(jobs_total[1m]))')?.mend?.query, 'sum(rate(jobs_total[$__rate_interval]))');
  assert.equal(advice('sum(rate(jobs_total[5m]))'), undefined);
  assert.equal(advice('histogram_quantile(0.9, sum by (job) (rate(req_seconds_bucket[5m])))')?.mend?.query, 'histogram_quantile(0.9, sum by (le, job) (rate(req_seconds_bucket[5m])))');
  assert.match(advice('rate(sum(jobs_total)[5m:])')?.words ?? '', /restart of one counter/);
  assert.equal(advice('sum by (job) (jobs_total{a="{"})')?.mend?.query, 'sum by (job) (rate(jobs_total{a="{"}[$__rate_interval]))');
  assert.equal(advice('rate(threads[5m])')?.mend?.query, 'deriv(threads[5m])');
  assert.match(advice('avg(histogram_quantile(0.9, rate(req_seconds_bucket[5m])))')?.words ?? '', /no quantile/);
  assert.equal(advice('threads', 412)?.mend?.query, 'topk(10, threads)');
  assert.equal(advice('threads', 12), undefined);
});

const line = (values: readonly (number | null)[], letter = 'a'): ChartSeries => ({ letter, labels: new Map(), values, colour: '' });

test('draws twelve lines, and of more the eleven largest with the others as a band', () => {
  assert.equal(told(Array.from({ length: 12 }, () => line([1]))).lines.length, 12);
  const { lines, others } = told(Array.from({ length: 98 }, (_, index) => line([index, null])));
  assert.deepEqual(lines.map((one) => one.values[0]), [97, 96, 95, 94, 93, 92, 91, 90, 89, 88, 87]);
  assert.equal(others.length, 87);
  assert.deepEqual(bandOf(others, 2), { low: [0, null], high: [86, null] });
});

test('stacks series as sums, without values where there is none', () => {
  assert.deepEqual(stacked([line([1, null, 2]), line([3, null, null])], 3), [[1, null, 2], [4, null, 2]]);
});

test('takes more than three steps without samples between samples for a hole', () => {
  assert.deepEqual(holesOf([null, 1, null, null, null, 2]), []);
  assert.deepEqual(holesOf([null, 1, null, null, null, null, 2, null, null, null, null, null]), [{ first: 2, last: 5 }]);
  assert.deepEqual(joined([{ first: 4, last: 9 }, { first: 2, last: 5 }, { first: 20, last: 24 }]), [{ first: 2, last: 9 }, { first: 20, last: 24 }]);
});

test('tells by how much a label multiplies series', () => {
  const series = ['a', 'b', 'c'].flatMap((pod) => ['GET', 'POST'].map((method) => ({ __name__: 'x', pod, method, job: 'shop' })));
  assert.deepEqual(labelsOf(series).map(({ key, values, effect }) => [key, values.length, effect]), [['pod', 3, 3], ['method', 2, 2], ['job', 1, 1]]);
});

test('finds the metrics that move with a line', () => {
  const rise = [1, 1, 1, 1, 2, 5, 9, 9, 9, 9];
  assert.ok(Math.abs(correlation(rise, rise.map((value) => -3 * value)) + 1) < 1e-9);
  assert.equal(correlation(rise, rise.map(() => 4)), 0);
  assert.deepEqual(growth([1, 3, 2, null, 5]), [null, 2, null, null, null]);
  const found = movers(rise, [{ name: 'with', values: rise.map((value) => value * 2 + 1) }, { name: 'other', values: [3, 1, 4, 1, 5, 9, 2, 6, 5, 3] }], 5);
  assert.deepEqual(found.map((one) => one.name), ['with']);
});
