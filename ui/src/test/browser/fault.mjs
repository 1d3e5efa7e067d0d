// A harbour that is well for most of the time, and slow for one berth in the last minutes. Its names are in no other file,
// so that nothing that finds the fault can know them.
import { attributes, hex, post } from './otlp.mjs';

export const BLAMED = 'pilots';
export const KEY = 'berth.code';
export const VALUE = 'south-3';
const BERTHS = ['north-1', 'north-2', 'south-3', 'west-9'];

const id = (index) => `c0ffee00c0ffee00${hex(index + 1, 16)}`;
const span = (index, number) => hex(0x70000000 + index * 16 + number, 16);

/** Sends an arrival every second for the `minutes` before `end` (nanoseconds), the last `faulty` of these minutes with the fault; the slowest calls leave a line. */
export async function sendFault(base, { minutes, faulty, end }) {
  const seconds = minutes * 60;
  const spans = { harbour: [], pilots: [] };
  const lines = [];
  for (let index = 0; index < seconds; index++) {
    const start = end - BigInt(seconds - index) * 1_000_000_000n - 5_000_000_000n;
    const berth = BERTHS[index % BERTHS.length];
    const slow = berth === VALUE && index >= seconds - faulty * 60;
    const wait = slow ? 1900 + (index % 9) * 40 : 18 + (index % 7) * 3;
    const at = (millis) => String(start + BigInt(Math.round(millis * 1e6)));
    const one = (service, number, parent, name, kind, from, to, more = {}) =>
      spans[service].push({
        traceId: id(index), spanId: span(index, number), ...(parent ? { parentSpanId: span(index, parent) } : {}), name, kind,
        startTimeUnixNano: at(from), endTimeUnixNano: at(to), attributes: attributes(more),
      });
    one('harbour', 1, 0, 'POST /arrivals', 2, 0, wait + 9, { 'http.request.method': 'POST' });
    one('harbour', 2, 1, 'assign pilot', 3, 2, wait + 6, { 'server.address': 'pilots' });
    one('pilots', 3, 2, 'assign pilot', 2, 3, wait + 4, { [KEY]: berth, 'ship.class': ['cargo', 'tanker', 'ferry'][index % 3] });
    if (slow && index % 9 === 8) {
      lines.push({
        timeUnixNano: at(wait), severityNumber: 13, severityText: 'WARN', body: { stringValue: `no pilot within ${wait} ms for berth ${berth}` },
        traceId: id(index), spanId: span(index, 3), attributes: attributes({ [KEY]: berth }),
      });
    }
  }
  const resource = (name) => ({ attributes: attributes({ 'service.name': name, 'service.instance.id': `${name}-0` }) });
  for (let from = 0; from < seconds; from += 600) {
    await post(base, '/v1/traces', {
      resourceSpans: [
        { resource: resource('harbour'), scopeSpans: [{ spans: spans.harbour.slice(from * 2, (from + 600) * 2) }] },
        { resource: resource('pilots'), scopeSpans: [{ spans: spans.pilots.slice(from, from + 600) }] },
      ],
    });
  }
  await post(base, '/v1/logs', { resourceLogs: [{ resource: resource('pilots'), scopeLogs: [{ logRecords: lines }] }] });
}
