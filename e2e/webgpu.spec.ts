import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { Hub } from '../src/engine/weights/testing/hub';
import { CheckpointDialog } from './support/checkpoint-dialog';
import { dropFiles } from './support/files';
import { expect, test } from './support/fixtures';
import { FlowPage } from './support/flow-page';
import { ImageLabPage, SMALL } from './support/image-lab';
import { serveHub } from './support/serve-hub';
import { needsWebGpu } from './support/webgpu';

// All tests on WebGPU are here, so that one browser of these starts, and one page shows several models.

test.describe.configure({ timeout: 480_000 });

const DETAILFLOW = 'src/engine/families/fixtures/detailflow-tiny';

/** An emulated WebGPU is used only where it is asked for. The badge says so only where ids and pixels are those of WASM. */
async function choose(page: Page, from: 'WASM' | 'WebGPU', to: 'WASM' | 'WebGPU'): Promise<void> {
  await page.getByRole('button', { name: `Backend: ${from}` }).click();
  await page.getByRole('radio', { name: new RegExp(`^${to}`) }).check();
  await expect(page.getByRole('button', { name: `Backend: ${to}` })).toBeVisible({ timeout: 180_000 });
  await page.keyboard.press('Escape');
}

/** Numbers of ids and of colour values of the pictures that added models are checked by, as the page keeps them. */
async function keptChecks(page: Page): Promise<number[][]> {
  return await page.evaluate(async () => {
    const database = await new Promise<IDBDatabase>((resolve) => {
      const request = indexedDB.open('tokenoscope');
      request.onsuccess = () => resolve(request.result);
    });
    const all = await new Promise<{ ids?: Uint32Array; rgb?: Uint8Array }[]>((resolve) => {
      const request = database.transaction('contents').objectStore('contents').getAll();
      request.onsuccess = () => resolve(request.result);
    });
    database.close();
    return all.flatMap(({ ids, rgb }) => (ids && rgb ? [[ids.length, rgb.length]] : []));
  });
}

test('models that are added are checked by what WASM computes before WebGPU is trusted, and draw the same @webgpu', async ({
  page,
}) => {
  const hub = await Hub.start();
  await serveHub(page, hub);
  const lab = new FlowPage(page);
  const dialog = new CheckpointDialog(page);
  await lab.open(SMALL);
  await needsWebGpu(page);

  await test.step('WebGPU is checked by what WASM computes before it is trusted', async () => {
    await dialog.add('tests/titok-tiny-vq-rgb');
    await expect(lab.reconstruction).toHaveAccessibleName(/of 32 tokens$/);
    await choose(page, 'WASM', 'WebGPU');
    expect(await keptChecks(page)).toEqual([[32, 64 * 64 * 3]]);
    await choose(page, 'WebGPU', 'WASM');
  });

  await test.step('DetailFlow computes on WebGPU what it computes on WASM', async () => {
    await dropFiles(page, 'body', join(DETAILFLOW, 'config.json'), join(DETAILFLOW, 'model.safetensors'));
    await dialog.download.click();
    await dialog.done.getByRole('button', { name: 'Show it' }).click();
    await expect(page.getByRole('button', { name: /^Model: / })).not.toHaveAccessibleName(/titok/);
    await expect(lab.reconstruction).toHaveAccessibleName(/of 32 tokens$/);
    await choose(page, 'WASM', 'WebGPU');
    // Its picture may come after the backend's name: until then the first model's is shown, of as many tokens.
    await expect.poll(() => keptChecks(page), { timeout: 60_000 }).toHaveLength(2);
    await choose(page, 'WebGPU', 'WASM');
  });

  await test.step('a model that samples draws on WebGPU what WASM draws, by the value', async () => {
    await lab.addTiny();
    await lab.expectDrawn('in 2 steps from noise 0');
    await choose(page, 'WASM', 'WebGPU');
    await lab.noise.fill('3');
    await lab.expectDrawn('in 2 steps from noise 3');
    await lab.expectExactly(3, { steps: 2, seed: 3 });
    await lab.steps('Distilled').check();
    await lab.expectDrawn('in one distilled step from noise 3');
    await lab.expectExactly(3, { steps: 'distilled', seed: 3 });
  });
  await hub.stop();
});

test('bundled models draw on WebGPU what they draw on WASM, and go on there once it is lost @webgpu', async ({
  page,
  browser,
  consoleWatch,
}) => {
  const lab = new ImageLabPage(page);
  // The smallest model: an emulated GPU takes hundreds of times as long as a real one.
  await lab.open(SMALL);
  await needsWebGpu(page);
  const drawn = async (k: number, count: number) => {
    await lab.field.fill(String(k));
    // Its name distinguishes this model's picture from the previous model's.
    const name = new RegExp(`from ${k} of ${count} tokens`);
    await expect(lab.reconstruction).toHaveAccessibleName(name, { timeout: 180_000 });
    await expect(lab.reconstruction).toHaveAttribute('data-k', String(k), { timeout: 60_000 });
    return await lab.pixels(lab.reconstruction);
  };
  await expect(lab.slider).toHaveAttribute('aria-valuemax', '128');
  await drawn(32, 128);
  const onWasm = await lab.fact('PSNR');

  await test.step('Glyphs draws on WebGPU what it draws on WASM', async () => {
    await lab.chooseModel('Glyphs');
    await expect(lab.slider).toHaveAttribute('aria-valuemax', '144', { timeout: 60_000 });
    // From 17 tokens on a convolution over 18 channels counts (docs/decisions/0008).
    const onWasm = [await drawn(144, 144), await drawn(72, 144)];
    await choose(page, 'WASM', 'WebGPU');
    const onWebGpu = [await drawn(144, 144), await drawn(72, 144)];
    onWasm.forEach((expected, i) => {
      expect([expected.width, onWebGpu[i]!.width]).toEqual([64, 64]);
      const differences = onWebGpu[i]!.data.map((value, at) => Math.abs(value - expected.data[at]!));
      expect(Math.max(...differences)).toBeLessThanOrEqual(2);
    });
  });

  await test.step('works on WebGPU where it is asked for', async () => {
    await lab.chooseModel('Karhunen 64');
    await expect(lab.reconstruction).toHaveAccessibleName(/of 128 tokens/, { timeout: 180_000 });
    await drawn(31, 128);
    await drawn(32, 128);
    await expect(page.getByRole('button', { name: 'Backend: WebGPU' })).toBeVisible();
    expect(Math.abs((await lab.fact('PSNR')) - onWasm)).toBeLessThan(0.11);
    await lab.sample('Tabby cat').click();
    await lab.expectReady('Tabby cat');
  });

  await test.step('and on WASM once that is lost, in the middle of a drag, while frames are being decoded ahead', async () => {
    consoleWatch.allow(/Instance|GPU|device/i);
    const devtools = await browser.newBrowserCDPSession();
    const box = (await lab.slider.boundingBox())!;
    const moveTo = (share: number) => page.mouse.move(box.x + share * box.width, box.y + box.height / 2);
    await moveTo(0.9);
    await page.mouse.down();
    await moveTo(0.7);
    await devtools.send('Browser.crashGpuProcess').catch(() => {});
    for (const share of [0.6, 0.5, 0.4, 0.45]) await moveTo(share);
    const k = (await lab.slider.getAttribute('aria-valuenow'))!;
    await expect(lab.reconstruction).toHaveAttribute('data-k', k, { timeout: 60_000 });
    await page.mouse.up();
    await expect(lab.slider).toHaveAttribute('aria-valuenow', k);
    await lab.sample('Lighthouse').click();
    await lab.expectReady('Lighthouse');
    await page.getByRole('button', { name: 'Backend: WASM' }).click();
    await expect(page.getByRole('dialog', { name: 'Backend' })).toContainText(/WASM.*because WebGPU lost/);
  });
});
