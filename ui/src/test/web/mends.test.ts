import assert from 'node:assert/strict';
import { test } from 'node:test';
import { FUNCTIONS } from '../../main/web/editor/functions.ts';
import { faultOf, lineAndColumn, type Name, nearest, offsetOf } from '../../main/web/editor/mends.ts';
import { firstSelector, selectorAt } from '../../main/web/editor/text.ts';

const PROMQL = 'invalid parameter "query": ';

/** What the process answers to a broken query, and the mended query. */
const CASES: readonly (readonly [Name, string, string, string])[] = [
  ['promql', 'sum(rate(x_total[1m])', `${PROMQL}1:22: parse error: unclosed left parenthesis`, 'sum(rate(x_total[1m]))'],
  ['promql', 'sum by (le, region rate(x[5m]))', `${PROMQL}1:20: parse error: unexpected identifier "rate" in grouping opts, expected "," or ")"`, 'sum by (le, region) rate(x[5m]))'],
  ['promql', 'rate(x_total{a="b"})', `${PROMQL}1:6: parse error: expected type range vector in call to function "rate", got instant vector`, 'rate(x_total{a="b"}[$__rate_interval])'],
  ['promql', 'histogram_quantil(0.9, x)', `${PROMQL}1:1: parse error: unknown function with name "histogram_quantil"`, 'histogram_quantile(0.9, x)'],
  ['promql', 'x{a=b}', `${PROMQL}1:5: parse error: unexpected identifier "b" in label matching, expected string`, 'x{a="b"}'],
  ['promql', 'x{a=="b"}', `${PROMQL}1:5: parse error: unexpected <op:=> in label matching, expected string`, 'x{a="b"}'],
  ['promql', 'x{a="b}', `${PROMQL}1:5: parse error: unterminated quoted string`, 'x{a="b"}'],
  ['promql', 'x{a="b"', `${PROMQL}1:8: parse error: unexpected end of input inside braces`, 'x{a="b"}'],
  ['promql', 'x[5m]', `${PROMQL}invalid expression type "range vector" for range query, must be Scalar or instant Vector`, 'rate(x[5m])'],
  ['promql', 'sum by region (x)', `${PROMQL}1:8: parse error: unexpected identifier "region" in grouping opts, expected "("`, 'sum by (region) (x)'],
  ['promql', 'http.server.duration', `${PROMQL}1:5: parse error: unexpected character: '.'`, 'http_server_duration'],
  ['promql', 'x)', `${PROMQL}1:2: parse error: unexpected right parenthesis ')'`, 'x'],
  ['logql', '{service_name="a"', 'parse error at line 1, col 18: syntax error: unexpected $end, expecting } or ,', '{service_name="a"}'],
  ['logql', '{service_name=a}', 'parse error at line 1, col 15: syntax error: unexpected IDENTIFIER a, expecting STRING', '{service_name="a"}'],
  ['logql', 'rate({a="b"})', 'parse error at line 1, col 13: syntax error: unexpected ), expecting RANGE', 'rate({a="b"} [1m])'],
  ['logql', '{service_name=="a"}', 'parse error at line 1, col 14: syntax error: unexpected ==, expecting = or != or =~ or !~', '{service_name="a"}'],
  ['logql', '{service.name="a"}', 'parse error at line 1, col 9: unexpected character: .', '{service_name="a"}'],
  ['logql', '{a="b"} | json | x = y', 'parse error at line 1, col 22: syntax error: unexpected IDENTIFIER y, expecting STRING or NUMBER or DURATION or BYTES', '{a="b"} | json | x = "y"'],
  ['traceql', '{ span.a = 1', 'parse error at line 1, col 13: syntax error: unexpected $end, expecting }', '{ span.a = 1}'],
  ['traceql', '{ span.a == 1 }', 'parse error at line 1, col 11: syntax error: unexpected =, expecting (', '{ span.a = 1 }'],
  ['traceql', '{ name = foo }', 'parse error at line 1, col 10: syntax error: unexpected IDENTIFIER foo: an attribute needs a scope, as in span.foo or .foo', '{ name = "foo" }'],
  ['traceql', '{ a = "b" }', 'parse error at line 1, col 3: syntax error: unexpected IDENTIFIER a: an attribute needs a scope, as in span.a or .a', '{ span.a = "b" }'],
  ['traceql', '{ status = "error" }', 'parse error at line 1, col 10: binary operations must operate on the same type: status = "error"', '{ status = error }'],
  ['traceql', '{ duration > 5sec }', 'parse error at line 1, col 14: unknown unit in duration "5sec", expecting ns, us, ms, s, m or h', '{ duration > 5s }'],
  ['traceql', '{ span.a = "x" & span.b = "y" }', 'parse error at line 1, col 16: unexpected character: &', '{ span.a = "x" && span.b = "y" }'],
  ['traceql', "{ span.a = 'x' }", "parse error at line 1, col 12: unexpected character: '", '{ span.a = "x" }'],
];

test('mends what is wrong with a query', () => {
  for (const [language, query, message, mended] of CASES) assert.equal(faultOf(language, query, message).mend?.query, mended, `${query}: ${message}`);
});

test('tells the place of a fault apart from its words', () => {
  assert.deepEqual(faultOf('promql', 'x +\n', `${PROMQL}2:1: parse error: unexpected end of input`), { at: { line: 2, column: 1 }, words: 'unexpected end of input' });
  assert.deepEqual(faultOf('promql', 'x', 'the query needs more than its memory'), { at: undefined, words: 'the query needs more than its memory' });
  assert.equal(offsetOf('ab\ncd', { line: 2, column: 2 }), 4);
  assert.deepEqual(lineAndColumn('ab\ncd', 4), { line: 2, column: 2 });
});

test('finds the name that was meant', () => {
  const names = FUNCTIONS.map((one) => one.name);
  assert.equal(nearest('rat', names), 'rate');
  assert.equal(nearest('sum_overtime', names), 'sum_over_time');
  assert.equal(nearest('xyz', names), undefined);
  assert.equal(FUNCTIONS.find((one) => one.name === 'predict_linear')?.signature, 'predict_linear(v[d], seconds)');
});

test('knows the selector around the cursor', () => {
  assert.equal(selectorAt('sum(rate(x_total{job="a}", b=~"c", reg'), 'x_total{job="a}", b=~"c"}');
  assert.equal(selectorAt('x{a="b"}'), '');
  assert.equal(selectorAt('{'), '');
  assert.equal(firstSelector('sum(count_over_time({a="}", b="c"} | json [5m]))'), '{a="}", b="c"}');
  assert.equal(firstSelector('{a="b'), undefined);
});
