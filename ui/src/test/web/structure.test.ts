import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { StructureNode } from '../../main/web/api/insight.ts';
import { chipsOf, placed } from '../../main/web/pages/traces/structure.ts';
import { traceql } from '../../main/web/state/filter.ts';

const node = (parent: number, service: string, name: string): StructureNode => ({ parent, service, name, kind: 'server', spans: 1, traces: 1, errors: 0, nanos: 1, selfNanos: 1, traceId: '1', spanId: '2' });

test('places operations below those that call them, each with a path of its own', () => {
  const nodes = [node(-1, 'web', 'GET'), node(0, 'api', 'GET'), node(1, 'api', 'GET'), node(0, 'db', 'GET'), node(-1, 'api', 'GET')];
  const rows = placed({ traces: 1, oneIn: 1, spans: 5, selfNanos: 5, nodes, found: 5, complete: true });
  assert.deepEqual(rows.map((row) => row.depth), [0, 1, 2, 1, 0]);
  assert.equal(rows[2]?.path, 'web GET server › api GET server › api GET server');
  assert.equal(new Set(rows.map((row) => row.path)).size, 5);
});

test('filters to the spans of an operation', () => {
  assert.equal(traceql(chipsOf(node(-1, 'web', 'GET /a')), ''), '{ resource.service.name = "web" && name = "GET /a" && kind = server }');
  assert.equal(traceql(chipsOf(node(-1, '', 'GET')), ''), '{ name = "GET" && kind = server }');
});
