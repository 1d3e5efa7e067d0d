import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Chip, chipText, logql, parseChip, traceql } from '../../main/web/state/filter.ts';
import { filterOf } from '../../main/web/state/query.ts';

const chips = (...texts: string[]) => texts.map((text) => parseChip(text) as Chip);

const FILTERS: readonly (readonly [readonly Chip[], string])[] = [
  [[], ''],
  [[], 'say "hi" {now}'],
  [chips('service.name=payments'), ''],
  [chips('service.name!=cart', 'region=eu "south"'), 'a.b'],
  [chips('service.name=a', 'service.name=~b|c', 'retry.count>=2'), 'word'],
];

test('reads what the filter bar wrote back into the same chips and words', () => {
  for (const [given, words] of FILTERS) {
    const logs = filterOf('logql', logql(given, words), given);
    assert.deepEqual([logs.chips.map(chipText), logs.words], [given.map(chipText), words]);
    const traces = filterOf('traceql', traceql(given, words), []);
    assert.deepEqual([traces.chips.map(chipText), traces.words], [given.map(chipText), words]);
  }
});

test('reads levels of lines as an order, and intrinsics of spans', () => {
  const level = filterOf('logql', '{service_name=~".+"} | detected_level =~ "warn|error|fatal"', []);
  assert.deepEqual(level.chips.map(chipText), ['level>=warn']);
  const spans = filterOf('traceql', '{ status = error && duration > 1s && (.code = 504 || .code = "504") }', []);
  assert.deepEqual(spans.chips.map(chipText), ['status=error', 'duration>1s', 'code=504']);
});

test('leaves a query that says more as it is', () => {
  for (const query of ['{service_name="a"} | json | status >= 500', '{app="x"}', '{service_name="a"} != "x"', '{service_name="a"} |= "x" |= "y"']) {
    assert.deepEqual(filterOf('logql', query, []), { chips: [], words: query });
  }
  for (const query of ['{ span.a = 1 }', '{ .a = 1 } >> { .b = 2 }', '{ .a = "1" || .b = "2" }', '{ !(.a = "1") }']) {
    assert.deepEqual(filterOf('traceql', query, []), { chips: [], words: query });
  }
});
