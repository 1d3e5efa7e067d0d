// Telemetry that means no good: markup, control characters, a megabyte, ten thousand attributes, a cycle of parents.
import { attributes, post } from './otlp.mjs';

const id = 'deadbeefdeadbeefdeadbeefdeadbeef';
/** A name that breaks addresses and markup. */
export const NAME = 'a/b <i>&%2F?';
const resource = { attributes: attributes({ 'service.name': 'hostile' }) };
const broken = { attributes: attributes({ 'service.name': NAME, 'service.version': '"><img src=x onerror=alert(1)>' }) };

export async function sendHostile(base, end) {
  const at = (seconds) => String(end - BigInt(seconds) * 1_000_000_000n);
  const many = Array.from({ length: 10_000 }, (_, index) => ({ key: `key.${index}`, value: { stringValue: `value ${index}` } }));
  const span = (number, parent, name, attributes = []) => ({
    traceId: id, spanId: `00000000000000a${number}`, parentSpanId: `00000000000000a${parent}`, name, kind: 1,
    startTimeUnixNano: at(30), endTimeUnixNano: at(29), attributes, status: { code: 2, message: '"><b>bold</b>' },
  });
  await post(base, '/v1/traces', {
    resourceSpans: [{ resource, scopeSpans: [{ spans: [span(1, 3, '<script>alert(1)</script>', many), span(2, 1, 'a\u0000b\u001b[31mc\u202e', []), span(3, 2, 'x'.repeat(100_000))] }] }, { resource: broken, scopeSpans: [{ spans: [{ ...span(4, 1, '</svg><b>{{7*7}}'), kind: 2 }] }] }],
  });
  const record = (text, attributes = []) => ({ timeUnixNano: at(20), severityText: 'ERROR', severityNumber: 17, body: { stringValue: text }, attributes });
  await post(base, '/v1/logs', {
    resourceLogs: [{ resource, scopeLogs: [{ logRecords: [record('<img src=x onerror=alert(1)>', many.slice(0, 100)), record('m'.repeat(1_000_000)), record('line one\nline two\u0007')] }] }],
  });
}
