import { expect, test } from './support/fixtures';
import { ImageLabPage } from './support/image-lab';

test.use({ contextOptions: { reducedMotion: 'reduce' } });

test('the chosen measure shows everywhere; the model menu stays within every window', async ({ page }) => {
  const lab = new ImageLabPage(page);
  await lab.open();
  await test.step('the chosen measure shows everywhere: in the plot, under the pictures and in the filmstrip', async () => {
    const strip = page.getByRole('region', { name: 'Filmstrip' });
    await expect(strip.getByRole('button').filter({ hasText: 'dB' })).toHaveCount(9);
    for (const name of ['SSIM', 'MS-SSIM', 'Distance']) {
      await page.getByRole('radio', { name, exact: true }).check();
      await expect(page.getByRole('img', { name: new RegExp(`^${name} from`) })).toBeVisible({
        timeout: 60_000,
      });
      await expect.poll(() => lab.fact(name)).toBeGreaterThan(0);
      await expect(strip.getByRole('button').filter({ hasText: /\d\.\d/ })).toHaveCount(9);
      await expect(strip.getByRole('button').filter({ hasText: 'dB' })).toHaveCount(0);
    }
  });

  await test.step('the model menu stays within every window, and arrow keys reach all of it', async () => {
    const trigger = page.getByRole('button', { name: /^Model: / });
    const menu = page.getByRole('dialog', { name: 'Model', exact: true });
    const focused = page.locator('button:focus');
    for (const [width, height] of [
      [1366, 657],
      [1280, 720],
      [375, 667],
      [844, 390],
    ] as const) {
      await page.setViewportSize({ width, height });
      await trigger.focus();
      await page.keyboard.press('ArrowDown');
      await expect(focused).toHaveAttribute('aria-current', 'true');
      // What the page lays out anew for the window may move the button once more.
      await expect(async () => {
        const box = (await menu.boundingBox())!;
        expect(box.x).toBeGreaterThanOrEqual(0);
        expect(box.x + box.width).toBeLessThanOrEqual(width);
        expect(box.y + box.height).toBeLessThanOrEqual(height);
      }).toPass({ timeout: 45_000 });
      const first = await focused.textContent();
      await page.keyboard.press('ArrowDown');
      await expect(focused).not.toHaveText(first!);
      await page.keyboard.press('End');
      await expect(focused).toHaveText(/^Add a checkpoint…/);
      await expect(focused).toBeInViewport();
      await page.keyboard.press('ArrowDown');
      await expect(focused).not.toHaveText(/^Add a checkpoint…/);
      await expect(focused).toBeInViewport();
      await page.keyboard.press('Escape');
      await expect(menu).toBeHidden();
      await expect(trigger).toBeFocused();
    }
  });
});
