import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ExceptionGroup } from '../../main/web/api/insight.ts';
import { chipsOf, titleOf } from '../../main/web/pages/traces/exceptions.ts';
import { chosenSpans, listQuery } from '../../main/web/pages/traces/list.ts';
import { traceql } from '../../main/web/state/filter.ts';

const group = (more: Partial<ExceptionGroup>): ExceptionGroup => ({ type: 'T', message: 'm', others: false, count: 1, firstSeen: 0, lastSeen: 0, services: [], traceId: '1', spanId: '2', counts: [], ...more });

test('filters to the spans with an exception by its type and the first line of its message', () => {
  assert.equal(traceql(chipsOf(group({ type: 'java.io.IOException', message: 'no (more) room' })), ''), '{ event.exception.type = "java.io.IOException" && event.exception.message =~ "(?s)no \\\\(more\\\\) room.*" }');
  assert.deepEqual(chipsOf(group({ type: '', message: '' })), []);
  assert.deepEqual(chipsOf(group({ others: true, message: '' })).map((chip) => chip.key), ['event:exception.type']);
  assert.equal(titleOf(group({ type: '' })), 'no type: m');
  assert.notEqual(titleOf(group({ others: true, message: '' })), titleOf(group({ message: '' })));
});

test('puts together the spans of the box, or those set apart, as the list does', () => {
  const box = { from: 0, to: 1, least: 100, most: 200 };
  assert.equal(chosenSpans('{ }', box, '{ name = "a" }'), '{ duration >= 100000000ns && duration <= 200000000ns }');
  assert.equal(chosenSpans('{ kind = server }', undefined, '{ name = "a" }'), '{ (kind = server) && ( name = "a" ) }');
  assert.equal(chosenSpans('{ kind = server }', undefined, undefined), '{ kind = server }');
  assert.match(listQuery('{ }', 'roots', box, undefined, undefined), /^\{ \(nestedSetParent < 0\) && duration .* \| select\(/);
});
