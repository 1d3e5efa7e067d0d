// A small shop as telemetry: storefront → orders → inventory and payments, one of ten checkouts failing in payments for
// one region. Everything is computed from the index of the checkout, so that a test knows what it will find.

import { attributes, hex, post } from './otlp.mjs';

const SECOND = 1_000_000_000n;
/** The id of the trace of checkout `index`. */
export const traceId = (index) => `4bf92f3577b34da6a3ce${hex(index + 1, 12)}`;
export const spanId = (index, number) => hex((index + 1) * 256 + number, 16);
export const failing = (index) => index % 10 === 3;

const services = {
  storefront: { 'service.name': 'storefront', 'service.version': '3.1.0' },
  orders: { 'service.name': 'orders', 'service.version': '2.14.0' },
  inventory: { 'service.name': 'inventory', 'service.version': '1.2.0' },
  payments: { 'service.name': 'payments', 'service.version': '1.9.2', 'k8s.pod.name': 'payments-7c9d-x2lqp' },
};

function spans(index, start) {
  const failed = failing(index);
  const at = (millis) => String(start + BigInt(Math.round(millis * 1000)) * 1000n);
  const wait = failed ? 2600 + (index % 7) * 90 : 120 + (index % 11) * 9;
  const region = failed ? 'eu-south' : ['eu-west', 'us-east'][index % 2];
  const span = (number, parent, service, name, kind, from, to, more = {}, error = '') => ({
    service,
    span: {
      traceId: traceId(index),
      spanId: spanId(index, number),
      ...(parent === 0 ? {} : { parentSpanId: spanId(index, parent) }),
      name,
      kind,
      startTimeUnixNano: at(from),
      endTimeUnixNano: at(to),
      attributes: attributes(more),
      ...(error ? { status: { code: 2, message: error } } : {}),
    },
  });
  const end = wait + 90;
  const list = [
    span(1, 0, 'storefront', 'POST /checkout', 2, 0, end, { 'http.request.method': 'POST', 'url.path': '/checkout', 'http.response.status_code': failed ? 502 : 200 }, failed ? 'checkout failed' : ''),
    span(2, 1, 'storefront', 'POST /orders', 3, 6, end - 8, { 'server.address': 'orders' }, failed ? 'HTTP 502' : ''),
    span(3, 2, 'orders', 'POST /orders', 2, 9, end - 11, { 'order.id': `o-${48000 + index}` }, failed ? 'payment not authorised' : ''),
    span(4, 3, 'inventory', 'POST /reserve', 2, 14, 52, { 'order.items': 3 }),
    span(6, 3, 'payments', 'POST /v1/authorize', 2, 60, 60 + wait, { 'payment.region': region, 'payment.provider': 'paystream' }, failed ? 'paystream answered 504' : ''),
    span(7, 6, 'payments', 'POST /charges', 3, 64, 56 + wait, { 'payment.region': region, 'server.address': `psp-${region}.example`, 'http.response.status_code': failed ? 504 : 200 }, failed ? '504 Gateway Timeout' : ''),
  ];
  for (let row = 0; row < 24; row++) {
    list.push(span(20 + row, 4, 'inventory', 'SELECT stock', 3, 15 + row * 1.4, 16 + row * 1.4, { 'db.system': 'postgresql' }));
  }
  if (failed) {
    const charge = list.find((one) => one.span.spanId === spanId(index, 7)).span;
    charge.events = [{
      timeUnixNano: at(50 + wait),
      name: 'exception',
      attributes: attributes({
        'exception.type': 'GatewayTimeout',
        'exception.message': `504 after ${wait - 8} ms`,
        'exception.stacktrace': 'shop.payments.GatewayTimeout: 504\n\tat shop.payments.Charges.post(Charges.java:88)\n\tat io.netty.channel.Loop.run(Loop.java:1)',
      }),
    }];
  }
  return list;
}

function lines(index, start) {
  const failed = failing(index);
  const wait = failed ? 2600 + (index % 7) * 90 : 120;
  const line = (service, number, after, severity, text, more = {}) => ({
    service,
    record: {
      timeUnixNano: String(start + BigInt(Math.round(after)) * 1_000_000n),
      severityNumber: { INFO: 9, WARN: 13, ERROR: 17 }[severity],
      severityText: severity,
      body: { stringValue: text },
      traceId: traceId(index),
      spanId: spanId(index, number),
      attributes: attributes({ 'order.id': `o-${48000 + index}`, ...more }),
    },
  });
  return failed
    ? [
        line('payments', 7, 900, 'WARN', `retry 1 in 200 ms: paystream 504, order=o-${48000 + index} region=eu-south`, { 'retry.count': 1, 'payment.region': 'eu-south' }),
        line('payments', 7, wait + 50, 'ERROR', `paystream answered 504 after ${wait} ms, order=o-${48000 + index} region=eu-south`, { 'payment.region': 'eu-south', 'error.type': 'GatewayTimeout' }),
        line('orders', 3, wait + 70, 'ERROR', `payment not authorised, giving up order=o-${48000 + index} region=eu-south`, { 'error.type': 'PaymentTimeout' }),
      ]
    : [
        line('inventory', 4, 40, 'INFO', `reserved 3 items for order=o-${48000 + index}`),
        line('orders', 3, 250, 'INFO', `order o-${48000 + index} is paid`),
      ];
}

function grouped(items, scopeKey, field) {
  return Object.entries(services).map(([name, resource]) => ({
    resource: { attributes: attributes(resource) },
    [scopeKey]: [{ scope: { name: 'shop' }, [field]: items.filter((item) => item.service === name).map((item) => item.span ?? item.record) }],
  }));
}

const BOUNDS = [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

/** Sends `checkouts` checkouts, evenly over the `minutes` before `end` (nanoseconds). */
export async function send(base, { checkouts, minutes, end }) {
  const step = (BigInt(minutes) * 60n * SECOND) / BigInt(checkouts);
  const startOf = (index) => end - BigInt(checkouts - index) * step - 4n * SECOND;
  const every = Array.from({ length: checkouts }, (_, index) => index);
  for (let from = 0; from < checkouts; from += 200) {
    const part = every.slice(from, from + 200);
    await post(base, '/v1/traces', { resourceSpans: grouped(part.flatMap((index) => spans(index, startOf(index))), 'scopeSpans', 'spans') });
    await post(base, '/v1/logs', { resourceLogs: grouped(part.flatMap((index) => lines(index, startOf(index))), 'scopeLogs', 'logRecords') });
  }
  await metrics(base, every, startOf, { minutes, end });
}

async function metrics(base, every, startOf, { minutes, end }) {
  const begin = end - BigInt(minutes) * 60n * SECOND - 60n * SECOND;
  const states = { 'eu-south': fresh(), 'eu-west': fresh(), 'us-east': fresh() };
  const points = [];
  let next = 0;
  for (let at = begin + 15n * SECOND; at <= end; at += 15n * SECOND) {
    const slowest = {};
    for (; next < every.length && startOf(next) + 3n * SECOND <= at; next++) {
      const failed = failing(next);
      const region = failed ? 'eu-south' : ['eu-west', 'us-east'][next % 2];
      const seconds = (failed ? 2600 + (next % 7) * 90 : 120 + (next % 11) * 9) / 1000;
      const state = states[region];
      state.count += 1;
      state.sum += seconds;
      state.buckets[BOUNDS.findIndex((bound) => seconds <= bound)] += 1;
      if (!slowest[region] || slowest[region].seconds < seconds) slowest[region] = { seconds, index: next };
    }
    for (const [region, state] of Object.entries(states)) {
      points.push({
        attributes: attributes({ 'payment.region': region }),
        startTimeUnixNano: String(begin),
        timeUnixNano: String(at),
        count: String(state.count),
        sum: state.sum,
        bucketCounts: state.buckets.map(String),
        explicitBounds: BOUNDS,
        exemplars: slowest[region]
          ? [{ timeUnixNano: String(startOf(slowest[region].index) + 3n * SECOND), asDouble: slowest[region].seconds, traceId: traceId(slowest[region].index), spanId: spanId(slowest[region].index, 6) }]
          : [],
      });
    }
  }
  for (let from = 0; from < points.length; from += 600) {
    await post(base, '/v1/metrics', {
      resourceMetrics: [{
        resource: { attributes: attributes(services.payments) },
        scopeMetrics: [{ scope: { name: 'shop' }, metrics: [{
          name: 'payment.authorize.duration',
          description: 'Time from the authorize call to the answer of the provider.',
          unit: 's',
          histogram: { aggregationTemporality: 2, dataPoints: points.slice(from, from + 600) },
        }] }],
      }],
    });
  }
}

const fresh = () => ({ count: 0, sum: 0, buckets: Array(BOUNDS.length + 1).fill(0) });

/** One trace of `count` spans: batches below a root, each with many statements, one of them slow. */
export async function sendLargeTrace(base, { count, end, id }) {
  const start = end - 200n * SECOND;
  const items = [];
  const add = (number, parent, name, from, to, error) => items.push({
    service: number % 3 === 0 ? 'inventory' : 'orders',
    span: {
      traceId: id, spanId: hex(number, 16), ...(parent ? { parentSpanId: hex(parent, 16) } : {}), name, kind: 1,
      startTimeUnixNano: String(start + BigInt(Math.round(from * 1e6))), endTimeUnixNano: String(start + BigInt(Math.round(to * 1e6))),
      ...(error ? { status: { code: 2, message: error } } : {}),
    },
  });
  add(1, 0, 'job reprice', 0, 184_000);
  const batches = Math.ceil((count - 1) / 50);
  const width = 180_000 / batches;
  let number = 2;
  for (let batch = 0; batch < batches && number <= count; batch++) {
    const parent = number++;
    const from = 500 + batch * width;
    add(parent, 1, 'reprice batch', from, from + width * 0.95);
    for (let row = 0; row < 49 && number <= count; row++) {
      const at = from + (row * width * 0.9) / 49;
      add(number++, parent, 'UPDATE item SET price', at, at + width * 0.015, batch === 117 && row === 7 ? 'lock timeout' : '');
    }
  }
  for (let from = 0; from < items.length; from += 2000) {
    await post(base, '/v1/traces', { resourceSpans: grouped(items.slice(from, from + 2000), 'scopeSpans', 'spans') });
  }
}

if (process.argv[1]?.endsWith('shop.mjs')) {
  const end = BigInt(Date.now()) * 1_000_000n;
  await send(process.argv[2], { checkouts: Number(process.argv[3] ?? 600), minutes: Number(process.argv[4] ?? 55), end });
  await sendLargeTrace(process.argv[2], { count: 10_000, end, id: '00000000000000000000000000010000' });
}
