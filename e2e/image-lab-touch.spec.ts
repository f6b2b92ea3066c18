import { expect, test } from './support/fixtures';
import { ImageLabPage } from './support/image-lab';

test.use({
  viewport: { width: 390, height: 844 },
  hasTouch: true,
  isMobile: true,
  contextOptions: { reducedMotion: 'reduce' },
});

test('a finger moves the slider or scrolls; nothing runs out of a window, upright or not', async ({
  page,
}) => {
  const lab = new ImageLabPage(page);
  await lab.open();
  await test.step('a finger that scrolls over the slider leaves k alone; one that slides moves it', async () => {
    const fingers = await page.context().newCDPSession(page);
    const box = (await lab.slider.boundingBox())!;
    const at = (share: number) => box.x + box.width * share;
    const middle = box.y + box.height / 2;
    const swipe = async (from: [number, number], to: [number, number]) => {
      const point = (t: number) => [
        { x: from[0] + (to[0] - from[0]) * t, y: from[1] + (to[1] - from[1]) * t },
      ];
      await fingers.send('Input.dispatchTouchEvent', { type: 'touchStart', touchPoints: point(0) });
      for (let i = 1; i <= 12; i++) {
        await fingers.send('Input.dispatchTouchEvent', { type: 'touchMove', touchPoints: point(i / 12) });
      }
      await fingers.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] });
    };
    await swipe([at(0.8), middle], [at(0.8) + 4, middle - 300]);
    await expect.poll(() => page.evaluate(() => scrollY)).toBeGreaterThan(0);
    await expect(lab.slider).toHaveAttribute('aria-valuenow', '64');
    await page.evaluate(() => scrollTo(0, 0));
    await swipe([at(0.25), middle], [(await lab.placeOf(128))[0], middle + 20]);
    await expect(lab.slider).toHaveAttribute('aria-valuenow', '128');
    await page.touchscreen.tap((await lab.placeOf(32))[0], middle);
    await expect(lab.slider).toHaveAttribute('aria-valuenow', '32');
    // Between marks a finger finds round numbers only, at least as far apart as it can aim.
    const found = new Set<string | null>();
    for (let x = 0.8; x <= 1; x += 0.02) {
      await page.touchscreen.tap(at(x), middle);
      found.add(await lab.slider.getAttribute('aria-valuenow'));
    }
    for (const k of found) expect(Number(k) % 4).toBe(0);
    expect(found.size).toBeGreaterThan(5);
  });

  await test.step('original and reconstruction stand level, and nothing runs out of a window, upright or not', async () => {
    for (const [width, height] of [
      [390, 844],
      [844, 390],
      [375, 667],
    ] as const) {
      await page.setViewportSize({ width, height });
      const [a, b] = [(await lab.original.boundingBox())!, (await lab.reconstruction.boundingBox())!];
      expect(a.y).toBe(b.y);
      expect(
        await page.evaluate(() => document.documentElement.scrollWidth - innerWidth),
      ).toBeLessThanOrEqual(0);
    }
  });
});
