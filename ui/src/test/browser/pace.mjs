// Measures the budgets of the pages over a product that runs, and prints them as a table:
// node pace.mjs http://localhost:3000 http://localhost:4318 (UI, OTLP over HTTP); CHROMIUM names the browser. It sends the
// shop, a trace of 10,000 spans and 100,000 lines first; without the second address it takes them for sent. Frames are
// those of a browser that paints without a GPU.
import { chromium } from 'playwright-core';
import { attributes, post } from './otlp.mjs';
import { failing, send, sendLargeTrace, traceId } from './shop.mjs';

const [ui, otlp] = process.argv.slice(2);
const LARGE = '00000000000000000000000000010000';
const LINES = 100_000;
const LOADS = 5;
const FRAMES = 120;
const range = 't=now-1h&live=off';

const sorted = (values) => [...values].sort((one, other) => one - other);
const median = (values) => sorted(values)[values.length >> 1];
const high = (values) => sorted(values)[Math.floor(values.length * 0.95)];
const row = (what, found, budget) => console.log(`| ${what} | ${found} | ${budget} |`);
const ms = (value) => `${value < 10 ? value.toFixed(1) : value.toFixed(0)} ms`;

async function sendLines(end) {
  for (let from = 0; from < LINES; from += 5000) {
    const logRecords = Array.from({ length: 5000 }, (_, at) => ({
      timeUnixNano: String(end - BigInt(LINES - from - at) * 20_000_000n),
      severityNumber: at % 50 === 0 ? 17 : 9, severityText: at % 50 === 0 ? 'ERROR' : 'INFO',
      body: { stringValue: `GET /items/${from + at} answered ${at % 50 === 0 ? 500 : 200} in ${at % 90} ms, 3 rows, cache ${at % 7 === 0 ? 'miss' : 'hit'}` },
    }));
    await post(otlp, '/v1/logs', { resourceLogs: [{ resource: { attributes: attributes({ 'service.name': 'many' }) }, scopeLogs: [{ logRecords }] }] });
  }
}

const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: ['--no-sandbox', '--disable-gpu'] });
const context = () => browser.newContext({ viewport: { width: 1440, height: 900 }, timezoneId: 'UTC' });

/** Loads a page with an empty cache; when it painted first, and when its first rows were there. */
async function load(address, rows) {
  const made = await context();
  const page = await made.newPage();
  await page.addInitScript((wanted) => {
    const look = () => (document.querySelector(wanted) ? (globalThis.rowsAt = performance.now()) : requestAnimationFrame(look));
    look();
  }, rows);
  await page.goto(ui + address);
  await page.waitForFunction(() => globalThis.rowsAt !== undefined);
  const found = await page.evaluate(() => ({
    paint: performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? Number.NaN,
    rows: globalThis.rowsAt,
    bytes: performance.getEntriesByType('resource').filter((one) => /\.(js|css)$/.test(one.name)).reduce((sum, one) => sum + one.transferSize, performance.getEntriesByType('navigation')[0].transferSize),
  }));
  await made.close();
  return found;
}

/** Clicks what `from` names, and returns how long it took until `rows` was there. */
const pivot = (page, from, rows) => page.evaluate(([link, wanted]) => new Promise((resolve, reject) => {
  const began = performance.now();
  setTimeout(() => reject(new Error(`${link} leads to no ${wanted} within 10 s`)), 10_000);
  const look = () => (document.querySelector(wanted) ? resolve(performance.now() - began) : requestAnimationFrame(look));
  document.querySelector(link).click();
  look();
}), [from, rows]);

/** The times between frames while a list scrolls by `step` pixels a frame. */
const scroll = (page, list, step) => page.evaluate(async ([name, by, frames]) => {
  const box = document.querySelector(`[aria-label="${name}"]`);
  const gaps = [];
  let last = await new Promise(requestAnimationFrame);
  for (let at = 0; at < frames; at++) {
    box.scrollTop += by;
    const now = await new Promise(requestAnimationFrame);
    gaps.push(now - last);
    last = now;
  }
  return gaps;
}, [list, step, FRAMES]);

/** What moving the pointer over an element costs the page: from each event until its effects are laid out. */
const hover = (page, selector) => page.evaluate(async ([wanted, frames]) => {
  const target = document.querySelector(wanted);
  const box = target.getBoundingClientRect();
  const costs = [];
  for (let at = 0; at < frames; at++) {
    await new Promise(requestAnimationFrame);
    const began = performance.now();
    target.dispatchEvent(new PointerEvent('pointermove', { bubbles: true, clientX: box.left + 60 + ((box.width - 80) * at) / frames, clientY: box.top + box.height / 2 }));
    await Promise.resolve();
    document.body.getBoundingClientRect();
    costs.push(performance.now() - began);
  }
  return costs;
}, [selector, FRAMES]);

if (otlp) {
  const end = BigInt(Date.now()) * 1_000_000n;
  await send(otlp, { checkouts: 600, minutes: 55, end });
  await sendLargeTrace(otlp, { count: 10_000, end, id: LARGE });
  await sendLines(end);
}
await load(`/?${range}`, '[aria-rowindex]');

console.log('| what | found | budget |\n|---|---|---|');
const loads = [];
for (let at = 0; at < LOADS; at++) loads.push(await load(`/?${range}`, '[aria-rowindex]'));
row('overview: first paint, median of 5 with an empty cache', ms(median(loads.map((one) => one.paint))), '500 ms');
row('overview: interactive, its services listed', ms(median(loads.map((one) => one.rows))), '1 s');
row('overview: over the wire', `${(loads[0].bytes / 1024).toFixed(0)} KiB`, '150 KiB');

const page = await (await context()).newPage();
const failed = traceId([...Array(600).keys()].filter(failing).at(-2));
const PIVOTS = [
  ['service → its traces', `/services/payments?${range}`, '.page-head a[href^="/traces"]', '[aria-label="Traces"] a[data-row]'],
  ['trace in the list → its spans', `/traces?${range}&f=service.name%3Dpayments`, '[aria-label="Traces"] a[data-row]', '[aria-label="Spans of the trace"] .row'],
  ['span → its logs', `/trace/${failed}?${range}`, '[aria-label="Span"] .ways a[href^="/logs"]', '[aria-label="Log lines"] .row'],
  ['log line → trace at its span', `/logs?${range}&f=service.name%3Dpayments`, '[aria-label="Log lines"] .row a', '[aria-label="Spans of the trace"] .row'],
  ['service → its metrics', `/services/payments?${range}`, '.page-head a[href^="/metrics"]', 'main [aria-label="Metrics"] .row'],
  ['overview → service', `/?${range}`, 'main [role=table] a[href^="/services/"]', 'main [aria-label="Operations"] tbody tr'],
  ['service → the map', `/services/payments?${range}`, '.page-head a[href^="/map"]', 'main svg [role="button"]'],
];
for (const [what, address, from, rows] of PIVOTS) {
  const times = [];
  for (let at = 0; at < 3; at++) {
    await page.goto(ui + address);
    await page.locator(from).first().waitFor();
    await page.waitForLoadState('networkidle');
    times.push(await pivot(page, from, rows));
  }
  row(`pivot: ${what}, median of 3`, ms(median(times)), '300 ms');
}

await page.goto(`${ui}/services/payments?${range}`);
await page.locator('main svg[role="img"]').first().waitFor();
row('hover: charts of a service, 95 of 100', ms(high(await hover(page, 'main svg[role="img"]'))), '16 ms');
await page.goto(`${ui}/traces?${range}`);
await page.locator('[role="application"]').waitFor();
await page.locator('[aria-label="Traces"] a[data-row]').first().waitFor();
row('hover: heat map, 95 of 100', ms(high(await hover(page, '[role="application"]'))), '16 ms');
await page.goto(`${ui}/trace/${LARGE}?${range}&tab=flame`);
await page.locator('[role="application"]').waitFor();
row('hover: flame graph of 10,000 spans, 95 of 100', ms(high(await hover(page, '[role="application"]'))), '16 ms');

await page.goto(`${ui}/trace/${LARGE}?${range}`);
await page.getByText(/rows for 10,000 spans/).waitFor();
while (await page.getByRole('button', { name: 'Unfold', exact: true }).count()) await page.getByRole('button', { name: 'Unfold', exact: true }).first().click();
for (const [speed, step] of [['by the wheel', 120], ['flung', 3000]]) {
  const gaps = await scroll(page, 'Spans of the trace', step);
  row(`frames: 10,000 spans ${speed}, ${step} px a frame, median and 95 of 100`, `${ms(median(gaps))}, ${ms(high(gaps))}`, 'smooth');
}
await page.goto(`${ui}/trace/${LARGE}?${range}&tab=spans`);
await page.locator('[aria-label="Rows of spans"] [role="row"]').first().waitFor();
const listed = await scroll(page, 'Rows of spans', 3000);
row('frames: the table of 10,000 spans flung, 3000 px a frame, median and 95 of 100', `${ms(median(listed))}, ${ms(high(listed))}`, 'smooth');
await page.goto(`${ui}/logs?${range}&f=service.name%3Dmany`);
await page.locator('[aria-label="Log lines"] .row').first().waitFor();
for (let loaded = 0, before = -1; loaded !== before;) {
  before = loaded;
  loaded = await page.evaluate(async () => {
    const box = document.querySelector('[aria-label="Log lines"]');
    for (let wait = 0; wait < 8; wait++) {
      box.scrollTop = box.scrollHeight;
      await new Promise((done) => setTimeout(done, 60));
    }
    return Math.round(box.scrollHeight / 22);
  });
}
await page.evaluate(() => (document.querySelector('[aria-label="Log lines"]').scrollTop = 0));
const loaded = await page.evaluate(() => Math.round(document.querySelector('[aria-label="Log lines"]').scrollHeight / 22));
for (const [speed, step] of [['by the wheel', 120], ['flung', 3000]]) {
  const gaps = await scroll(page, 'Log lines', step);
  row(`frames: ${loaded.toLocaleString('en')} lines ${speed}, ${step} px a frame, median and 95 of 100`, `${ms(median(gaps))}, ${ms(high(gaps))}`, 'smooth');
}
await browser.close();
