import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { PipelineAnswer, PipelineNode } from '../../main/web/api/pipeline.ts';
import { course, detailWords, edgeRate, faultsOf, fullest, fullIn, lossesOf, lossRate, missingWords, nodeRate, pictureOf, sumsOf } from '../../main/web/pages/pipeline/flow.ts';
import { verdictOf } from '../../main/web/pages/pipeline/verdict.ts';
import { pieces, placed, positionWords } from '../../main/web/pages/pipeline/yaml.ts';

const node = (id: string, kind: PipelineNode['kind'], more: Partial<PipelineNode> = {}): PipelineNode => ({ id, kind, name: id, pipeline: null, detail: '', position: null, queue: null, sending: null, ...more });
const edge = (from: string, to: string, offered: number, dropped = {}) => ({ from, to, offered, delivered: offered, dropped, waiting: 0, signal: 'traces' });

function answer(seconds: number, waiting: number): PipelineAnswer {
  return {
    time: seconds * 1000, configuration: [], reload: { takenUp: 0, refused: null }, consistent: true, missing: [],
    nodes: [
      node('in', 'receiver', { accepted: seconds * 10, refused: { 'bad id': 3 } }),
      node('second', 'processor', { pipeline: 'traces' }),
      node('first', 'processor', { pipeline: 'traces' }),
      node('out', 'exporter', { queue: { size: waiting, capacity: 100, sizer: 'requests' } }),
    ],
    edges: [edge('in', 'first', seconds * 10), edge('first', 'second', seconds * 10), edge('second', 'out', seconds * 8, { filtered: 20 })],
  };
}

test('makes rates of two answers, and none of one', () => {
  const [before, after] = [answer(10, 0), answer(14, 0)];
  const way = after.edges[2];
  assert.ok(way);
  assert.equal(edgeRate(before, after, way), 8);
  assert.equal(edgeRate(undefined, after, way), 0);
  assert.equal(edgeRate(after, before, way), 0);
  assert.equal(nodeRate(before, after, after.nodes[0] as PipelineNode), 10);
  assert.deepEqual(sumsOf(before, after), { into: 10, out: 8, lost: 23, waiting: 0 });
});

test('names what is lost at a node by its cause, the most first', () => {
  const one = answer(10, 0);
  assert.deepEqual(lossesOf(one, one.nodes[0] as PipelineNode), [{ cause: 'bad id', kind: 'refused', items: 3 }]);
  assert.deepEqual(lossesOf(one, one.nodes[3] as PipelineNode), [{ cause: 'filtered', kind: 'dropped', items: 20 }]);
});

test('tells which queue fills up, and when it will be full', () => {
  const answers = [answer(10, 40), answer(20, 60)];
  assert.equal(fullest(answers[1] as PipelineAnswer)?.id, 'out');
  assert.equal(fullIn(answers, 'out'), 20);
  assert.equal(fullIn([...answers].reverse(), 'out'), undefined);
  assert.equal(fullest(answer(10, 40)), undefined);
});

test('puts processors in the order in which they are passed, between receivers and exporters', () => {
  const { places, lanes } = pictureOf(answer(10, 0), { width: 900, height: 500 });
  const x = (id: string) => places.get(id)?.x ?? -1;
  assert.ok(x('in') < x('first') && x('first') < x('second') && x('second') < x('out'));
  assert.deepEqual(lanes.map((lane) => lane.name), ['traces']);
});

const SENDING = { retries: { 429: 412, 'no connection': 6 }, retrying: 2, nextTry: 13_000, oldest: 1000, lastError: { time: 9000, message: 'away', repeated: true } };

test('knows the rate of a receiver that counts nothing by what it hands on, once for several pipelines', () => {
  const of = (seconds: number) => ({ ...answer(seconds, 0), nodes: [node('in', 'receiver')], edges: [edge('in', 'a', seconds * 10), edge('in', 'b', seconds * 10)] });
  assert.equal(nodeRate(of(10), of(14), node('in', 'receiver')), 10);
});

test('gives the course of a node, and of what is lost at it', () => {
  const answers = [answer(10, 0), answer(12, 0), answer(14, 0)];
  const rising = answers.map((one, index) => ({ ...one, nodes: [node('in', 'receiver', { refused: { full: index * 8 } })] }));
  assert.deepEqual(course(answers, 'in'), [null, 10, 10]);
  assert.deepEqual(course(rising, 'in', lossRate), [null, 4, 4]);
});

test('lists faults where they happened, losses before what was sent again', () => {
  const one = { ...answer(10, 0), nodes: [node('in', 'receiver', { refused: { 'bad id': 3 } }), node('out', 'exporter', { sending: SENDING, refused: { unreachable: 7 } })], edges: [] };
  assert.deepEqual(faultsOf(one).map(({ cause, amount, outcome }) => [cause, amount, outcome]), [
    ['unreachable', 7, 'lost'], ['bad id', 3, 'refused'], ['429 Too Many Requests', 412, 'sent again'], ['no connection', 6, 'sent again'],
  ]);
});

test('says what a backend answers and when it is asked again, until nothing is waiting', () => {
  const far = node('far', 'exporter', { detail: 'https://far:4318', sending: SENDING });
  assert.deepEqual(verdictOf(far, [], undefined, 10_000), { first: '2 batches wait for the next try.', then: 'https://far:4318 answers 429 Too Many Requests, next try in 3 s. Nothing is lost yet.', tone: 'warn' });
  const away = node('far', 'exporter', { detail: 'far', sending: { ...SENDING, retries: { 'no connection': 1 }, nextTry: null } });
  assert.equal(verdictOf(away, [], undefined, 10_000).then, 'far: no connection. Nothing is lost yet.');
  assert.match(verdictOf(far, [{ cause: 'unreachable', items: 1, kind: 'refused' }], undefined, 10_000).then, /1 item was lost since the start\.$/);
  assert.equal(verdictOf({ ...far, sending: { ...SENDING, retrying: 0, nextTry: null } }, [], undefined, 0).tone, 'calm');
  const filling = { ...far, queue: { size: 80, capacity: 100, sizer: 'requests' as const } };
  assert.deepEqual(verdictOf(filling, [], 240, 10_000).first, 'Queue full in 4 min.');
  assert.equal(verdictOf(node('in', 'receiver'), [{ cause: 'bad id', items: 3, kind: 'refused' }], undefined, 0).tone, 'error');
});

test('names where the books do not add up', () => {
  assert.equal(missingWords(answer(10, 0)), undefined);
  const one = { ...answer(10, 0), missing: [{ from: 'in', to: null, signal: null, items: 4 }, { from: 'in', to: 'out', signal: 'logs', items: -1 }] };
  assert.equal(missingWords(one), 'The counters do not add up at receiver in: 4 items are missing, and at 1 more');
});

test('writes addresses of this machine by their port', () => {
  assert.equal(detailWords(node('a', 'receiver', { detail: 'grpc localhost:4317, http 127.0.0.1:4318' })), 'grpc 4317, http 4318');
  assert.equal(detailWords(node('a', 'exporter', { detail: 'https://far.example:4318' })), 'far.example:4318');
  assert.equal(detailWords(node('a', 'exporter', { detail: 'http://127.0.0.1:4999' })), '127.0.0.1:4999');
  assert.equal(detailWords(node('a', 'exporter')), 'exporter');
});

test('colours YAML without losing a character, and knows which lines are of which component', () => {
  const yaml = 'exporters:\n    otlp/far:\n        endpoint: far:4317\n        headers:\n            "a: b": "[REDACTED]"\n        list:\n            - key: x\n            - plain\nservice:\n    telemetry: {}\n';
  for (const line of [...yaml.split('\n'), 'a: "x: y"', '  - "#1"', '\t<b>: 1']) assert.equal(pieces(line).map((piece) => piece.text).join(''), line);
  assert.deepEqual(pieces('  size: 74000'), [{ text: '  ' }, { text: 'size', kind: 'k1' }, { text: ':' }, { text: ' 74000', kind: 'k4' }]);
  const lines = placed(yaml);
  assert.deepEqual(lines.map((line) => line.name), [undefined, 'otlp/far', 'otlp/far', 'otlp/far', 'otlp/far', 'otlp/far', 'otlp/far', 'otlp/far', undefined, undefined]);
  assert.equal(lines[1]?.first, true);
  assert.equal(positionWords('/etc/pharos/gateway.yaml:84:3'), 'gateway.yaml, line 84');
  assert.equal(positionWords('pharos:default:12:3'), 'built in, line 12');
  assert.equal(positionWords(null), 'by default');
});

test('keeps the lanes of several pipelines apart, however low the page is', () => {
  const two = { ...answer(10, 0), nodes: [...answer(10, 0).nodes, node('third', 'processor', { pipeline: 'logs' })] };
  const lanes = pictureOf(two, { width: 600, height: 100 }).lanes;
  assert.ok((lanes[0]?.y ?? 0) + (lanes[0]?.height ?? 0) <= (lanes[1]?.y ?? 0), JSON.stringify(lanes));
});
