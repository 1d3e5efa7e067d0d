import { chromium } from 'playwright-core';

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
