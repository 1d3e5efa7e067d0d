// What a newcomer does wrong, as the Connect page tells it, and names that mean no good. Run as walk.test.mjs is.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { launched, soon } from './browser.mjs';
import { sendHostile } from './hostile.mjs';
import { post } from './otlp.mjs';
import { send } from './shop.mjs';

const ui = process.env.PHAROS_UI;
const otlp = process.env.PHAROS_OTLP;
const MINUTES = 20;

let browser;
let page;
let end;

before(async () => {
  end = Date.now();
  const endNanos = BigInt(end) * 1_000_000n;
  await send(otlp, { checkouts: 60, minutes: MINUTES, end: endNanos });
  await sendHostile(otlp, endNanos);
  browser = await launched();
  ({ page } = await browser.opened());
});

after(async () => {
  await browser?.close();
});

/** Sends nothing that anyone takes. */
const stray = async (url) => assert.equal((await fetch(url, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: '{}' })).status, 404);

test('notices OTLP at a wrong path and a wrong port, and services without a name, as they come', async () => {
  await page.goto(`${ui}/connect`);
  const side = page.getByRole('complementary', { name: 'What has arrived' });
  await side.getByText(/ spans, /).waitFor();
  await page.getByRole('contentinfo').getByText(/^store .*, .* free$/).waitFor();
  await stray(`${otlp}/v1/v1/traces`);
  await side.getByText(/came for \/v1\/v1\/traces that nobody answers/).waitFor();
  await side.getByText(/ends before \/v1:/).waitFor();
  await stray(`${ui}/v1/traces`);
  await side.getByText(/of OTLP came to the port of UI/).waitFor();
  const timeUnixNano = String(BigInt(Date.now()) * 1_000_000n);
  const resource = { attributes: [{ key: 'service.name', value: { stringValue: 'unknown_service:node' } }] };
  await post(otlp, '/v1/logs', { resourceLogs: [{ resource, scopeLogs: [{ logRecords: [{ timeUnixNano, body: { stringValue: 'who am I' } }] }] }] });
  await side.getByText('A service came without a name: unknown_service:node').waitFor();
  await post(otlp, '/v1/metrics', { resourceMetrics: [{ scopeMetrics: [{ metrics: [{ name: 'nobodys', gauge: { dataPoints: [{ timeUnixNano, asInt: '1' }] } }] }] }] });
  await side.getByText(/came without the name of a service/).waitFor();
  await side.getByText('Set OTEL_SERVICE_NAME where it starts.').first().waitFor();
});

test('sets errors from a time on apart from all others, and says so', async () => {
  const since = end - (MINUTES / 2) * 60_000;
  await page.goto(`${ui}/traces?t=now-1h&live=off&f=service.name%3Dpayments&by=errors&since=${new Date(since).toISOString()}`);
  const side = page.getByRole('region', { name: 'Comparison' });
  const told = async (words) => Number(new RegExp(`^${words}, ([\\d,]+) spans`).exec(await side.getByText(new RegExp(`^${words}, `)).innerText())[1].replace(',', ''));
  const late = await told('failed since \\d\\d:\\d\\d');
  assert.ok(late > 0);
  await side.getByRole('button', { name: 'All errors of the range' }).click();
  // What was there before stays until the answer is.
  await soon(async () => assert.ok((await told('failed')) > late));
  assert.equal(new URL(page.url()).searchParams.get('since'), null);
});

test('begins a box by a key wherever the focus is, opens the menu of a row, and the trace of a line', async () => {
  await page.goto(`${ui}/traces?t=now-1h&live=off`);
  await page.getByRole('application', { name: /spans by start and duration/ }).waitFor();
  await page.locator('[data-row]').first().waitFor();
  await page.keyboard.press('b');
  await page.keyboard.press('Enter');
  await page.waitForURL(/[?&]box=/);
  await page.goto(`${ui}/services?t=now-1h&live=off`);
  await page.locator('[data-row]').first().waitFor();
  await page.keyboard.press('j');
  await page.keyboard.press('.');
  await page.getByRole('menuitem', { name: /^Exclude it/ }).waitFor();
  await page.goto(`${ui}/logs?t=now-1h&live=off&f=service.name%3Dpayments`);
  await page.getByRole('link', { name: 'Trace of this line' }).first().waitFor();
  await page.keyboard.press('j');
  await page.keyboard.press('o');
  await page.waitForURL(/\/trace\/[0-9a-f]{32}\?.*span=/);
});

test('shows a name of a hundred thousand characters as a title, and control characters by their signs', async () => {
  await page.goto(`${ui}/trace/deadbeefdeadbeefdeadbeefdeadbeef?t=now-1h&live=off&span=00000000000000a3`);
  const panel = page.getByRole('complementary', { name: 'Span' });
  await panel.getByRole('heading', { level: 2 }).first().waitFor();
  assert.ok((await panel.getByRole('heading', { level: 2 }).first().boundingBox()).height < 300);
  await page.getByText('a␀b␛[31mc⟨202E⟩').first().waitFor();
  assert.deepEqual(browser.complaints, []);
});
