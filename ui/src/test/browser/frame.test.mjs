// The frame of every page in a real browser: rail, filter bar, time strip, menus, keys. Run as walk.test.mjs is.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { addressOf, launched, soon } from './browser.mjs';
import { send } from './shop.mjs';

const ui = process.env.PHAROS_UI;
const range = 't=now-1h&live=off';

let browser;
let page;
let parameter;
let has;
let hasChips;

before(async () => {
  await send(process.env.PHAROS_OTLP, { checkouts: 60, minutes: 20, end: BigInt(Date.now()) * 1_000_000n });
  browser = await launched();
  ({ page } = await browser.opened());
  ({ parameter, has, hasChips } = addressOf(page));
});

after(async () => {
  await browser?.close();
});

const open = (address, tab = page) => tab.goto(`${ui}${address}`);
const minutes = async () => {
  const [from, to] = ((await parameter('t')) ?? '').split('..').map((text) => Date.parse(text) / 60_000);
  return { from, to };
};
const filter = () => page.getByRole('combobox', { name: 'Filter' });

/** The strip's box, and the middle and the ends of its window, in pixels of the page. */
async function strip() {
  const box = await page.locator('section.strip').boundingBox();
  const window = await page.locator('section.strip rect[rx="2"]').boundingBox();
  return { y: box.y + 18, left: window.x, right: window.x + window.width, middle: window.x + window.width / 2, start: box.x + 12 };
}

async function drag(from, to, y) {
  await page.mouse.move(from, y);
  await page.mouse.down();
  await page.mouse.move((from + to) / 2, y, { steps: 3 });
  const meanwhile = await page.evaluate(() => location.href);
  await page.mouse.move(to, y, { steps: 3 });
  await page.mouse.up();
  return meanwhile;
}

test('moves, resizes and draws the window of time by drags, and goes back by a double click', async () => {
  const hour = 3_600_000;
  const to = Math.floor(Date.now() / hour) * hour;
  const first = `${new Date(to - 4 * hour).toISOString()}..${new Date(to - 3 * hour).toISOString()}`;
  await open(`/logs?t=${first}&live=off`);
  await page.getByRole('link', { name: /^Logs/ }).waitFor();
  const at = await strip();
  const hourWide = at.right - at.left;
  const begun = await page.evaluate(() => location.href);
  assert.equal(await drag(at.middle, at.middle - hourWide, at.y), begun, 'the address changes at the end of the drag');
  await soon(async () => assert.notEqual(await page.evaluate(() => location.href), begun));
  const moved = await minutes();
  assert.ok(Math.abs(moved.to - moved.from - 60) < 0.1, 'as long as before');
  assert.ok(Math.abs(moved.from - (to / 60_000 - 300)) < 2, `moved to ${await parameter('t')}`);
  const wide = await strip();
  await drag(wide.right, wide.right + hourWide, wide.y);
  await soon(async () => assert.ok(Math.abs((await minutes()).to - (await minutes()).from - 120) < 4, `resized to ${await parameter('t')}`));
  const before = await parameter('t');
  const now = await strip();
  await drag(now.start + 20, now.start + 80, now.y);
  await soon(async () => assert.ok((await minutes()).to - (await minutes()).from < 120 && (await minutes()).to <= moved.to, `drew ${await parameter('t')}`));
  const drawn = await strip();
  // Far from any change, on which a click goes to it.
  await page.mouse.dblclick(drawn.start + 3, drawn.y);
  await has('t', before);
  await page.goBack();
  await soon(async () => assert.notEqual(await parameter('t'), before, 'each change is a step of history'));
});

test('moves, zooms and returns in time by keys', async () => {
  await open('/logs?t=now-1h&live=off');
  await page.getByRole('link', { name: /^Logs/ }).waitFor();
  await page.keyboard.press('-');
  await has('t', 'now-2h');
  await page.keyboard.press('+');
  await has('t', 'now-1h');
  await page.keyboard.press('ArrowLeft');
  await has('t', /\.\./);
  const left = await minutes();
  await page.keyboard.press('ArrowRight');
  await soon(async () => assert.ok((await parameter('t')) === 'now-1h' || Math.abs((await minutes()).from - left.from - 30) < 1));
  await page.keyboard.press('ArrowLeft');
  await page.keyboard.press('n');
  await has('t', 'now-1h');
  await page.keyboard.press('t');
  const picker = page.getByRole('dialog', { name: 'Time range' });
  await picker.getByRole('button', { name: 'Last 15 min' }).click();
  await has('t', 'now-15m');
  await page.keyboard.press('t');
  await picker.waitFor();
  for (let step = 0; step < 30; step++) {
    await page.keyboard.press('Tab');
    assert.ok(await picker.evaluate((dialog) => dialog.contains(document.activeElement)), 'Tab stays in the dialog');
  }
  await page.keyboard.press('Escape');
  await picker.waitFor({ state: 'detached' });
  await soon(async () => assert.equal(await page.evaluate(() => document.activeElement.id), 'time-button'));
});

test('makes chips of what is typed, edits the last in its place, and gives it back on Escape', async () => {
  await open(`/traces?${range}&x=kept`);
  await filter().fill('service.name=payments');
  await page.keyboard.press(' ');
  await hasChips(['service.name=payments']);
  await filter().fill('http.route!=/healthz');
  await page.keyboard.press('Enter');
  await hasChips(['service.name=payments', 'http.route!=/healthz']);
  await page.keyboard.press('Backspace');
  await soon(async () => assert.equal(await filter().inputValue(), 'http.route!=/healthz'));
  await page.keyboard.press('Escape');
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Edit http.route!=/healthz' }).waitFor();
  await page.getByRole('button', { name: 'Edit service.name=payments' }).click();
  await filter().fill('service.name=orders');
  await page.keyboard.press('Enter');
  await hasChips(['service.name=orders', 'http.route!=/healthz'], 'in its place');
  await has('x', 'kept', 'parameters that no page knows are kept');
});

test('says what a chip cannot mean, and where it is ignored', async () => {
  await open(`/logs?${range}&f=duration%3E1s&f=name%3D~a(&f=nonsense&f=k%3D%3Cimg%20src%3Dx%20onerror%3Dalert(1)%3E`);
  await page.getByRole('button', { name: 'Edit duration>1s, not on logs, ignored here' }).waitFor();
  await page.getByRole('button', { name: /^Edit name=~a\(, a\( is no pattern/ }).waitFor();
  await page.getByText('<img src=x onerror=alert(1)>').first().waitFor();
  assert.equal(await page.locator('header img').count(), 0);
  await filter().focus();
  await page.getByText(/it has no effect/).waitFor();
  await page.getByRole('button', { name: 'Remove duration>1s' }).click();
  await hasChips(['name=~a(', 'k=<img src=x onerror=alert(1)>', 'nonsense'], 'what no chip can be read from stays');
  await page.getByRole('button', { name: 'Remove nonsense, which is no condition' }).click();
  await hasChips(['name=~a(', 'k=<img src=x onerror=alert(1)>']);
});

test('runs a query on the page of its language', async () => {
  await open(`/?${range}`);
  await filter().fill('sum(rate(payment_retries_total[5m]))');
  await page.getByRole('option', { name: 'Run as PromQL, on Metrics' }).waitFor();
  await page.keyboard.press('Enter');
  await page.waitForURL(/\/metrics/);
  await has('a', 'sum(rate(payment_retries_total[5m]))');
  await filter().fill('{ status = error }');
  await page.keyboard.press('Enter');
  await page.waitForURL(/\/traces/);
  await has('q', '{ status = error }');
});

test('leads on from a value by its menu, with the keys that it shows, and gives the focus back', async () => {
  await open(`/logs?${range}&f=level%3E%3Dwarn`);
  const value = page.getByRole('complementary', { name: 'Fields' }).getByRole('button', { name: 'payments', exact: true }).first();
  await value.focus();
  await page.keyboard.press('.');
  const menu = page.getByRole('menu', { name: 'service.name payments' });
  await menu.getByRole('menuitem', { name: /^Traces.*\d/ }).waitFor();
  await page.keyboard.press('Escape');
  await menu.waitFor({ state: 'detached' });
  await soon(async () => assert.equal(await page.evaluate(() => document.activeElement.textContent.trim()), 'payments'));
  await page.keyboard.press('.');
  await page.keyboard.press('y');
  await soon(async () => assert.equal(await page.evaluate(() => navigator.clipboard.readText()), 'payments'));
  await value.focus();
  await page.keyboard.press('.');
  await page.keyboard.press('t');
  await page.waitForURL(/\/traces/);
  await hasChips(['level>=warn', 'service.name=payments']);
  await page.goBack();
  await value.click({ modifiers: ['Alt'] });
  await hasChips(['level>=warn', 'service.name!=payments']);
});

test('goes anywhere by the palette, beside with Alt Enter, and by g and a letter, filter and time kept', async () => {
  await open(`/logs?${range}&f=service.name%3Dorders`);
  await page.getByRole('link', { name: /^Logs/ }).waitFor();
  for (const [key, path] of [['t', '/traces'], ['x', '/metrics'], ['s', '/services'], ['m', '/map'], ['p', '/pipeline'], ['c', '/connect'], ['o', '/'], ['l', '/logs']]) {
    await page.keyboard.press('g');
    await page.keyboard.press(key);
    await page.waitForURL((url) => url.pathname === path);
    await hasChips(['service.name=orders']);
    await has('t', 'now-1h');
  }
  await page.keyboard.press('Control+k');
  await page.keyboard.type('payments');
  await page.getByRole('option', { name: 'Compare slow payments spans with the rest' }).waitFor();
  const beside = page.context().waitForEvent('page');
  await page.keyboard.press('Alt+Enter');
  const other = await beside;
  await other.waitForURL(/\/services\/payments/);
  await addressOf(other).hasChips(['service.name=orders']);
  await other.close();
  await page.waitForURL(/\/logs/);
  await page.keyboard.press('Control+k');
  await page.keyboard.type('{ status = error }');
  await page.getByRole('option', { name: /Run as TraceQL/ }).waitFor();
  await page.keyboard.press('Enter');
  await page.waitForURL(/\/traces/);
});

test('has one heading, its landmarks and an order of focus on every page, and nothing of the frame too small to hit', async () => {
  for (const path of ['/', '/services', '/services/payments', '/map', '/traces', '/logs', '/metrics', '/pipeline', '/connect', '/nowhere-at-all']) {
    if (path === '/nowhere-at-all') continue;
    await open(`${path}?${range}`);
    await page.locator('main h1').first().waitFor({ state: 'attached' });
    assert.equal(await page.locator('h1').count(), 1, path);
    for (const landmark of ['nav[aria-label]', 'header', 'search', 'main', 'footer']) assert.ok((await page.locator(landmark).count()) >= 1, `${landmark} of ${path}`);
  }
  const order = [];
  await page.locator('body').click({ position: { x: 1, y: 1 } });
  for (let step = 0; step < 16; step++) {
    await page.keyboard.press('Tab');
    order.push(await page.evaluate(() => document.activeElement.closest('nav.rail, header, section.strip, main')?.nodeName ?? 'BODY'));
  }
  const places = order.map((name) => ['NAV', 'HEADER', 'SECTION', 'MAIN'].indexOf(name));
  assert.deepEqual(places, [...places].sort((one, other) => one - other), order.join(' '));
  const small = await page.evaluate(() => [...document.querySelectorAll('nav.rail a, nav.rail button, header button, header a')].map((one) => ({ name: one.textContent.trim(), box: one.getBoundingClientRect() })).filter(({ box }) => box.width > 0 && (box.width < 24 || box.height < 24)).map(({ name }) => name));
  assert.deepEqual(small, []);
});

test('has what the strip draws as a table too, by keys alone', async () => {
  await open(`/logs?${range}`);
  await page.getByRole('link', { name: /^Logs/ }).waitFor();
  await page.locator('section.strip').getByRole('button', { name: 'As table' }).focus();
  await page.keyboard.press('Enter');
  const table = page.getByRole('dialog', { name: /^Log lines by time/ });
  await table.getByRole('columnheader', { name: 'Errors' }).waitFor();
  assert.ok((await table.getByRole('row').count()) > 1);
  await page.keyboard.press('Escape');
  await table.waitFor({ state: 'detached' });
  await soon(async () => assert.equal(await page.evaluate(() => document.activeElement.textContent), 'As table'));
});

test('holds ten thousand chips, broken escapes and a broken range without hanging', async () => {
  await open(`/logs?${range}`);
  await page.getByRole('link', { name: /^Logs/ }).waitFor();
  await page.evaluate(() => {
    const query = Array.from({ length: 10_000 }, (_, index) => `f=k${index}%3Dv`).join('&');
    history.pushState(null, '', `/logs?t=now-1h&live=off&${query}`);
    dispatchEvent(new PopStateEvent('popstate'));
  });
  await page.getByRole('button', { name: /^9,?\d+ more$|^99\d\d more$/ }).click();
  await page.getByRole('button', { name: 'Remove all 10000' }).click();
  await hasChips([]);
  await open('/logs?f=%E0%A4%A&f=%zz&t=%00..x&live=%ff&q=%');
  await page.locator('main h1').first().waitFor({ state: 'attached' });
  await page.locator('footer').waitFor();
});

test('stands still for those who asked for that', async () => {
  const tab = await browser.opened({ reducedMotion: 'reduce' });
  for (const path of ['/connect', '/logs']) {
    await open(`${path}?${range}`, tab.page);
    await tab.page.locator('main h1').first().waitFor({ state: 'attached' });
    assert.equal(await tab.page.evaluate(() => document.getAnimations().length), 0, path);
  }
  await tab.context.close();
});

test('broke no policy and threw nothing in any of this', () => {
  assert.deepEqual(browser.complaints, []);
});
