// The pages in a real browser, over a product that runs: PHAROS_UI and PHAROS_OTLP tell where, CHROMIUM which browser,
// PICTURES where screenshots go. The telemetry is the shop's, so what each page must show is known.
import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { mkdirSync, readFileSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { addressOf, launched, soon } from './browser.mjs';
import { BLAMED, KEY, sendFault, VALUE } from './fault.mjs';
import { NAME, sendHostile } from './hostile.mjs';
import { post } from './otlp.mjs';
import { failing, send, sendLargeTrace, spanId, traceId } from './shop.mjs';

const ui = process.env.PHAROS_UI;
const otlp = process.env.PHAROS_OTLP;
const pictures = process.env.PICTURES;
/** Run by the debugger, which no policy of the page holds back. */
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const CHECKOUTS = 300;
const LARGE = '00000000000000000000000000010000';
const FAILED = [...Array(CHECKOUTS).keys()].filter(failing);

let browser;
let context;
let page;
let has;
let hasChips;

before(async () => {
  const end = BigInt(Date.now()) * 1_000_000n;
  await send(otlp, { checkouts: CHECKOUTS, minutes: 50, end });
  await sendLargeTrace(otlp, { count: 10_000, end, id: LARGE });
  await sendHostile(otlp, end);
  // Goes on for a while after now, else its services would soon be gone.
  await sendFault(otlp, { minutes: 43, faulty: 9, end: end + 180n * 1_000_000_000n });
  browser = await launched();
  ({ context, page } = await browser.opened());
  ({ has, hasChips } = addressOf(page));
});

after(async () => {
  await browser?.close();
});

const range = 't=now-1h&live=off';
const open = (address, tab = page) => tab.goto(`${ui}${address}`);

test('walks from the error spike to its lines, the trace and the failing span, and back, by clicks alone', async () => {
  await open(`/logs?${range}`);
  await page.getByRole('complementary', { name: 'Fields' }).getByRole('button', { name: 'error', exact: true }).click();
  await hasChips(['level=error']);
  await page.getByRole('button', { name: /^(info|warn) line of/i }).first().waitFor({ state: 'detached' });
  await page.getByText(`paystream answered 504`).first().click();
  await page.getByRole('link', { name: 'Trace at its span' }).click();
  await page.waitForURL(/\/trace\//);
  const at = FAILED.find((index) => page.url().includes(traceId(index)));
  assert.ok(at !== undefined, page.url());
  await has('span', spanId(at, 7));
  await has('t', 'now-1h');
  const panel = page.getByRole('complementary', { name: 'Span' });
  await panel.getByRole('heading', { name: 'POST /charges' }).waitFor();
  await panel.getByText('origin').waitFor();
  await panel.getByText(/paystream answered 504 after/).waitFor();
  await panel.getByRole('link', { name: /^Logs/ }).click();
  await page.waitForURL(/\/logs/);
  await hasChips([`trace_id=${traceId(at)}`, `span_id=${spanId(at, 7)}`]);
  await page.getByText('retry 1 in 200 ms').first().waitFor();
  await page.goBack();
  await panel.getByRole('heading', { name: 'POST /charges' }).waitFor();
  await page.goBack();
  await hasChips(['level=error']);
});

test('says where to look first, of a fault with names of its own, and proves it by clicks', async () => {
  await open(`/?${range}`);
  const look = page.getByRole('region', { name: 'Look here first' });
  await look.getByRole('heading', { level: 3 }).first().waitFor();
  const sentence = await look.getByRole('heading', { level: 3 }).first().innerText();
  assert.match(sentence, new RegExp(BLAMED));
  assert.match(sentence, new RegExp(VALUE));
  await page.getByRole('region', { name: 'Services' }).getByRole('row').nth(1).getByText(BLAMED).waitFor();
  await look.getByRole('link', { name: 'Compare slow with the rest' }).click();
  await page.waitForURL(/\/traces/);
  await hasChips([`service.name=${BLAMED}`]);
  await has('t', 'now-1h');
  const first = page.getByRole('region', { name: 'Comparison' }).getByRole('article').first();
  await first.getByText(KEY).first().waitFor();
  await first.getByRole('button', { name: VALUE, exact: true }).first().waitFor();
  await first.getByRole('button', { name: 'Filter' }).click();
  await hasChips([`service.name=${BLAMED}`, `${KEY}=${VALUE}`]);
  await page.getByRole('table', { name: 'Traces' }).getByRole('link').first().click();
  await page.waitForURL(/\/trace\//);
  const panel = page.getByRole('complementary', { name: 'Span' });
  await panel.getByRole('heading', { name: 'assign pilot' }).waitFor();
  await panel.getByText('no pilot within').waitFor();
  await panel.getByRole('link', { name: 'Service' }).click();
  await page.waitForURL(/\/services\/pilots/);
  await page.getByRole('heading', { level: 1, name: BLAMED }).waitFor();
});

test('opens a service from the overview, its operations as traces, and its call on the map', async () => {
  await open(`/?${range}`);
  await page.getByRole('region', { name: 'Services' }).getByRole('link', { name: 'orders' }).first().click();
  await page.waitForURL(/\/services\/orders/);
  const operation = page.getByRole('region', { name: 'Operations' }).getByRole('link', { name: 'POST /orders' });
  await soon(async () => assert.match(await operation.getAttribute('href'), /\/traces\?.*name%3DPOST/));
  await page.getByRole('region', { name: 'Logs' }).getByText('payment not authorised').first().waitFor();
  await page.getByRole('table', { name: 'Used by' }).getByRole('link', { name: 'call' }).click();
  await page.waitForURL(/\/map/);
  await has('edge', 'storefront>orders');
  const call = page.getByRole('complementary', { name: 'The call' });
  await call.getByRole('heading', { name: 'storefront → orders' }).waitFor();
  await call.getByRole('link', { name: 'Traces of this call' }).click();
  await page.waitForURL(/\/traces/);
  await hasChips(['service.name=orders']);
  await has('t', 'now-1h');
});

test('shows the details of rows in a drawer, that keys move along the list and close', async () => {
  await open(`/?${range}`);
  const rows = page.getByRole('region', { name: 'Services' });
  await rows.getByRole('link', { name: 'storefront' }).first().waitFor();
  const names = await rows.locator('[data-row]').evaluateAll((links) => links.map((link) => link.dataset.row));
  // Within one frame: the row that `j` moves to is drawn after the drawer has come.
  await page.evaluate(() => ['j', 'Enter'].forEach((key) => document.body.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }))));
  await has('drawer', names[0]);
  const drawer = page.getByRole('complementary', { name: /^Details of / });
  await drawer.getByRole('heading', { level: 2, name: names[0] }).first().waitFor();
  await drawer.getByRole('heading', { name: 'Depends on' }).waitFor();
  await soon(async () => assert.ok(await drawer.evaluate((box) => box === document.activeElement), 'the focus is in the drawer'));
  await page.keyboard.press('ArrowDown');
  await drawer.getByRole('heading', { level: 2, name: names[1] }).first().waitFor();
  await page.keyboard.press('Escape');
  await drawer.waitFor({ state: 'detached' });
  await has('drawer', null);
  await page.waitForFunction((name) => document.activeElement?.dataset.row === name, names[1]);
  await page.keyboard.press('o');
  await page.waitForURL((url) => url.pathname === `/services/${encodeURIComponent(names[1])}`);

  await open(`/traces?${range}&f=service.name%3Dpayments&sort=-errors&drawer=${traceId(FAILED[1])}`);
  await drawer.getByText(/is payments POST \/charges/).waitFor();
  await drawer.getByRole('link', { name: 'Compare errors with the rest' }).waitFor();
  await drawer.getByRole('link', { name: 'Logs' }).click();
  await page.waitForURL(/\/logs/);
  await hasChips([`trace_id=${traceId(FAILED[1])}`]);
});

test('sorts tables by a click on a head, and back by another', async () => {
  await open(`/services?${range}`);
  const first = () => page.locator('[data-row]').first().getAttribute('data-row');
  await page.getByRole('button', { name: 'Service', exact: true }).click();
  await has('sort', 'name');
  const least = await first();
  await page.getByRole('button', { name: /^Service/ }).first().click();
  await has('sort', '-name');
  await soon(async () => assert.ok((await first()).localeCompare(least) > 0));
  await open(`/traces?${range}`);
  await page.getByRole('button', { name: 'Most errors' }).click();
  await page.getByRole('button', { name: /^Error.*largest first/ }).waitFor();
});

test('walks the map by keys, and has it as a table', async () => {
  await open(`/map?${range}`);
  const edge = page.getByRole('button', { name: /storefront calls orders/ });
  await edge.focus();
  await page.keyboard.press('Enter');
  await page.waitForURL(/edge=storefront%3Eorders/);
  await page.getByRole('complementary', { name: 'The call' }).getByRole('heading', { name: 'storefront → orders' }).waitFor();
  await page.getByRole('button', { name: 'Table', exact: true }).click();
  await page.getByRole('row', { name: /storefront.*orders/ }).waitFor();
  await page.keyboard.press('g');
  await page.keyboard.press('p');
  await page.waitForURL(/\/pipeline/);
});

test('shows what flows through the pipelines, and that it adds up', async () => {
  await open(`/pipeline?${range}`);
  await page.getByRole('link', { name: /^otlp/ }).first().waitFor();
  for (let sent = 0; sent < 12; sent++) await line(`flow ${sent}`, 'flow');
  await page.getByText(/it adds up/).waitFor();
  await page.getByText(/^In /).waitFor();
  await page.getByRole('link', { name: /^otlp/ }).first().click();
  await has('node', /otlp/);
  await page.getByRole('complementary', { name: 'The component' }).getByText('accepted').waitFor();
});

test('shows the configuration that runs, the chosen component lit in it, and what went wrong', async () => {
  await open(`/pipeline?${range}&node=exporter/store/pharos`);
  const panel = page.getByRole('complementary', { name: 'The component' });
  await panel.getByRole('link', { name: /^built in, line \d+$/ }).click();
  await has('tab', 'configuration');
  const text = page.getByRole('region', { name: 'Pipelines' }).locator('pre');
  await text.getByText('service:').waitFor();
  await soon(async () => assert.match(await text.locator('.of').first().textContent(), /store\/pharos/));
  const box = page.locator('.beside-field');
  await box.evaluate((field) => (field.scrollTop = 0));
  await page.waitForResponse(/\/pipeline$/);
  await page.waitForResponse(/\/pipeline$/);
  assert.equal(await box.evaluate((field) => field.scrollTop), 0, 'what is read stays where it is');
  await text.getByRole('link', { name: 'otlp/pharos' }).click();
  await panel.getByRole('heading', { name: 'otlp/pharos' }).waitFor();
  await page.getByRole('link', { name: /^Errors/ }).click();
  await page.locator('main').getByText(/Nothing was lost|Since the start/).first().waitFor();
});

test('says what the trace waited for, with its numbers', async () => {
  const index = FAILED[0];
  await open(`/trace/${traceId(index)}?${range}`);
  const millis = 2600 + (index % 7) * 90 - 8;
  await page.getByText(new RegExp(`${(millis / 1000).toFixed(2).replace(/0$/, '')}.*s of .*s.*is payments POST /charges, which failed: 504 Gateway Timeout`)).waitFor();
  await page.getByText('5 errors').waitFor();
  await page.getByText('× 23').waitFor();
});

test('shows a trace as flames, that narrow and widen by clicks and keys, over the self times by any attribute', async () => {
  await open(`/trace/${traceId(FAILED[1])}?${range}`);
  await page.getByRole('link', { name: 'Flame', exact: true }).click();
  const flame = page.getByRole('application', { name: /^Flame graph of 30 spans, 5 deep/ });
  const panel = page.getByRole('complementary', { name: 'Span' });
  await flame.focus();
  await page.keyboard.press('ArrowUp');
  await panel.getByRole('heading', { name: 'POST /v1/authorize' }).waitFor();
  await page.keyboard.press('Enter');
  await has('win', /^60\.000\.\./);
  await page.keyboard.press('Escape');
  await has('win', null);
  const bounds = await flame.boundingBox();
  await page.mouse.click(bounds.x + bounds.width / 2, bounds.y + 8 + 2 * 27 + 10);
  await panel.getByRole('heading', { name: 'POST /orders' }).waitFor();
  await has('span', spanId(FAILED[1], 3));
  await has('win', /^9\.000\.\./);
  const first = page.getByRole('row').nth(1);
  await soon(async () => assert.match(await first.innerText(), /payments\s+POST \/charges/));
  await page.getByRole('combobox', { name: 'Group by an attribute' }).selectOption('payment.region');
  await has('by', '.payment.region');
  await first.getByRole('button', { name: 'eu-south' }).waitFor();
  await open(`/trace/${LARGE}?${range}&tab=flame`);
  await page.getByRole('application', { name: /^Flame graph of 10,000 spans, 3 deep/ }).waitFor();
});

test('lists every span of a trace as a table, sorted by any column, filtered by chips, walked by keys', async () => {
  await open(`/trace/${traceId(FAILED[1])}?${range}`);
  await page.getByRole('link', { name: 'Spans 30' }).click();
  await has('tab', 'spans');
  const table = page.getByRole('table', { name: 'Spans', exact: true });
  const panel = page.getByRole('complementary', { name: 'Span' });
  const rows = table.locator('[role=row][aria-rowindex]');
  await rows.first().getByText('POST /checkout').waitFor();
  await table.getByRole('button', { name: 'Self' }).click();
  await has('sort', '-self');
  await rows.first().getByText('POST /charges').waitFor();
  await soon(async () => assert.equal(await table.getByRole('columnheader', { name: 'Self' }).getAttribute('aria-sort'), 'descending'));
  await rows.filter({ hasText: 'POST /reserve' }).click();
  await has('span', spanId(FAILED[1], 4));
  await panel.getByRole('heading', { name: 'POST /reserve' }).waitFor();
  await table.getByRole('button', { name: 'Start' }).click();
  await page.keyboard.press('j');
  await panel.getByRole('heading', { name: 'SELECT stock' }).waitFor();
  await page.keyboard.press('e');
  await panel.getByText('! error').waitFor();
  await page.goBack();
  await has('sort', '-self');
  await open(`/trace/${traceId(FAILED[1])}?${range}&tab=spans&f=service.name%3Dpayments&f=level%3Derror`);
  await page.getByRole('button', { name: 'Matching 2' }).waitFor();
  await soon(async () => assert.equal(await rows.count(), 2));
  await page.getByRole('button', { name: 'All 30' }).click();
  await has('all', '1');
  await rows.filter({ hasText: 'POST /reserve' }).waitFor();
  await open(`/trace/${LARGE}?${range}&tab=spans&sort=-status`);
  await rows.first().getByText('! error').waitFor();
  await soon(async () => assert.equal(await table.getAttribute('aria-rowcount'), '10001'));
  assert.ok((await rows.count()) < 100, 'all rows exist at once');
});

test('sets a trace beside a typical one or any other, and says in one sentence what the difference is', async () => {
  const index = FAILED[2];
  await open(`/trace/${traceId(index)}?${range}`);
  await page.getByRole('button', { name: 'Beside a typical one' }).click();
  await page.waitForURL(/vs=/);
  await page.getByText(/longer than the other: .*s more is waited for payments POST \/charges, .* instead of .*; it failed/).waitFor();
  await page.getByText('5 errors, there 0').waitFor();
  const table = page.getByRole('table', { name: 'Both traces' });
  const rows = table.locator('[role=row][aria-rowindex]');
  const apart = () => rows.evaluateAll((all) => all.filter((row) => row.classList.contains('beam')).map((row) => row.querySelector('button').textContent));
  await soon(async () => assert.deepEqual(await apart(), ['payments POST /charges']));
  await soon(async () => assert.match(await rows.filter({ hasText: 'SELECT stock' }).innerText(), /24\s+24/));
  await page.getByRole('button', { name: 'By difference' }).click();
  await has('sort', 'difference');
  await rows.first().getByText('POST /charges').click();
  await has('span', spanId(index, 7));
  await page.goBack();
  await page.goBack();
  await has('vs', null);
  await page.getByText('rows for 30 spans').waitFor();
  await page.keyboard.press('x');
  const dialog = page.getByRole('dialog', { name: 'Compare with' });
  await dialog.getByRole('menuitem', { name: /^Slowest/ }).waitFor();
  await dialog.getByRole('textbox', { name: 'Trace id' }).fill('abc');
  await dialog.getByText('32 hex digits').waitFor();
  await dialog.getByRole('textbox', { name: 'Trace id' }).fill(LARGE);
  await page.keyboard.press('Enter');
  await page.waitForURL(new RegExp(`vs=${LARGE}`));
  await page.getByText(/shorter than the other/).waitFor();
  await rows.filter({ hasText: 'job reprice' }).getByText('only there').waitFor();
  await rows.filter({ hasText: 'job reprice' }).click();
  await page.getByRole('complementary', { name: 'Span' }).getByText('of the other trace').waitFor();
  await page.keyboard.press('x');
  await has('vs', null);
  await open(`/trace/${traceId(index)}?${range}&vs=ffffffffffffffffffffffffffffffff`);
  await page.getByText('there is nothing to compare with').waitFor();
  await page.getByText('rows for 30 spans').waitFor();
});

test('tells of a failed span how far it is from the usual and what sets it apart, and keeps what is folded', async () => {
  await open(`/trace/${traceId(FAILED[1])}?${range}`);
  const panel = page.getByRole('complementary', { name: 'Span' });
  await panel.getByText('of its p50').waitFor();
  await panel.getByText('100 % of the failed, 0 % of the others').waitFor();
  await page.getByText(/Median of POST \/checkout: 2\d\d ms/).waitFor();
  await panel.getByText('stack, 2 lines').click();
  await panel.getByText('Charges.java:88').waitFor();
  await panel.locator('summary', { hasText: 'Events' }).click();
  await panel.getByText('stack, 2 lines').waitFor({ state: 'detached' });
  await page.getByRole('button', { name: 'Fold POST /reserve' }).click();
  await has('fold', spanId(FAILED[1], 4));
  const map = page.getByRole('application', { name: /^The whole trace/ });
  await map.focus();
  await page.keyboard.press('+');
  await page.keyboard.press('ArrowRight');
  await has('win', /^\d+\.\d+\.\.\d+\.\d+$/);
  await page.reload();
  await page.getByRole('button', { name: 'Unfold POST /reserve' }).waitFor();
  await panel.getByText('Attributes').waitFor();
  assert.equal(await panel.getByText('stack, 2 lines').count(), 0);
  await panel.locator('summary', { hasText: 'Events' }).click();
  await map.focus();
  await page.keyboard.press('Escape');
  await has('win', null);
  await page.keyboard.press('Control+f');
  await page.getByRole('textbox', { name: 'Find in the trace' }).fill('EU-SOUTH');
  await page.getByText('2 of 2').waitFor();
  await page.keyboard.press('Enter');
  await panel.getByRole('heading', { name: 'POST /v1/authorize' }).waitFor();
  await has('find', 'EU-SOUTH');
  await page.keyboard.press('Escape');
  await has('find', null);
  await open(`/trace/${LARGE}?${range}`);
  await panel.getByText('Spans of this name').waitFor();
  await panel.getByRole('link', { name: 'Show the slowest' }).click();
  await has('sort', '-duration');
  await hasChips(['service.name=orders', 'name=UPDATE item SET price']);
  await page.getByRole('button', { name: /^Matching/ }).waitFor();
});

test('leads from an exemplar to its trace, and from a metric to the logs of its service and range', async () => {
  await open(`/metrics?${range}&m=payment_authorize_duration_seconds_bucket`);
  await page.waitForURL(/a=histogram_quantile/);
  await page.locator('a.exemplar').first().waitFor();
  const address = await page.locator('a.exemplar').first().getAttribute('href');
  await page.locator('a.exemplar').first().locator('svg').click();
  await page.waitForURL(/\/trace\//);
  await page.waitForURL((url) => url.pathname === new URL(address, ui).pathname);
  await page.getByRole('complementary', { name: 'Span' }).getByRole('heading', { name: 'POST /v1/authorize' }).waitFor();
  await page.goBack();
  await page.getByRole('complementary', { name: 'The metric' }).getByRole('link', { name: 'Logs' }).click();
  await page.waitForURL(/\/logs/);
  await hasChips(['service.name=payments']);
  await has('t', 'now-1h');
  await page.getByText('paystream answered 504').first().waitFor();
});

test('keeps the filter on the way from a service to its metrics', async () => {
  await open(`/services/payments?${range}`);
  await page.locator('main').getByRole('link', { name: 'Metrics' }).click();
  await page.waitForURL(/\/metrics/);
  await hasChips(['service.name=payments']);
  await page.getByRole('region', { name: 'Metrics' }).getByText('payment_authorize_duration_seconds_bucket').waitFor();
});

test('shows the position of an error in a query and keeps what was there', async () => {
  await open(`/metrics?${range}&a=${encodeURIComponent('sum(rate(payment_authorize_duration_seconds_count[1m])')}`);
  await page.getByRole('alert').filter({ hasText: /1:\d+/ }).waitFor();
  await page.locator('.cm-wrong').waitFor();
});

test('edits the query of a page in its language, with keys and values of the live store, and shows where it is wrong', async () => {
  await open(`/traces?${range}&f=service.name%3Dpayments`);
  await page.getByRole('button', { name: 'Edit TraceQL' }).click();
  const editor = page.getByRole('textbox', { name: 'TraceQL' });
  await editor.click();
  await soon(async () => assert.match(await editor.textContent(), /resource\.service\.name = "payments"/));
  await page.keyboard.press('Control+a');
  await page.keyboard.type('{ span.payment.reg');
  await page.getByRole('option', { name: 'span.payment.region' }).click();
  await page.keyboard.type(' = "eu-s');
  await page.getByRole('option', { name: 'eu-south' }).click();
  await page.keyboard.type('" }');
  if (pictures) {
    mkdirSync(pictures, { recursive: true });
    await page.screenshot({ path: `${pictures}/traceql.png` });
  }
  await page.keyboard.press('Control+Enter');
  await page.waitForURL((url) => url.searchParams.get('q') === '{ span.payment.region = "eu-south" }');
  await page.keyboard.press('Control+a');
  await page.keyboard.type('{ span.payment.region == 1 }');
  await page.keyboard.press('Control+Enter');
  await page.locator('.cm-wrong').waitFor();

  await open(`/logs?${range}&f=service.name%3Dpayments`);
  await page.getByRole('button', { name: 'Edit LogQL' }).click();
  await page.getByRole('textbox', { name: 'LogQL' }).click();
  await page.keyboard.press('Control+a');
  await page.keyboard.type('{service_name="orders"} |= "order"');
  await page.keyboard.press('Control+Enter');
  await page.waitForURL((url) => url.searchParams.get('q') === 'order');
  await hasChips(['service.name=orders']);
});

test('searches traces by the filter bar, from the keyboard alone', async () => {
  await open(`/traces?${range}`);
  await page.getByRole('table', { name: 'Traces' }).getByRole('link').first().waitFor();
  await page.keyboard.press('/');
  await page.keyboard.type('payment.region=eu-south ');
  await page.waitForURL(/f=payment.region/);
  await page.keyboard.press('Escape');
  await page.getByText(`${FAILED.length * 2} spans`, { exact: true }).waitFor();
  await page.getByRole('heading', { name: 'Traces', level: 2 }).locator('+ span', { hasText: String(FAILED.length) }).waitFor();
  await page.keyboard.press('j');
  await page.keyboard.press('Enter');
  await page.getByRole('complementary', { name: 'Details of the trace' }).getByText('The error begins in payments').waitFor();
  await page.keyboard.press('o');
  await page.waitForURL(/\/trace\//);
  await page.getByRole('complementary', { name: 'Span' }).getByRole('heading', { name: 'POST /v1/authorize' }).waitFor();
  await page.keyboard.press('g');
  await page.keyboard.press('l');
  await page.waitForURL(/\/logs/);
  await hasChips(['payment.region=eu-south']);
  await page.keyboard.press('Control+k');
  await page.getByRole('dialog', { name: 'Commands' }).waitFor();
  await page.keyboard.type('payment_authorize_duration_seconds_count');
  await page.getByRole('option', { name: 'payment_authorize_duration_seconds_count' }).waitFor();
  await page.keyboard.press('Enter');
  await page.waitForURL(/\/metrics/);
  await page.keyboard.press('?');
  await page.getByRole('dialog', { name: 'Keyboard' }).waitFor();
  await page.keyboard.press('Escape');
  await page.getByRole('dialog', { name: 'Keyboard' }).waitFor({ state: 'detached' });
});

test('draws a box on the heat map and lists what is in it', async () => {
  await open(`/traces?${range}&f=service.name%3Dstorefront`);
  await page.getByText(`${CHECKOUTS * 2} spans`, { exact: true }).waitFor();
  const map = await page.getByRole('application').boundingBox();
  await page.mouse.move(map.x + 80, map.y + 8);
  await page.mouse.down();
  await page.mouse.move(map.x + map.width - 20, map.y + map.height / 2, { steps: 4 });
  await page.mouse.up();
  await has('box', /Z,\d/);
  await page.getByRole('heading', { name: 'Traces in the box' }).waitFor();
  const apart = page.getByRole('region', { name: 'Comparison' });
  await apart.getByRole('heading', { name: 'What sets the box apart' }).waitFor();
  await apart.getByRole('article').first().getByText('status').first().waitFor();
  await page.getByRole('button', { name: /Clear box/ }).click();
  await has('box', null);
});

test('filters, excludes and copies any value by its menu', async () => {
  await open(`/logs?${range}`);
  const value = page.getByRole('complementary', { name: 'Fields' }).getByRole('button', { name: 'payments', exact: true });
  await value.click({ button: 'right' });
  const menu = page.getByRole('menu');
  await menu.getByRole('menuitem', { name: /Logs 60/ }).waitFor();
  await menu.getByRole('menuitem', { name: /Exclude/ }).click();
  await hasChips(['service.name!=payments']);
  await page.getByRole('button', { name: /Remove service.name/ }).click();
  await hasChips([]);
  await value.focus();
  await page.keyboard.press('.');
  await menu.waitFor();
  await page.keyboard.press('Escape');
  await value.click();
  await hasChips(['service.name=payments']);
});

test('compares any value with everything else, by its menu', async () => {
  await open(`/trace/${traceId(FAILED[0])}?${range}&f=service.name%3Dpayments`);
  await page.getByRole('complementary', { name: 'Span' }).getByRole('button', { name: 'eu-south', exact: true }).click({ button: 'right' });
  await page.getByRole('menuitem', { name: 'Compare with everything else' }).click();
  await page.waitForURL(/\/traces/);
  await has('inside', 'payment.region=eu-south');
  const apart = page.getByRole('region', { name: 'Comparison' });
  await apart.getByRole('heading', { name: 'What sets payment.region=eu-south apart' }).waitFor();
  await apart.getByText(`with it, ${FAILED.length * 2} spans`).waitFor();
  await apart.getByRole('article').first().waitFor();
  assert.equal(await apart.getByRole('article').filter({ hasText: 'payment.region' }).count(), 0);
  await page.getByRole('heading', { name: 'Traces with payment.region=eu-south' }).waitFor();
  await apart.getByRole('button', { name: /Leave it/ }).click();
  await has('inside', null);
});

test('moves the time by keys and by the strip, one step of history each', async () => {
  await open(`/logs?${range}`);
  await page.getByText('order o-').first().waitFor();
  await page.mouse.click(5, 700);
  await page.keyboard.press('ArrowLeft');
  await has('t', /\.\./);
  await page.keyboard.press('n');
  await has('t', 'now-1h');
  const strip = await page.getByRole('region', { name: /^Time range/ }).boundingBox();
  await page.mouse.move(strip.x + strip.width * 0.3, strip.y + 15);
  await page.mouse.down();
  await page.mouse.move(strip.x + strip.width * 0.5, strip.y + 15, { steps: 4 });
  await page.mouse.up();
  await page.waitForURL((url) => /^\d{4}-.*\.\./.test(url.searchParams.get('t') ?? ''));
  await page.goBack();
  await has('t', 'now-1h');
});

test('lists nothing with what the removal of each part gives', async () => {
  await open(`/logs?${range}&f=service.name%3D~orders%7Cpayments&f=level%3Derror&q=no+such+words`);
  await page.getByText(/^No line matches, of [\d,]+ in this range/).waitFor();
  await page.getByRole('link', { name: `Remove no such words, ${FAILED.length * 2} lines` }).waitFor();
});

test('shows fields of lines as columns, wraps them, draws their traces in small and tells what stands out', async () => {
  await open(`/logs?${range}&f=level%3E%3Dwarn`);
  const lines = page.getByRole('region', { name: 'Log lines' });
  await lines.locator('.row a svg rect').first().waitFor();
  await page.getByRole('complementary', { name: 'Fields' }).getByText('stands out').waitFor();
  await page.getByRole('button', { name: 'Columns' }).click();
  await page.getByRole('dialog', { name: 'Columns' }).getByText('payment.region').click();
  await has('cols', 'payment_region');
  await page.keyboard.press('Escape');
  await lines.getByRole('button', { name: 'eu-south', exact: true }).first().waitFor();
  await page.getByRole('button', { name: 'Wrap' }).click();
  await has('wrap', '1');
  await page.getByRole('button', { name: 'Remove column payment.region' }).click();
  await has('cols', null);
  await page.mouse.click(5, 700);
  await page.keyboard.press('j');
  await page.keyboard.press('Enter');
  await page.getByRole('link', { name: 'Around this line' }).click();
  await has('tab', 'around');
  await lines.locator('.row.beam').waitFor();
});

test('computes with queries by their letters, and mends a broken one', async () => {
  const query = encodeURIComponent('sum by (payment_region) (rate(payment_authorize_duration_seconds_count[5m]))');
  await open(`/metrics?${range}&a=${query}&b=${query}&hide=a`);
  await page.getByRole('region', { name: 'Chart B' }).getByRole('button', { name: 'eu-south', exact: true }).first().waitFor();
  await page.getByRole('button', { name: 'Expression' }).click();
  await has('c', '$A / $B');
  await page.getByRole('region', { name: 'Chart C' }).getByText('100 %').first().waitFor();
  await page.getByRole('region', { name: 'Chart C' }).getByRole('button', { name: 'Table' }).click();
  await has('view', 'table');
  await open(`/metrics?${range}&a=${encodeURIComponent('sum(rate(payment_authorize_duration_seconds_count[5m])')}`);
  await page.getByRole('button', { name: /^Insert \)/ }).click();
  await has('a', 'sum(rate(payment_authorize_duration_seconds_count[5m]))');
  await page.getByRole('region', { name: 'Chart A' }).locator('canvas').waitFor();
});

test('follows new lines live, and lets them wait while the reader reads', async () => {
  await open('/logs?t=now-15m&tab=tail&live=off&f=service.name%3Dlive');
  await page.getByText('No line yet').waitFor();
  await line('first');
  await page.getByText('first', { exact: true }).waitFor();
  await page.getByText('first', { exact: true }).hover();
  await line('second');
  await page.getByText('1 new line waits').waitFor();
  await page.getByRole('button', { name: /Resume/ }).last().click();
  await page.getByText('second', { exact: true }).waitFor();
});

async function line(text, service = 'live') {
  const record = { timeUnixNano: String(BigInt(Date.now()) * 1_000_000n), severityText: 'INFO', body: { stringValue: text } };
  await post(otlp, '/v1/logs', { resourceLogs: [{ resource: { attributes: [{ key: 'service.name', value: { stringValue: service } }] }, scopeLogs: [{ logRecords: [record] }] }] });
}

test('folds ten thousand spans, and scrolls them all when unfolded', async () => {
  await open(`/trace/${LARGE}?${range}`);
  await page.getByText(/rows for 10,000 spans/).waitFor();
  while (await page.getByRole('button', { name: 'Unfold', exact: true }).count()) await page.getByRole('button', { name: 'Unfold', exact: true }).first().click();
  const list = page.getByRole('region', { name: 'Spans of the trace' });
  const frames = await list.evaluate(async (box) => {
    const gaps = [];
    let last = performance.now();
    for (let step = 0; step < 60; step++) {
      box.scrollTop += box.scrollHeight / 70;
      await new Promise(requestAnimationFrame);
      const now = performance.now();
      gaps.push(now - last);
      last = now;
    }
    return { gaps: gaps.sort((one, other) => one - other), rows: box.querySelectorAll('.row').length, height: box.scrollHeight };
  });
  assert.ok(frames.height > 200_000, `only ${frames.height} pixels of rows`);
  assert.ok(frames.rows < 400, `${frames.rows} rows exist at once`);
  console.log(`scrolling 10,000 spans: median frame ${frames.gaps[30].toFixed(1)} ms, slowest ${frames.gaps[59].toFixed(1)} ms`);
});

test('shows hostile names, bodies and attributes as text, and hangs on none', async () => {
  await open(`/logs?${range}&f=service.name%3Dhostile`);
  await page.getByText('<img src=x onerror=alert(1)>').first().click();
  await page.getByRole('button', { name: 'value 42', exact: true }).waitFor();
  await open(`/trace/deadbeefdeadbeefdeadbeefdeadbeef?${range}`);
  await page.getByRole('heading', { level: 1 }).waitFor();
  await page.getByText('<script>alert(1)</script>').first().waitFor();
  assert.equal(await page.locator('main img, main script').count(), 0);
  await open(`/services?${range}&sort=name`);
  await page.getByRole('link', { name: NAME }).click();
  await page.waitForURL(/\/services\/a%2Fb/);
  await page.getByRole('heading', { level: 1, name: NAME }).waitFor();
  await page.getByText('</svg><b>{{7*7}}').first().waitFor();
  await open(`/map?${range}`);
  await page.getByRole('complementary', { name: 'The call' }).getByRole('heading').first().waitFor();
  assert.equal(await page.locator('main img, main script, main b > i').count(), 0);
});

test('says in one line that the process does not answer, keeps what is there, and goes on by itself', async () => {
  for (const [address, words] of [['/logs?t=now-1h&live=5s', 'order o-'], ['/?t=now-1h&live=5s', 'storefront']]) {
    await open(address);
    await page.locator('main').getByText(words).first().waitFor();
    await context.setOffline(true);
    await page.getByText('Pharos does not answer').waitFor({ timeout: 30_000 });
    assert.ok((await page.getByText(words).count()) > 0);
    await context.setOffline(false);
    await page.getByText('Pharos does not answer').waitFor({ state: 'detached', timeout: 30_000 });
  }
});

test('answers an unknown trace and an unknown page with words', async () => {
  await open('/trace/ffffffffffffffffffffffffffffffff');
  await page.getByText('No trace has the id').waitFor();
});

const PAGES = {
  overview: [`/?${range}`, 'What changed'],
  services: [`/services?${range}`, 'storefront'],
  service: [`/services/pilots?${range}`, 'assign pilot'],
  map: [`/map?${range}`, 'Go on'],
  'map-table': [`/map?${range}&view=table`, 'Go on'],
  pipeline: [`/pipeline?${range}`, 'it adds up'],
  'pipeline-configuration': [`/pipeline?${range}&tab=configuration`, 'exporters'],
  logs: [`/logs?${range}`, 'order o-'],
  'logs-open': [`/logs?${range}&f=level%3E%3Dwarn&q=eu-south`, 'paystream'],
  traces: [`/traces?${range}&f=service.name%3Dpayments`, 'POST /checkout'],
  'traces-exceptions': [`/traces?${range}&view=exceptions`, 'GatewayTimeout'],
  'traces-structure': [`/traces?${range}&view=structure`, 'SELECT stock'],
  'traces-drawer': [`/traces?${range}&f=service.name%3Dpayments&drawer=${traceId(FAILED[3])}`, 'The error begins in'],
  'services-drawer': [`/services?${range}&drawer=payments`, 'Depends on'],
  trace: [`/trace/${traceId(FAILED[3])}?${range}`, 'Attributes'],
  'trace-10k': [`/trace/${LARGE}?${range}`, 'rows for 10,000 spans'],
  'trace-flame': [`/trace/${traceId(FAILED[3])}?${range}&tab=flame`, 'Self time'],
  'trace-stats': [`/trace/${traceId(FAILED[3])}?${range}&tab=stats`, 'Self time'],
  'trace-spans': [`/trace/${traceId(FAILED[3])}?${range}&tab=spans`, 'POST /charges'],
  'trace-beside': [`/trace/${traceId(FAILED[3])}?${range}&vs=${traceId(FAILED[3] + 1)}`, 'longer than the other'],
  'trace-logs': [`/trace/${traceId(FAILED[3])}?${range}&tab=logs`, 'giving up'],
  'trace-json': [`/trace/${traceId(FAILED[3])}?${range}&tab=json`, 'resource'],
  'metrics-browse': [`/metrics?${range}`, 'payment_authorize_duration_seconds_bucket'],
  metrics: [`/metrics?${range}&a=${encodeURIComponent('histogram_quantile(0.95, sum by (le, payment_region) (rate(payment_authorize_duration_seconds_bucket[$__rate_interval])))')}`, 'eu-south'],
  connect: ['/connect', 'All three signals arrive'],
};

for (const theme of ['dark', 'light']) {
  for (const width of [1440, 1280]) {
    test(`is readable by everyone, ${theme} at ${width}`, async () => {
      const tab = await browser.opened({ theme, width });
      await visit(tab.page, `${theme}-${width}`);
      await tab.context.close();
    });
  }
}

test('is readable by everyone at twice the size', async () => {
  const tab = await browser.opened({ theme: 'light', width: 720, height: 450, deviceScaleFactor: 2 });
  await visit(tab.page, 'light-200');
  await tab.context.close();
});

async function visit(tab, name) {
  const found = [];
  for (const [title, [address, words]] of Object.entries(PAGES)) {
    await open(address, tab);
    await tab.locator('main').getByText(words).first().waitFor();
    if (title === 'logs-open') await tab.getByText('paystream answered').first().click();
    if (title === 'traces') await tab.getByText('more on their way').waitFor({ state: 'detached' });
    if (title === 'metrics') await tab.locator('canvas').first().waitFor();
    await tab.evaluate(() => document.fonts.ready);
    if (pictures) {
      mkdirSync(pictures, { recursive: true });
      await tab.screenshot({ path: `${pictures}/${title}-${name}.png` });
    }
    await tab.evaluate(axe);
    const result = await tab.evaluate(() => globalThis.axe.run(document, { resultTypes: ['violations'] }));
    for (const violation of result.violations) {
      if (violation.impact === 'serious' || violation.impact === 'critical') {
        found.push(`${title}: ${violation.id} (${violation.impact}) ${violation.nodes.slice(0, 3).map((node) => `${node.target} ${node.any[0]?.message ?? ''}`).join(' | ')}`);
      }
    }
  }
  assert.deepEqual(found, []);
}

test('paints soon, and sends no more than the budget before it', async () => {
  const tab = await browser.opened();
  let bytes = 0;
  const session = await tab.context.newCDPSession(tab.page);
  await session.send('Network.enable');
  const sizes = new Map();
  session.on('Network.responseReceived', ({ requestId, response }) => sizes.set(requestId, response.url));
  session.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
    if (/\.(js|css|svg)$|^\/$/.test(new URL(sizes.get(requestId) ?? ui).pathname)) bytes += encodedDataLength;
  });
  await open(`/?${range}`, tab.page);
  await tab.page.getByText('What changed').waitFor();
  const paint = await tab.page.evaluate(() => performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? Number.NaN);
  const rows = await tab.page.evaluate(() => performance.now());
  console.log(`first page: ${(bytes / 1024).toFixed(1)} KiB over the wire, first paint ${paint.toFixed(0)} ms, first rows before ${rows.toFixed(0)} ms`);
  assert.ok(bytes > 0 && bytes < 150 * 1024, `${bytes} bytes`);
  await tab.context.close();
});

test('broke no policy and threw nothing in any of this', () => {
  assert.deepEqual(browser.complaints, []);
});
