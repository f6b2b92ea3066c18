import { expectAccessible } from './support/accessibility';
import { expect, test } from './support/fixtures';
import { ImageLabPage } from './support/image-lab';

// The service worker answers from its own cache, past what this test does to the network.
test.use({ contextOptions: { reducedMotion: 'reduce' }, serviceWorkers: 'block' });

test('reads what a picture says, and what is left of it', async ({ page, consoleWatch }) => {
  test.slow();
  consoleWatch.allow(/Failed to load resource/);
  const requests: string[] = [];
  page.on('request', (request) => requests.push(request.url()));
  const lab = new ImageLabPage(page);
  await lab.open();
  await lab.sample('Road sign').click();
  await lab.expectReady('Road sign');
  expect(requests.filter((url) => /PP-OCRv4/.test(url))).toEqual([]);

  await page.route('**/*PP-OCRv4*', (route) => route.abort());
  await page.getByRole('radio', { name: 'Legibility' }).check();
  await expect(lab.alert).toContainText(/PP-OCRv4.*could not be fetched/);
  await page.unroute('**/*PP-OCRv4*');
  await lab.alert.getByRole('button', { name: 'Try again' }).click();

  const panel = page.getByRole('region', { name: 'What can be read' });
  const original = panel.locator('figure').filter({ hasText: 'Original' });
  await expect(original.getByText('EXIT 7\nLONE HILL')).toBeVisible({ timeout: 120_000 });
  await lab.field.fill('2');
  const lane = panel.locator('figure').filter({ hasText: 'Karhunen 128' });
  await expect(lane.getByText('nothing')).toBeVisible({ timeout: 60_000 });
  await expectAccessible(page);
  // Nothing of a few tokens can be read; of all of them, most.
  await lab.field.fill('256');
  await expect(lane.getByText(/EXIT/)).toBeVisible({ timeout: 60_000 });

  await lab.sample('Cat').click();
  await expect(panel.getByText('No writing found in this picture.')).toBeVisible({ timeout: 60_000 });
});
