import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { PipelineAnswer, PipelineNode } from '../../main/web/api/pipeline.ts';
import { edgeRate, fullest, fullIn, lossesOf, nodeRate, pictureOf, sumsOf } from '../../main/web/pages/pipeline/flow.ts';

const node = (id: string, kind: PipelineNode['kind'], more: Partial<PipelineNode> = {}): PipelineNode => ({ id, kind, name: id, pipeline: null, queue: null, ...more });
const edge = (from: string, to: string, offered: number, dropped = {}) => ({ from, to, offered, delivered: offered, dropped, waiting: 0, signal: 'traces' });

function answer(seconds: number, waiting: number): PipelineAnswer {
  return {
    time: seconds * 1000, configuration: [], consistent: true,
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
