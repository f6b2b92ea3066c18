import type { Page } from '@playwright/test';
import { expectAccessible } from './support/accessibility';
import { expect, test } from './support/fixtures';
import { ImageLabPage } from './support/image-lab';

// The service worker answers from its own cache, past what these tests do to the network.
test.use({ contextOptions: { reducedMotion: 'reduce' }, serviceWorkers: 'block' });

const chartOf = (page: Page) => page.getByRole('img', { name: /Distance from / });

test('the learned distance is loaded when it is asked for, again where that failed, and falls as tokens are added', async ({
  page,
  consoleWatch,
}) => {
  consoleWatch.allow(/Failed to load resource/);
  const requests: string[] = [];
  page.on('request', (request) => requests.push(request.url()));
  const lab = new ImageLabPage(page);
  await lab.open();
  expect(requests.filter((url) => url.includes('/measures/'))).toEqual([]);

  await test.step('says so where it cannot be fetched, and tries again', async () => {
    await page.route('**/measures/**', (route) => route.abort());
    await page.getByRole('radio', { name: 'Distance' }).check();
    await expect(lab.alert).toContainText(/tokenoscope-distance.*could not be fetched/);
    await expect(lab.reconstruction).toBeVisible();
    await page.unroute('**/measures/**');
    await lab.alert.getByRole('button', { name: 'Try again' }).click();
  });

  await expect(chartOf(page)).toHaveAccessibleName(/^Distance from [\d.]+ at 2 B to [\d.]+ at 512 B$/, {
    timeout: 60_000,
  });
  const [, first, last] = /from ([\d.]+) at 2 B to ([\d.]+) at/.exec(
    (await chartOf(page).getAttribute('aria-label')) ?? '',
  )!;
  expect(Number(last)).toBeGreaterThan(0);
  expect(Number(last)).toBeLessThan(0.6 * Number(first));
  // Also at the slider's position, which is not one of its marks.
  await lab.field.fill('201');
  await expect(lab.reconstruction).toHaveAttribute('data-k', '201');
  await expect(chartOf(page).locator('circle')).toHaveCount(1);
  await expectAccessible(page);
  // A model of pictures of another size has none.
  await page.getByRole('button', { name: /^Model: / }).click();
  await page
    .getByRole('dialog', { name: 'Model', exact: true })
    .getByRole('button', { name: /Glyphs/ })
    .click();
  await expect(page.getByText(/Distance is learned on pictures of 128 × 128/)).toBeVisible();
});
