import type { Locator, Page } from '@playwright/test';
import sharp from 'sharp';
import { expectAccessible } from './support/accessibility';
import { addressAtRest } from './support/address';
import { expect, test } from './support/fixtures';
import { ImageLabPage } from './support/image-lab';

/** What of a picture is on screen, as a picture. */
async function shot(page: Page, square: Locator): Promise<Buffer> {
  await page.mouse.move(2, 2);
  return sharp(await square.screenshot())
    .removeAlpha()
    .raw()
    .toBuffer();
}

/** Mean difference of two pictures of one size, in levels. */
function apart(a: Buffer, b: Buffer): number {
  expect(a.length).toBe(b.length);
  return a.reduce((sum, value, i) => sum + Math.abs(value - b[i]!), 0) / a.length;
}

test('two pictures are compared in one place, by any measure, and all zoom together', async ({ page }) => {
  const lab = new ImageLabPage(page);
  await lab.open();
  const view = (name: string) => page.getByRole('radio', { name, exact: true }).check();
  const square = page.locator('[data-square]').first();

  await test.step('the heat map is computed for the pictures on screen, and has a legend with units', async () => {
    await view('Heat map');
    const heat = page.getByRole('img', { name: /^Error heat map, Squared error of each pixel/ });
    await expect(heat).toBeVisible();
    await expect(page.getByText('10 dB or less')).toBeVisible();
    const few = await lab.pixels(heat);
    await lab.field.fill('200');
    await expect(heat).toHaveAccessibleName(/from 200 of 256 tokens/);
    const many = await lab.pixels(heat);
    // Viridis: its green and red rise with the error.
    const bright = ({ data }: { data: number[] }) =>
      data.reduce((sum, value, i) => sum + (i % 4 < 2 ? value : 0), 0);
    expect(bright(many)).toBeLessThan(bright(few));
    await page
      .getByRole('group', { name: 'Measure of the heat map' })
      .getByRole('radio', { name: 'SSIM', exact: true })
      .check();
    await expect(page.getByRole('img', { name: /^Error heat map, SSIM around each pixel/ })).toBeVisible();
    await expectAccessible(page);
    await page
      .getByRole('group', { name: 'Measure of the heat map' })
      .getByRole('radio', { name: 'Distance', exact: true })
      .check();
    await expect(page.getByText('Distance compares whole pictures and has no local values.')).toBeVisible();
    await page
      .getByRole('group', { name: 'Measure of the heat map' })
      .getByRole('radio', { name: 'PSNR', exact: true })
      .check();
  });

  await test.step('blink shows the other picture while a key is held, and by itself only where motion is welcome', async () => {
    await lab.field.fill('4');
    await view('Blink');
    await expect(page.getByText('Your system asks for less motion: press to switch.')).toBeVisible();
    await expect(lab.original).toBeVisible();
    const hold = page.getByRole('button', { name: 'Hold to show the other' });
    await hold.focus();
    await page.keyboard.down('Space');
    await expect(lab.reconstruction).toBeVisible();
    await expect(lab.original).toBeHidden();
    await page.waitForTimeout(600);
    await page.keyboard.up('Space');
    await expect(lab.original).toBeVisible();
    await page.emulateMedia({ reducedMotion: 'no-preference' });
    const changes = await square.evaluate(async (element) => {
      const layers = [...element.querySelectorAll('[data-hidden], div:has(> div > canvas)')];
      const times: number[] = [];
      const observer = new MutationObserver(() => times.push(performance.now()));
      observer.observe(element, { attributes: true, subtree: true, attributeFilter: ['data-hidden'] });
      await new Promise((resolve) => setTimeout(resolve, 3300));
      observer.disconnect();
      return layers.length > 0 ? times : [];
    });
    expect(changes.length).toBeGreaterThan(1);
    for (const [i, time] of changes.slice(1).entries()) expect(time - changes[i]!).toBeGreaterThan(450);
    await page.getByRole('button', { name: 'Pause' }).click();
    await expect(page.getByRole('button', { name: 'Play' })).toBeVisible();
    await page.emulateMedia({ reducedMotion: 'reduce' });
  });

  await test.step('any two pictures are wiped, and the link says which', async () => {
    await view('Wipe');
    await page.getByRole('button', { name: 'Compare models' }).click();
    await expect(
      page.getByRole('slider', { name: 'Wipe between Karhunen 128 and Ladder 128' }),
    ).toBeVisible();
    await page.getByLabel('First picture').selectOption('Original');
    await expect(page.getByRole('slider', { name: 'Wipe between Original and Ladder 128' })).toBeVisible();
    const url = await addressAtRest(page);
    await page.getByRole('button', { name: 'Stop comparing' }).click();
    await expect(page.getByRole('slider', { name: 'Wipe between Original and Karhunen 128' })).toBeVisible();
    await page.goto(url);
    await expect(page.getByRole('slider', { name: 'Wipe between Original and Ladder 128' })).toBeVisible();
    await page.getByRole('button', { name: 'Stop comparing' }).click();
  });

  await test.step('all pictures zoom and pan together, by wheel, keys and drag', async () => {
    await view('Side by side');
    await expect(lab.reconstruction).toHaveCount(1);
    const squares = await page.locator('[data-square]').all();
    const whole = await Promise.all(squares.map((one) => shot(page, one)));
    const box = (await square.boundingBox())!;
    await page.mouse.move(box.x + box.width * 0.3, box.y + box.height * 0.3);
    await page.keyboard.down('Control');
    await page.mouse.wheel(0, -120);
    await page.keyboard.up('Control');
    const zoom = page.getByRole('toolbar', { name: 'Zoom' });
    await expect(zoom.getByText(/^\d+×$/)).toBeVisible();
    const zoomed = [await shot(page, squares[0]!), await shot(page, squares[1]!)];
    for (const [i, before] of whole.entries()) expect(apart(before, zoomed[i]!)).toBeGreaterThan(3);
    await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
    await page.mouse.down();
    await page.mouse.move(box.x + box.width / 2 - 120, box.y + box.height / 2 - 90, { steps: 4 });
    await page.mouse.up();
    const panned = await shot(page, squares[1]!);
    expect(apart(zoomed[1]!, panned)).toBeGreaterThan(1);
    await zoom.getByRole('button', { name: 'Zoom in' }).focus();
    await page.keyboard.press('Shift+ArrowLeft');
    expect(apart(panned, await shot(page, squares[1]!))).toBeGreaterThan(0.5);
    await expect(page.getByText(/Every pixel is \d+ pixels wide; the centre is/)).toBeAttached();
    await zoom.getByRole('button', { name: 'Loupe' }).click();
    await expect(page.locator('[data-square] canvas[role="img"]')).toHaveCount(4);
    await expectAccessible(page);
    await page.keyboard.press('l');
    await expect(page.locator('[data-square] canvas[role="img"]')).toHaveCount(2);
    await zoom.getByRole('button', { name: /show the whole picture/ }).click();
    await expect(zoom.getByText('Fit')).toBeVisible();
    expect(apart(whole[1]!, await shot(page, squares[1]!))).toBeLessThan(1);
  });

  await test.step('the chosen measure is the large figure under the picture; a costly one is measured on demand', async () => {
    const figures = page.locator('figure', { has: lab.reconstruction });
    await figures.getByRole('button', { name: 'More figures' }).click();
    await figures.getByRole('button', { name: 'Measure Distance' }).click();
    await expect(figures.locator('[data-main]')).toContainText(/Distance\d/, { timeout: 60_000 });
    expect(await lab.fact('PSNR')).toBeGreaterThan(10);
  });

  await test.step('reference curves come with their protocols', async () => {
    await page.getByText('Reference curves', { exact: true }).click();
    const table = page.getByRole('region', { name: 'Reference curves and their protocols' });
    await expect(table).toContainText('256 × 256, other protocol');
    await expect(table).toContainText('LPIPS with the AlexNet backbone');
    await page
      .getByRole('group', { name: 'Quality measure' })
      .getByRole('radio', { name: 'PSNR', exact: true })
      .check();
    await table.getByRole('checkbox', { name: 'Draw FlexTok d12-d12' }).check();
    await expect(page.locator('svg g[data-other]')).toHaveCount(1);
    await expectAccessible(page);
  });
});
