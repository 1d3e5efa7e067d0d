import assert from 'node:assert/strict';
import { test } from 'node:test';
import { languagesOf } from '../../main/web/frame/language.ts';

test('tells a query by its form, and words from a query', () => {
  const cases: readonly (readonly [string, readonly string[]])[] = [
    ['{ }', ['traceql']],
    ['{ span:duration > 1s }', ['traceql']],
    ['{ .http.route = "/a" && status = error }', ['traceql']],
    ['{ resource.service.name = "a" } >> { name = "b" }', ['traceql']],
    ['{service_name="a"}', ['logql', 'promql']],
    ['{service_name="a}", level=~`e|w`} |= "x" | json', ['logql']],
    ['{job="a"}[5m]', ['promql']],
    ['rate(http_requests_total{code="500"}[5m])', ['promql']],
    ['sum by (code) (rate(x[5m]))', ['promql']],
    ['up{job="a"}', ['promql']],
    ['timeout', []],
    ['payment.region=eu', []],
    ['authorize(order', []],
    ['paystream answered 504 (retry)', []],
    ['<b>{</b>', []],
  ];
  for (const [text, languages] of cases) assert.deepEqual(languagesOf(text), languages, text);
});
