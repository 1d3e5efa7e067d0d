import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fixedText, parseMoment, parseRange, rangeWords, spanText } from '../../main/web/state/time.ts';

const now = Date.parse('2026-11-21T14:28:30Z');

test('reads every form of a moment', () => {
  assert.equal(parseMoment('now', now), now);
  assert.equal(parseMoment('now-90m', now), now - 5_400_000);
  assert.equal(parseMoment('1732197720', now), 1_732_197_720_000);
  assert.equal(parseMoment('2026-11-21T14:02Z', now), Date.parse('2026-11-21T14:02:00Z'));
  const morning = new Date(now);
  morning.setDate(morning.getDate() - 1);
  morning.setHours(9, 0, 0, 0);
  assert.equal(parseMoment('yesterday 9am', now), morning.getTime());
  for (const text of ['', '25:00', 'soon', 'now-', '12', 'now-5x']) assert.equal(parseMoment(text, now), undefined, text);
});

test('takes a time of day that is still to come as yesterday', () => {
  const found = parseMoment('23:59', new Date(2026, 10, 21, 12).getTime());
  assert.equal(found, new Date(2026, 10, 20, 23, 59).getTime());
});

test('reads ranges, moving and fixed', () => {
  assert.deepEqual(parseRange('now-1h', now), { from: now - 3_600_000, to: now, moving: true });
  assert.deepEqual(parseRange(fixedText(now - 1000, now), now), { from: now - 1000, to: now, moving: false });
  assert.equal(parseRange('now..now-1h', now), undefined);
  assert.equal(parseRange('nonsense', now), undefined);
});

test('writes spans in their largest whole unit', () => {
  assert.deepEqual([90_000, 3_600_000, 86_400_000, 5_400_000, 1500].map(spanText), ['90s', '1h', '1d', '90m', '1500ms']);
  assert.equal(rangeWords('now-5m'), 'Last 5 min');
  assert.equal(rangeWords('14:02..14:28'), undefined);
});
