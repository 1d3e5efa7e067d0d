import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import { chromium } from 'playwright-core';

const PATIENCE_MILLIS = 10_000;

/** A browser over the product that runs at PHAROS_UI, and what its pages complain about. */
export async function launched() {
  const browser = await chromium.launch({ executablePath: process.env.CHROMIUM, args: ['--no-sandbox', '--disable-gpu', '--force-color-profile=srgb'] });
  const complaints = [];
  return {
    complaints,
    close: () => browser.close(),
    async opened({ theme = 'dark', width = 1440, height = 900, ...more } = {}) {
      const context = await browser.newContext({ viewport: { width, height }, colorScheme: theme, timezoneId: 'UTC', permissions: ['clipboard-read', 'clipboard-write'], ...more });
      const page = await context.newPage();
      page.setDefaultTimeout(20_000);
      page.on('pageerror', (error) => complaints.push(`${page.url()}: ${error.message}`));
      page.on('console', (message) => {
        if (message.type() === 'error' && /Content Security Policy|Refused/i.test(message.text())) complaints.push(message.text());
      });
      return { context, page };
    },
  };
}

/** Until `check` throws no more: what a key or a press brings about is there soon after it, not with it. Throws what it threw last. */
export async function soon(check) {
  for (const until = Date.now() + PATIENCE_MILLIS; ; ) {
    try {
      return await check();
    } catch (error) {
      if (Date.now() > until) throw error;
      await sleep(20);
    }
  }
}

/** The address of a page as the page has it: what the driver knows of it comes later. */
export function addressOf(page) {
  const query = async () => new URLSearchParams(await page.evaluate(() => location.search));
  const parameter = async (name) => (await query()).get(name);
  return {
    parameter,
    /** Waits for a parameter to be a text, to match an expression, or, for null, to be gone. */
    has: (name, expected, why) => soon(async () => (expected instanceof RegExp ? assert.match((await parameter(name)) ?? '', expected, why) : assert.equal(await parameter(name), expected, why))),
    /** Waits for the filter to have these chips. */
    hasChips: (expected, why) => soon(async () => assert.deepEqual((await query()).getAll('f'), expected, why)),
  };
}
