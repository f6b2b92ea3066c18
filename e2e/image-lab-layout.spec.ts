import type { Locator, Page } from '@playwright/test';
import { expectAccessible } from './support/accessibility';
import { dropFiles } from './support/files';
import { expect, test } from './support/fixtures';
import { ImageLabPage, pngFile } from './support/image-lab';

test.use({ viewport: { width: 1440, height: 900 }, contextOptions: { reducedMotion: 'reduce' } });

const sentence = (page: Page, text: string | RegExp) => page.getByRole('paragraph').filter({ hasText: text });

async function areaOf(pictures: readonly Locator[]): Promise<number> {
  const boxes = await Promise.all(pictures.map((picture) => picture.boundingBox()));
  return boxes.reduce((sum, box) => sum + box!.width * box!.height, 0);
}

test('the pictures are the page; the chart folds away; other views and several models take the room that there is', async ({
  page,
}) => {
  const lab = new ImageLabPage(page);
  await test.step('the pictures are the page, and slider, filmstrip and chart share one scale', async () => {
    await page.goto('/');
    // Before there is anything to see, the sentence is true as well, and its line is kept free.
    await expect(sentence(page, /^Loading Karhunen 128|^Karhunen 128 turns|^This picture/)).toBeVisible();
    const before = (await lab.slider.boundingBox())!;
    await lab.expectReady();
    expect((await lab.slider.boundingBox())!.y).toBe(before.y);

    const pictures = [lab.original, lab.reconstruction];
    expect(await areaOf(pictures)).toBeGreaterThanOrEqual((1440 * 900) / 2);
    // All of that, their figures and the slider are in the first window.
    expect(before.y + before.height).toBeLessThan(900);

    await expect(sentence(page, 'This picture, rebuilt from its first 64 tokens: 128 bytes.')).toBeVisible();
    await lab.field.fill('1');
    await expect(sentence(page, 'This picture, rebuilt from its first token: 2 bytes.')).toBeVisible();

    // Stills stand under the marks of the slider, and doublings are equally far apart.
    const strip = page.getByRole('region', { name: 'Filmstrip' });
    const middles: number[] = [];
    for (const k of [1, 2, 16, 128, 256]) {
      const still = (await strip
        .getByRole('button', { name: `Show ${k} token` })
        .first()
        .boundingBox())!;
      middles.push(still.x + still.width / 2);
      expect(Math.abs(middles.at(-1)! - (await lab.placeOf(k))[0])).toBeLessThan(1);
    }
    expect(middles[1]! - middles[0]!).toBeCloseTo(middles[4]! - middles[3]!, 0);

    // The chart has the same scale: a click there sets k.
    const chart = page.getByRole('img', { name: /^PSNR from/ });
    await chart.scrollIntoViewIfNeeded();
    const [x] = await lab.placeOf(100);
    const box = (await chart.boundingBox())!;
    await page.mouse.click(x, box.y + 40);
    await expect(lab.slider).toHaveAttribute('aria-valuenow', '100');
    await page.mouse.move(x, box.y + 40);
    await page.mouse.down();
    await page.mouse.move((await lab.placeOf(12))[0], box.y + 60, { steps: 5 });
    await page.mouse.up();
    await expect(lab.slider).toHaveAttribute('aria-valuenow', '12');
    const [at] = await lab.placeOf(12);
    await expect
      .poll(async () => {
        const point = (await chart.locator('circle').boundingBox())!;
        return Math.abs(point.x + point.width / 2 - at);
      })
      .toBeLessThan(1);

    // Every k by one step.
    await page.getByRole('button', { name: 'One token more' }).click();
    await expect(lab.field).toHaveValue('13');
    await lab.slider.focus();
    await page.keyboard.press('-');
    await page.keyboard.press('-');
    await expect(lab.field).toHaveValue('11');
    await page.keyboard.press('+');
    await page.keyboard.press('PageUp');
    await expect(lab.field).toHaveValue('16');
    await expectAccessible(page);
  });

  await test.step('nothing is half visible above the slider, and what is opened scrolls clear of it', async () => {
    const dock = page.getByRole('region', { name: 'Tokens kept' });
    const isClear = async (above: Locator) => {
      const [box, top] = [(await above.boundingBox())!, (await dock.boundingBox())!.y];
      expect(box.y + box.height).toBeLessThanOrEqual(top + 1);
    };
    await page.evaluate(() => scrollTo(0, 0));
    await dropFiles(page, 'body', await pngFile('wide.png', 320, 200));
    await lab.expectReady('wide.png');
    for (const [width, height] of [
      [1440, 900],
      [1366, 657],
    ] as const) {
      await page.setViewportSize({ width, height });
      // Where the pictures are large, the note stands beside the name and takes nothing from them.
      if (width === 1440) {
        await expect
          .poll(() => areaOf([lab.original, lab.reconstruction]))
          .toBeGreaterThanOrEqual((1440 * 900) / 2);
      }
      await expect(async () => isClear(page.getByText(/^The centre, 200 × 200/).first())).toPass();
      await isClear(page.getByText('PSNR', { exact: true }).first());
    }
    await page.setViewportSize({ width: 1440, height: 900 });
    await page.getByRole('button', { name: 'More figures' }).click();
    await expect(page.getByText('Bits/px')).toBeVisible();
    await expect(async () => isClear(page.getByText('Bits/px'))).toPass();
    await page.getByRole('button', { name: 'More figures' }).click();
    await lab.sample('Mountain lake').click();
    await lab.expectReady('Mountain lake');
  });

  await test.step('the chart folds away, and stays so', async () => {
    const fold = page.getByRole('button', { name: 'Rate and quality' });
    const chart = page.getByRole('img', { name: /^PSNR from/ });
    await expect(chart).toBeVisible();
    await expect(fold).toHaveAttribute('aria-expanded', 'true');
    const steps = await page.evaluate(() => history.length);
    await fold.click();
    await expect(fold).toHaveAttribute('aria-expanded', 'false');
    await expect(chart).toBeHidden();
    await page.reload();
    await lab.expectReady();
    await expect(fold).toHaveAttribute('aria-expanded', 'false');
    await expect(chart).toBeHidden();
    expect(await page.evaluate(() => history.length)).toBe(steps);
    await fold.click();
    await expect(chart).toBeVisible();
  });

  await test.step('other views and several models take the room that there is', async () => {
    await lab.field.fill('64');
    const one = (await lab.reconstruction.boundingBox())!;
    await page.getByRole('radio', { name: 'Wipe' }).check();
    // Limited by the height alone, as before.
    expect((await lab.reconstruction.boundingBox())!.height).toBe(one.height);
    await page.getByRole('radio', { name: 'Side by side' }).check();
    await page.getByRole('button', { name: 'Compare models' }).click();
    await expect(lab.reconstruction).toHaveCount(2);
    await expect(
      sentence(
        page,
        'This picture, rebuilt from its first 64 tokens by Karhunen 128 and Ladder 128: 128 bytes each.',
      ),
    ).toBeVisible({ timeout: 60_000 });
    for (const [width, height] of [
      [1440, 900],
      [1024, 768],
      [844, 390],
      [390, 844],
    ] as const) {
      await page.setViewportSize({ width, height });
      const boxes = await Promise.all(
        (await lab.reconstruction.all()).map((picture) => picture.boundingBox()),
      );
      // Level, and as wide as the window allows or as high as it leaves.
      expect(boxes[0]!.y).toBe(boxes[1]!.y);
      expect(boxes[0]!.height).toBeGreaterThan(Math.min(width / 3.5, height * 0.4));
      expect(
        await page.evaluate(() => document.documentElement.scrollWidth - innerWidth),
      ).toBeLessThanOrEqual(0);
    }
    // On a phone the original takes the first model's place.
    await expect(lab.original).toBeHidden();
    await page.getByRole('button', { name: 'Original', exact: true }).click();
    await expect(lab.original).toBeVisible();
    await expect(lab.reconstruction).toHaveCount(1);
    await page.getByRole('button', { name: 'Original', exact: true }).click();
    await expect(lab.reconstruction).toHaveCount(2);
    // On its side the ways in and the ways to look are on the first screen.
    await page.setViewportSize({ width: 844, height: 390 });
    const ways = [
      page.getByRole('button', { name: 'Open', exact: true }),
      page.getByRole('button', { name: 'Compare models' }),
      page.getByText('Heat map', { exact: true }),
      lab.slider,
    ];
    for (const way of ways) {
      const box = (await way.boundingBox())!;
      expect([box.y > 40, box.y + box.height < 390]).toEqual([true, true]);
    }
  });
});
