import type { Page } from '@playwright/test';
import { expectAccessible } from './support/accessibility';
import { expect, test } from './support/fixtures';
import { ImageLabPage } from './support/image-lab';
import { field, settled } from './support/text-lab';

// What is answered here must not come out of a service worker.
test.use({ serviceWorkers: 'block' });

const panelOf = (page: Page) => page.getByRole('dialog', { name: 'Copy link' });

/** The same page under an address that is not this machine's. */
async function publish(page: Page, origin: string, baseURL: string): Promise<void> {
  await page.route(`${origin}/**`, async (route) => {
    const { pathname } = new URL(route.request().url());
    await route.fulfill({ response: await route.fetch({ url: new URL(pathname, baseURL).href }) });
  });
}

async function share(page: Page) {
  await page.getByRole('button', { name: 'Copy link' }).click();
  const panel = panelOf(page);
  await expect(panel.getByRole('status').first()).toContainText('Link copied');
  return panel;
}

test('where others can open it: a code for a classroom, the share sheet, and how long it is', async ({
  page,
  baseURL,
}) => {
  const origin = 'https://tokenoscope.example';
  await publish(page, origin, baseURL!);
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write'], { origin });
  await page.addInitScript(() => {
    Object.assign(navigator, {
      share: async (data: ShareData) => Object.assign(window, { shared: data.url }),
    });
  });
  const lab = new ImageLabPage(page);
  await page.goto(origin);
  await lab.expectReady();
  const panel = await share(page);
  await expect(panel).not.toContainText('cannot open');
  await panel.getByRole('button', { name: 'QR code' }).click();
  await expect(panel.getByRole('img', { name: 'QR code of the link' })).toBeVisible();
  await expectAccessible(page);
  const link = await panel.getByRole('textbox', { name: 'Link' }).inputValue();
  await panel.getByRole('button', { name: 'Share…' }).click();
  expect(await page.evaluate('shared')).toBe(link);
  await page.keyboard.press('Escape');

  await page.goto(`${origin}/#text`);
  await settled(page);
  // What deflate cannot shorten.
  const noise = (length: number) =>
    Array.from({ length }, (_, i) =>
      String.fromCharCode(0x4e00 + ((i * 7919 + (i % 97) * 104_729) % 20_000)),
    );
  await field(page).fill(noise(1000).join(''));
  const long = await share(page);
  await expect(long).toContainText('Some chats cut links over 2,000 characters.');
  await long.getByRole('button', { name: 'QR code' }).click();
  await expect(long).toContainText('too long for a code that phones can read');
  await page.keyboard.press('Escape');
  await field(page).fill(noise(5000).join(''));
  await expect(await share(page)).toContainText('cut links over 8,000 characters.');
});
