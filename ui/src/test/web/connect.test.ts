import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { PipelineAnswer } from '../../main/web/api/pipeline.ts';
import { doorsOf, USUAL } from '../../main/web/pages/connect/doors.ts';
import { coloured, snippets } from '../../main/web/pages/connect/snippets.ts';

const answer = (...receivers: readonly (readonly [string, string])[]) =>
  ({ nodes: receivers.map(([name, detail]) => ({ id: `receiver/${name}`, kind: 'receiver', name, detail })) }) as unknown as PipelineAnswer;

test('finds the ports that the receivers take, the user’s before the built in ones', () => {
  assert.deepEqual(doorsOf(answer(['otlp/pharos', 'grpc localhost:4317, http localhost:4318'])), USUAL);
  assert.deepEqual(doorsOf(answer(['otlp/pharos', 'grpc localhost:4317, http localhost:4318'], ['otlp', 'grpc 0.0.0.0:5317, http [::]:5318'])), { grpc: 5317, http: 5318, reachable: true });
  assert.deepEqual(doorsOf(answer(['otlp', 'http 127.0.0.1:24018'])), { grpc: 4317, http: 24018, reachable: false });
  assert.deepEqual(doorsOf(answer(['otlp', 'grpc localhost:0, http localhost:0'], ['self/pharos', ''])), USUAL);
});

test('sends every language to the port of the protocol that it is told to speak', () => {
  for (const { name, lines } of snippets('shop-7', { grpc: 5317, http: 5318, reachable: true })) {
    const text = lines.join('\n');
    assert.match(text, /shop-7:531[78]/, name);
    const protocol = /OTEL_EXPORTER_OTLP_PROTOCOL=(\S+)/.exec(text)?.[1];
    if (protocol) assert.match(text, protocol === 'grpc' ? /ENDPOINT=http:\/\/shop-7:5317/ : /ENDPOINT=http:\/\/shop-7:5318/, name);
    if (!['curl', 'Collector'].includes(name)) assert.match(text, /OTEL_SERVICE_NAME=shop/, name);
  }
});

test('colours values and options without losing a character', () => {
  for (const { lines } of snippets('h', USUAL)) for (const line of lines) assert.equal(coloured(line).map((piece) => piece.text).join(''), line);
  assert.deepEqual(coloured('export OTEL_SERVICE_NAME=shop').filter((piece) => piece.kind), [{ text: 'shop', kind: 'k2' }]);
  assert.deepEqual(coloured('java -javaagent:a.jar -jar b.jar').filter((piece) => piece.kind).map((piece) => piece.text), ['-javaagent:a.jar', '-jar']);
});
