import { readFile } from 'node:fs/promises';
import { gunzipSync } from 'node:zlib';
import sharp from 'sharp';
import type { Golden } from '../src/core/image/manifest';
import { expectAccessible } from './support/accessibility';
import { dropFiles } from './support/files';
import { expect, test } from './support/fixtures';
import { ImageLabPage } from './support/image-lab';
import { longestTaskTime } from './support/main-thread';

test.describe('at rest', () => {
  test.use({ contextOptions: { reducedMotion: 'reduce' } });

  test('every way to change k, every sample, and every view', async ({ page }) => {
    test.slow();
    const lab = new ImageLabPage(page);
    await lab.open();
    await test.step('shows a sample at once, with its figures', async () => {
      await expect(lab.slider).toHaveAttribute('aria-valuetext', '64 of 256 tokens, 128 bytes');
      expect(await lab.fact('Tokens')).toBe(64);
      expect(await lab.fact('Size')).toBe(128);
      await page.getByRole('button', { name: 'More figures' }).click();
      expect(await lab.fact('Bits/px')).toBeCloseTo((64 * 16) / (128 * 128), 2);
      expect(await lab.tokenIds()).toHaveLength(256);

      // The PSNR beside the picture is that of the two pictures on screen.
      const [a, b] = [await lab.pixels(lab.original), await lab.pixels(lab.reconstruction)];
      expect([a.width, a.height, b.width, b.height]).toEqual([128, 128, 128, 128]);
      let sum = 0;
      for (let i = 0; i < a.data.length; i++) sum += (a.data[i]! - b.data[i]!) ** 2;
      const psnr = 10 * Math.log10((255 * 255 * 128 * 128 * 3) / sum);
      expect(await lab.fact('PSNR')).toBeCloseTo(psnr, 0);
      expect(psnr).toBeGreaterThan(14);
      expect(await lab.fact('SSIM')).toBeGreaterThan(0.2);
      expect(await lab.fact('SSIM')).toBeLessThan(1);
    });

    await test.step('sharpens as k grows, by every key of the slider', async () => {
      const steps: [string, number][] = [
        ['ArrowRight', 65],
        ['ArrowUp', 66],
        ['ArrowLeft', 65],
        ['ArrowDown', 64],
        ['PageUp', 128],
        ['PageUp', 256],
        ['ArrowRight', 256],
        ['PageDown', 128],
        ['Home', 1],
        ['ArrowLeft', 1],
        ['PageUp', 2],
        ['End', 256],
      ];
      await lab.slider.focus();
      for (const [key, k] of steps) {
        await page.keyboard.press(key);
        await expect(lab.slider).toHaveAttribute('aria-valuenow', String(k));
        await expect(lab.reconstruction).toHaveAttribute('data-k', String(k));
      }
      const quality: number[] = [];
      for (const k of [4, 32, 256]) {
        await lab.field.fill(String(k));
        await expect(lab.reconstruction).toHaveAttribute('data-k', String(k));
        quality.push(await lab.fact('PSNR'));
      }
      expect(quality[1]).toBeGreaterThan(quality[0]!);
      expect(quality[2]).toBeGreaterThan(quality[1]!);
    });

    await test.step('takes a typed number and mends one out of range', async () => {
      await lab.field.fill('17');
      await expect(lab.slider).toHaveAttribute('aria-valuenow', '17');
      await lab.field.fill('9999');
      await expect(lab.slider).toHaveAttribute('aria-valuenow', '17');
      await lab.field.press('Enter');
      await expect(lab.slider).toHaveAttribute('aria-valuenow', '256');
      await expect(lab.field).toHaveValue('256');
      await lab.field.fill('');
      await lab.field.blur();
      await expect(lab.field).toHaveValue('256');
    });

    await test.step('follows the mouse to every k', async () => {
      await page.mouse.move(...(await lab.placeOf(200)));
      await page.mouse.down();
      await expect(lab.reconstruction).toHaveAttribute('data-k', '200');
      await page.mouse.move(...(await lab.placeOf(33)), { steps: 40 });
      await expect(lab.reconstruction).toHaveAttribute('data-k', '33');
      await page.mouse.up();
      await page.mouse.move(...(await lab.placeOf(100)));
      await expect(lab.slider).toHaveAttribute('aria-valuenow', '33');
    });

    await test.step('paints a cached position in the task of the event itself', async () => {
      const stills = page.getByRole('region', { name: 'Filmstrip' }).getByRole('button');
      await expect(stills.filter({ hasText: 'dB' })).toHaveCount(9);
      const painted = await lab.slider.evaluate(async (slider) => {
        const canvas = document.querySelector<HTMLCanvasElement>('canvas[data-k]')!;
        const seen: (string | undefined)[] = [];
        for (const key of ['Home', 'End', 'PageDown', 'PageDown']) {
          slider.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true }));
          seen.push(canvas.dataset.k); // nothing has been awaited since the event
          await new Promise((done) => setTimeout(done));
        }
        return seen;
      });
      expect(painted).toEqual(['1', '256', '128', '64']);
    });

    await test.step('jumps from the filmstrip', async () => {
      await page.getByRole('button', { name: 'Show 8 tokens' }).click();
      await expect(lab.reconstruction).toHaveAttribute('data-k', '8');
      await expect(page.getByRole('button', { name: 'Show 8 tokens' })).toHaveAttribute(
        'aria-current',
        'true',
      );
    });

    await test.step('names the token that is pointed at', async () => {
      const ids = await lab.tokenIds();
      await lab.ids.focus();
      await page.keyboard.press('Home');
      await expect(page.getByText(`Token 1 of 256 (id ${ids[0]}`)).toBeVisible();
      await page.keyboard.press('ArrowRight');
      await expect(page.getByText('Token 2 of 256')).toBeVisible();
      await page.mouse.move(...(await lab.placeOf(99.5)));
      await expect(page.getByText(`Token 100 of 256 (id ${ids[99]}`)).toBeVisible();
    });

    await test.step('opens every sample, by mouse and by keyboard', async () => {
      const samples = page.getByRole('toolbar', { name: 'Samples' }).getByRole('button');
      expect(await samples.count()).toBeGreaterThanOrEqual(8);
      for (const sample of await samples.all()) {
        await sample.click();
        await lab.expectReady(`${await sample.getAttribute('aria-label')}`);
        await expect(sample).toHaveAttribute('aria-pressed', 'true');
      }
      await page.keyboard.press('Home');
      await page.keyboard.press('ArrowRight');
      await page.keyboard.press('Enter');
      await lab.expectReady(`${await samples.nth(1).getAttribute('aria-label')}`);
    });

    await test.step('gives a picture the very ids of the reference', async () => {
      const golden = JSON.parse(
        gunzipSync(await readFile('public/models/karhunen-128/golden.pack')).toString(),
      ) as Golden;
      const [sample] = golden.cases;
      const pixels = Buffer.from(sample!.rgb, 'base64');
      const bytes = await sharp(pixels, { raw: { width: 128, height: 128, channels: 3 } })
        .png()
        .toBuffer();
      await dropFiles(page, 'body', { name: 'golden.png', type: 'image/png', bytes });
      await lab.expectReady('golden.png');
      expect(await lab.tokenIds()).toEqual(sample!.ids);
    });

    await test.step('wipes and shows the difference', async () => {
      await page.getByRole('radio', { name: 'Wipe' }).check();
      const wipe = page.getByRole('slider', { name: /^Wipe/ });
      await wipe.focus();
      await page.keyboard.press('End');
      await expect(wipe).toHaveAttribute('aria-valuenow', '100');
      await page.keyboard.press('PageDown');
      await expect(wipe).toHaveAttribute('aria-valuenow', '90');
      await page.keyboard.press('ArrowDown');
      await expect(wipe).toHaveAttribute('aria-valuenow', '88');
      await page.keyboard.press('ArrowUp');
      await expect(wipe).toHaveAttribute('aria-valuenow', '90');
      await expectAccessible(page);
      await page.getByRole('radio', { name: 'Difference' }).check();
      await expect(page.getByRole('img', { name: /^Difference from the original/ })).toBeVisible();
      await expectAccessible(page);
    });

    await test.step('is accessible in the light and in the dark theme', async () => {
      await page.getByRole('radio', { name: 'Side by side' }).check();
      for (const colorScheme of ['light', 'dark'] as const) {
        await page.emulateMedia({ colorScheme });
        await expectAccessible(page);
      }
    });
  });

  test('keeps the main thread free while pictures open and the slider moves @timed', async ({ page }) => {
    const lab = new ImageLabPage(page);
    await lab.open();
    const box = (await lab.slider.boundingBox())!;
    const samples = page.getByRole('toolbar', { name: 'Samples' }).getByRole('button');
    const name = `${await samples.nth(1).getAttribute('aria-label')}`;
    await expect(page.getByRole('button', { name: /^Show/ }).filter({ hasText: 'dB' })).toHaveCount(9);
    const longest = await longestTaskTime(page, async () => {
      await samples.nth(1).click();
      await lab.expectReady(name);
      await page.mouse.move(box.x + 2, box.y + 10);
      await page.mouse.down();
      await page.mouse.move(box.x + box.width - 2, box.y + 10, { steps: 60 });
      await page.mouse.up();
    });
    expect(longest).toBeLessThanOrEqual(50);
  });
});

/** Runs in the page: records what the slider does by itself, because on a busy machine polling could miss it. */
function watchBreath(touch: boolean): void {
  const k = () => Number(document.querySelector('[role="slider"]')?.getAttribute('aria-valuenow'));
  /** Resolves once k has been the same for 30 frames: the breath moves it in every one. */
  const atRest = async () => {
    for (let same = 0, last = k(); same < 30; same = k() === last ? same + 1 : 0, last = k()) {
      await new Promise(requestAnimationFrame);
    }
    return k();
  };
  let touched = false;
  new MutationObserver(() => {
    // Not before: the document gets its element after this script.
    const seen = document.documentElement.dataset;
    seen['most'] = String(Math.max(k(), Number(seen['most'] ?? 0)));
    seen['least'] = String(Math.min(k(), Number(seen['least'] ?? 999)));
    if (seen['most'] === '256' && seen['least'] === '1') void atRest().then((at) => (seen['rest'] = `${at}`));
    if (!touch || touched || k() < 3 || seen['most'] === '256') return;
    touched = true;
    window.dispatchEvent(new KeyboardEvent('keydown', { key: 'Shift', bubbles: true }));
    requestAnimationFrame(() => {
      const at = k();
      void atRest().then((later) => (seen['touched'] = `${at} ${later}`));
    });
  }).observe(document, { subtree: true, attributeFilter: ['aria-valuenow'] });
}

/** Runs in the page: time goes on by a frame at most from one to the next, so that a busy machine skips nothing of a move. */
function steadyFrames(): void {
  const next = window.requestAnimationFrame.bind(window);
  let last: number | undefined;
  let time = 0;
  window.requestAnimationFrame = (step) =>
    next((now) => {
      if (now !== last) time += Math.min(1000 / 60, now - (last ?? now));
      last = now;
      step(time);
    });
}

test('the slider breathes once on the first visit and comes to rest', async ({ page }) => {
  await page.emulateMedia({ reducedMotion: 'no-preference' });
  await page.addInitScript(watchBreath, false);
  const lab = new ImageLabPage(page);
  await lab.open();
  await expect(page.locator('html')).toHaveAttribute('data-most', '256');
  await expect(page.locator('html')).toHaveAttribute('data-least', '1');
  await expect(page.locator('html')).toHaveAttribute('data-rest', '64');
});

test('a touch of the page stops the breathing', async ({ page }) => {
  await page.emulateMedia({ reducedMotion: 'no-preference' });
  await page.addInitScript(steadyFrames);
  await page.addInitScript(watchBreath, true);
  const lab = new ImageLabPage(page);
  await lab.open();
  await expect(page.locator('html')).toHaveAttribute('data-touched', /^(\d+) \1$/);
  await expect(page.locator('html')).not.toHaveAttribute('data-most', '256');
});
