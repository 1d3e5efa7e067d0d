import assert from 'node:assert/strict';
import { test } from 'node:test';
import { applies, type Chip, logql, matchers, parseChip, traceql, chipProblem } from '../../main/web/state/filter.ts';

const chip = (text: string): Chip => {
  const found = parseChip(text);
  assert.ok(found, text);
  return found;
};

test('reads chips with every operator, and none from words', () => {
  assert.deepEqual(chip('payment.region!=eu-south'), { key: 'payment.region', operator: '!=', value: 'eu-south' });
  assert.deepEqual(chip('level >= warn'), { key: 'level', operator: '>=', value: 'warn' });
  assert.deepEqual(chip('service_name="a b"'), { key: 'service.name', operator: '=', value: 'a b' });
  assert.deepEqual(chip('name=~POST .*'), { key: 'name', operator: '=~', value: 'POST .*' });
  assert.equal(parseChip('timeout of paystream'), undefined);
  assert.equal(parseChip('=x'), undefined);
});

test('writes LogQL with the service in the selector and levels as an order', () => {
  const chips = [chip('service.name=payments'), chip('level>=warn'), chip('payment.region!=eu-west'), chip('retry.count>1')];
  assert.equal(
    logql(chips, 'eu-south'),
    '{service_name="payments"} |= "eu-south" | detected_level =~ "warn|error|fatal" | payment_region != "eu-west" | retry_count > 1',
  );
  assert.equal(logql([], ''), '{service_name=~".+"}');
  assert.equal(logql([chip('service.name!=cart')], ''), '{service_name!="cart", service_name=~".+"}');
});

test('quotes what would end a text early', () => {
  assert.equal(logql([chip('k=a"} or {"')], 'say "hi"'), '{service_name=~".+"} |= "say \\"hi\\"" | k = "a\\"} or {\\""');
});

test('writes TraceQL with intrinsics bare and numbers of either type', () => {
  assert.equal(
    traceql([chip('service.name=payments'), chip('status=error'), chip('duration>1s'), chip('http.response.status_code=504')], ''),
    '{ resource.service.name = "payments" && status = error && duration > 1s && (.http.response.status_code = 504 || .http.response.status_code = "504") }',
  );
  assert.equal(traceql([chip('code!=504')], ''), '{ (.code != 504 && .code != "504") }');
  assert.equal(traceql([chip('event:exception.type=IOException')], ''), '{ event.exception.type = "IOException" }');
  assert.equal(applies(chip('event:exception.type=IOException'), 'logs'), false);
  assert.equal(traceql([], 'a.b'), '{ name =~ "(?i).*a\\\\.b.*" }');
});

test('leaves a query as it was written', () => {
  assert.equal(logql([chip('a=b')], ' {x="y"} |= "z" '), '{x="y"} |= "z"');
});

test('names the service job for metrics and drops what they lack', () => {
  assert.equal(matchers([chip('service.name=payments'), chip('level=warn'), chip('payment.region=~eu.*')]), 'job="payments", payment_region=~"eu.*"');
});

test('tells where a chip is ignored', () => {
  assert.equal(applies(chip('level>=warn'), 'traces'), false);
  assert.equal(applies(chip('duration>1s'), 'logs'), false);
  assert.equal(applies(chip('duration>1s'), 'traces'), true);
});

test('says why a chip can mean nothing, and leaves it out of every query', () => {
  assert.match(chipProblem(chip('name=~a(')) ?? '', /^a\( is no pattern: /);
  assert.equal(chipProblem(chip('name=~(?i)a.*')), undefined);
  assert.equal(chipProblem(chip('name=~(?P<x>a)')), undefined);
  assert.match(chipProblem(chip('duration>fast')) ?? '', /^fast is no duration/);
  assert.equal(chipProblem(chip('duration>1h2m')), undefined);
  assert.match(chipProblem(chip('level>=loud')) ?? '', /^loud is no level/);
  assert.match(chipProblem(chip('status=bad')) ?? '', /^bad is no status/);
  assert.match(chipProblem(chip('kind=servr')) ?? '', /^servr is no kind/);
  assert.equal(traceql([chip('name=~a('), chip('k=v')], ''), '{ .k = "v" }');
});
