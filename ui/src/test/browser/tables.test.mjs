// Tables in a real browser: columns that are widened and moved, and rows of which only those in view exist. Run as walk.test.mjs is.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { launched } from './browser.mjs';
import { send } from './shop.mjs';

const ui = process.env.PHAROS_UI;
const range = 't=now-1h&live=off';

let browser;
let page;

before(async () => {
  await send(process.env.PHAROS_OTLP, { checkouts: 60, minutes: 20, end: BigInt(Date.now()) * 1_000_000n });
  browser = await launched();
  ({ page } = await browser.opened());
});

after(async () => {
  await browser?.close();
});

const open = (address) => page.goto(`${ui}${address}`);
const head = (name) => page.getByRole('columnheader', { name });
const widthOf = async (name) => Math.round((await head(name).boundingBox()).width);

/** Until the column is so wide. */
const untilWide = (name, width) => page.waitForFunction(([text, wanted]) => {
  const found = [...document.querySelectorAll('[role=columnheader]')].find((one) => one.textContent.startsWith(text));
  return found !== undefined && Math.abs(found.getBoundingClientRect().width - wanted) < 1.5;
}, [name, width]);

/** Until the heads that begin with these words stand in this order, one after the other. */
const untilInOrder = (...names) => page.waitForFunction((wanted) => {
  const texts = [...document.querySelectorAll('[role=columnheader]')].map((one) => one.textContent.trim());
  const first = texts.findIndex((text) => text.startsWith(wanted[0]));
  return first >= 0 && wanted.every((name, index) => texts[first + index]?.startsWith(name));
}, names);

async function drag(from, to, y) {
  await page.mouse.move(from, y);
  await page.mouse.down();
  await page.mouse.move((from + to) / 2, y, { steps: 3 });
  await page.mouse.move(to, y, { steps: 3 });
  await page.mouse.up();
}

test('widens a column by its edge and by keys, keeps it for this table alone, and brings all back', async () => {
  await open(`/services?${range}`);
  await head('Error logs').waitFor();
  const [first, before] = [await head('Error logs').boundingBox(), await widthOf('Error logs')];
  await drag(first.x + first.width + 5, first.x + first.width + 65, first.y + 12);
  await untilWide('Error logs', before + 60);
  await page.reload();
  await untilWide('Error logs', before + 60);
  await page.getByRole('button', { name: 'Error logs' }).focus();
  await page.keyboard.press('Shift+ArrowLeft');
  await untilWide('Error logs', before + 52);
  await page.keyboard.press('Shift+ArrowRight');
  await untilWide('Error logs', before + 60);
  await page.keyboard.press('Backspace');
  await untilWide('Error logs', before);
  assert.equal(new URL(page.url()).searchParams.get('sort'), null, 'a drag is no click');

  await open(`/traces?${range}`);
  await head('Duration').waitFor();
  const other = await widthOf('Duration');
  const { x, y, width } = await head('Duration').boundingBox();
  await drag(x + width + 5, x + width + 35, y + 12);
  await untilWide('Duration', other + 30);
  // The columns before it stay as they are: the edge is where the pointer left it.
  await page.mouse.dblclick(x + width + 36, y + 12);
  await untilWide('Duration', other);
});

test('moves a column by its head and by keys, cells with it, and sorts by a click as before', async () => {
  await open(`/services?${range}`);
  await untilInOrder('Requests', 'Errors', 'p95');
  const [requests, p95] = [await head('Requests').boundingBox(), await head('p95').boundingBox()];
  await drag(requests.x + 100, p95.x + 40, requests.y + 12);
  await untilInOrder('Errors', 'p95', 'Requests');
  await page.waitForFunction(() => /\d\/(s|min|h)/.test(document.querySelector('[aria-rowindex] [role=cell]:nth-child(5)').textContent));
  await open(`/?${range}`);
  await untilInOrder('Errors', 'p95', 'Requests');
  const why = head('Why');
  await why.focus();
  await page.keyboard.press('>');
  await untilInOrder('Service', 'Errors', 'Why');
  await page.waitForFunction(() => document.activeElement.textContent.startsWith('Why'));
  await page.keyboard.press('<');
  await untilInOrder('Service', 'Why', 'Errors');
  await page.keyboard.press('Backspace');
  await untilInOrder('Service', 'Why', 'Requests', 'Errors', 'p95');
  await page.getByRole('button', { name: 'Requests' }).click();
  await page.waitForURL(/sort=-rate/);
  await page.locator('[role=columnheader][aria-sort=descending]', { hasText: 'Requests' }).waitFor();
});

test('keeps a thousand services in few rows, that keys walk to the last of', async () => {
  await page.route('**/pharos/api/v1/overview?*', async (route) => {
    const reply = await route.fetch();
    const answer = await reply.json();
    const [one] = answer.services;
    answer.services = Array.from({ length: 1000 }, (_, index) => ({ ...one, name: `service-${String(index).padStart(4, '0')}` }));
    await route.fulfill({ response: reply, json: answer });
  });
  for (const address of ['/services', '/']) {
    await open(`${address}?${range}`);
    const table = page.getByRole('table', { name: 'Services by what they do' });
    await table.getByText('service-0000').waitFor();
    assert.equal(await table.getAttribute('aria-rowcount'), '1001');
    assert.ok((await table.locator('[aria-rowindex]').count()) < 100, `all rows of ${address} exist at once`);
    await page.keyboard.press('j');
    await page.waitForFunction(() => document.activeElement.dataset.row === 'service-0000');
    for (let step = 0; step < 40; step++) await page.keyboard.press('j');
    await page.waitForFunction(() => document.activeElement.dataset.row === 'service-0040');
    await table.getByText('service-0040').waitFor();
    await table.evaluate((element) => (element.querySelector('.rows').scrollTop = 1e6));
    await table.getByText('service-0999').waitFor();
  }
  await page.unroute('**/pharos/api/v1/overview?*');
});

test('groups what spans threw by type and message, and leads on to a trace with it, its spans and back', async () => {
  await open(`/traces?${range}`);
  await page.getByRole('group', { name: 'View' }).getByRole('button', { name: 'Exceptions' }).click();
  await page.waitForURL(/view=exceptions/);
  const table = page.getByRole('table', { name: 'Exceptions' });
  const rows = table.locator('[aria-rowindex]');
  await rows.first().getByText('GatewayTimeout').waitFor();
  await rows.first().getByText(/504 after \d+ ms/).waitFor();
  await rows.first().getByRole('button', { name: 'payments' }).waitFor();
  await page.getByRole('region', { name: 'Comparison' }).waitFor({ state: 'detached' });
  await page.keyboard.press('j');
  await page.waitForFunction(() => document.activeElement.dataset.row?.startsWith('GatewayTimeout: 504 after'));
  await page.keyboard.press('Enter');
  await page.getByRole('complementary', { name: 'Details of the trace' }).getByText('The error begins in payments').waitFor();
  await page.keyboard.press('Escape');
  await page.keyboard.press('o');
  await page.waitForURL(/\/trace\/4bf92f3577b34da6a3ce[0-9a-f]{12}\?.*span=/);
  await page.getByRole('complementary', { name: 'Span' }).getByRole('heading', { name: 'POST /charges' }).waitFor();
  await page.goBack();
  await rows.nth(1).waitFor();
  await rows.first().getByRole('button', { name: 'filter' }).click();
  await page.waitForURL((url) => url.searchParams.getAll('f').length === 2 && url.searchParams.get('view') === 'exceptions');
  await page.waitForFunction(() => document.querySelectorAll('[aria-rowindex]').length === 1);
  await page.goBack();
  await rows.nth(1).waitFor();
  await page.getByRole('group', { name: 'View' }).getByRole('button', { name: 'Compare' }).click();
  await page.getByRole('region', { name: 'Comparison' }).waitFor();
  await page.getByRole('group', { name: 'View' }).getByRole('button', { name: 'List' }).click();
  await page.getByRole('region', { name: 'Comparison' }).waitFor({ state: 'detached' });
  await page.getByRole('table', { name: 'Traces' }).waitFor();
});

test('puts the traces of a filter together as a tree of operations, and leads on to one and to its spans', async () => {
  await open(`/traces?${range}&f=payment.region%3Deu-south&view=structure`);
  const table = page.getByRole('table', { name: 'Structure' });
  const rows = table.locator('[aria-rowindex]');
  await rows.nth(0).getByText('storefront POST /checkout server').waitFor();
  await rows.nth(1).getByText('storefront POST /orders client').waitFor();
  await rows.nth(2).getByText('orders POST /orders server').waitFor();
  await rows.filter({ hasText: /inventory SELECT stock client\s*100\s*%.*0\s*%/ }).waitFor();
  await rows.filter({ hasText: /payments POST \/charges client\s*100\s*%.*100\s*%/ }).waitFor();
  await page.keyboard.press('j');
  await page.keyboard.press('j');
  await page.waitForFunction(() => document.activeElement.dataset.row?.endsWith('storefront POST /orders client'));
  await page.keyboard.press('o');
  await page.waitForURL(/\/trace\/4bf92f3577b34da6a3ce[0-9a-f]{12}\?.*span=/);
  await page.goBack();
  await rows.filter({ hasText: 'inventory SELECT stock client' }).getByRole('button', { name: 'filter' }).click();
  await page.waitForURL((url) => url.searchParams.getAll('f').includes('name=SELECT stock') && url.searchParams.get('view') === 'structure');
});
