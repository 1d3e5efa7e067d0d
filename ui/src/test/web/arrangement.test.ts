import assert from 'node:assert/strict';
import { test } from 'node:test';
import { AS_AT_FIRST, inPlace, leastWidth, moved, readArrangement, type TableColumn, template, widened } from '../../main/web/parts/arrangement.ts';

const COLUMNS: readonly TableColumn<string>[] = [
  { key: 'name', text: 'Name', width: 120, grow: 3 },
  { key: 'rate', text: 'Rate', width: 60, number: true },
  { key: 'errors', text: 'Errors', width: 70, grow: 1 },
];

const keys = (columns: readonly { key: string }[]) => columns.map(({ key }) => key).join(' ');

test('lets columns grow until the reader gives them a width', () => {
  assert.equal(template(COLUMNS, AS_AT_FIRST), 'minmax(120px,3fr) 60px minmax(70px,1fr)');
  const wider = widened(widened(AS_AT_FIRST, 'name', 300.4), 'rate', 90);
  assert.equal(template(COLUMNS, wider), '300px 90px minmax(70px,1fr)');
  assert.equal(leastWidth(COLUMNS, wider) - leastWidth(COLUMNS, AS_AT_FIRST), 180 + 30);
});

test('keeps a column wide enough to take hold of, and narrow enough to come back to', () => {
  assert.deepEqual(widened(AS_AT_FIRST, 'rate', -40).widths, { rate: 32 });
  assert.deepEqual(widened(AS_AT_FIRST, 'rate', 1e9).widths, { rate: 1600 });
});

test('puts a column where another is, either way', () => {
  assert.equal(keys(inPlace(COLUMNS, moved(COLUMNS, AS_AT_FIRST, 'name', 'errors'))), 'rate errors name');
  assert.equal(keys(inPlace(COLUMNS, moved(COLUMNS, AS_AT_FIRST, 'errors', 'name'))), 'errors name rate');
  assert.equal(moved(COLUMNS, AS_AT_FIRST, 'gone', 'name'), AS_AT_FIRST);
});

test('places columns that came later, and forgets those that went', () => {
  const kept = readArrangement({ order: ['errors', 'gone', 'name'], widths: {} });
  assert.equal(keys(inPlace(COLUMNS, kept)), 'errors name rate');
  assert.equal(keys(inPlace([{ key: 'first' }, ...COLUMNS], kept)), 'first errors name rate');
});

test('takes nothing from storage that is no arrangement', () => {
  for (const broken of [null, 'x', 7, [], {}, { order: 'name', widths: [] }, { order: [1, null], widths: { name: 'wide', rate: -1, errors: 1e9 } }]) assert.deepEqual(readArrangement(broken), AS_AT_FIRST);
});
