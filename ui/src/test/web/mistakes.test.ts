import assert from 'node:assert/strict';
import { test } from 'node:test';
import { USUAL } from '../../main/web/pages/connect/doors.ts';
import { mistakes } from '../../main/web/pages/connect/mistakes.ts';

const one = (port: string, sent: string, path: string) => mistakes([{ port, sent, path, requests: 3 }], 'shop-7', USUAL)[0];

test('names the port that the protocol belongs to', () => {
  assert.match(one('grpc', 'http', '')?.what ?? '', /^3 requests by HTTP came to the port of gRPC$/);
  assert.match(one('grpc', 'http', '')?.mend ?? '', /shop-7:4318/);
  assert.match(one('http', 'grpc', '')?.mend ?? '', /shop-7:4317/);
});

test('tells of OTLP that came to the port of an API', () => {
  assert.match(one('UI, all APIs', 'http', '')?.what ?? '', /^3 requests of OTLP came to the port of UI$/);
  assert.match(one('Prometheus API', 'grpc', '')?.mend ?? '', /shop-7:4317/);
});

test('tells what makes a path too long or too short', () => {
  assert.match(one('http', 'http', '/v1/traces/v1/traces')?.mend ?? '', /ends before \/v1\/traces:/);
  assert.match(one('http', 'http', '/v1/v1/logs')?.mend ?? '', /ends before \/v1:/);
  assert.match(one('http', 'http', '/')?.mend ?? '', /OTEL_EXPORTER_OTLP_TRACES_ENDPOINT/);
  assert.match(one('http', 'http', 'other')?.what ?? '', /a path that nobody answers/);
});
