import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { gunzipSync } from 'node:zlib';
import type { Page } from '@playwright/test';
import sharp from 'sharp';
import { addressAtRest } from './support/address';
import { dropFiles } from './support/files';
import { expect, test } from './support/fixtures';
import { ImageLabPage, pngFile, SMALL } from './support/image-lab';

// The service worker answers from its own cache, past what these tests do to the network.
test.use({ contextOptions: { reducedMotion: 'reduce' }, serviceWorkers: 'block' });

/** A picture of one colour. */
async function plain(name: string, width: number, height: number, background: string) {
  const image = sharp({ create: { width, height, channels: 3, background } });
  return { name, type: 'image/png', bytes: await image.png().toBuffer() };
}

/** The address, once it is another one. */
async function otherAddress(page: Page, before: string): Promise<string> {
  await expect.poll(() => page.url()).not.toBe(before);
  return page.url();
}

test('drops that come anywhere, and too early', async ({ page }) => {
  const lab = new ImageLabPage(page);
  await lab.open(SMALL);

  await test.step('a picture dropped on the header opens, once', async () => {
    await dropFiles(page, 'header', await pngFile('header.png', 40, 40));
    await lab.expectReady('header.png');
    await page.goBack();
    await lab.expectReady('Mountain lake');
  });

  await test.step('of two, the later one wins, and the first is never shown', async () => {
    await page.evaluate(() => {
      const names = new Set<string>();
      Object.assign(globalThis, { names });
      new MutationObserver(() => {
        for (const canvas of document.querySelectorAll('canvas')) names.add(canvas.ariaLabel ?? '');
      }).observe(document.body, { subtree: true, attributes: true, childList: true });
    });
    const sample = await addressAtRest(page);
    // Of a few kilobytes, and long to decode: 24 million pixels.
    await dropFiles(page, 'body', await plain('first.png', 6000, 4000, '#345'));
    await dropFiles(page, 'body', await pngFile('second.png', 40, 40));
    await lab.expectReady('second.png');
    const second = await otherAddress(page, sample);
    await dropFiles(page, 'body', await plain('third.png', 40, 40, '#181'));
    await lab.expectReady('third.png');
    await otherAddress(page, second);
    const seen = await page.evaluate(() =>
      [...(globalThis as unknown as { names: Set<string> }).names].join(),
    );
    expect(seen).toContain('second.png');
    expect(seen).not.toContain('first.png');
    await expect(lab.alert).toBeHidden();
    await page.goBack();
    await lab.expectReady('second.png');
    await page.goBack();
    await lab.expectReady('Mountain lake');
  });
});

test('a first picture does not wait for onnxruntime, and a visitor hears where that fails', async ({
  page,
  consoleWatch,
}) => {
  consoleWatch.allow(/Failed to load resource|wasm|WebAssembly/);
  await page.route('**/*.wasm', (route) => route.abort());
  const lab = new ImageLabPage(page);
  await page.goto('/');
  await lab.expectReady('Mountain lake');
  await expect(lab.reconstruction).toHaveAttribute('data-k', '64');
  await expect(lab.alert).toContainText('onnxruntime, which runs the models, could not be fetched');
  await expect(lab.alert).toContainText('Check the connection, then reload the page');
  // What was drawn stays.
  await lab.expectReady('Mountain lake');
});

test('a model that computes something else here than it should says so', async ({ page }) => {
  await tamper(page);
  const lab = new ImageLabPage(page);
  await page.goto('/');
  await expect(lab.alert).toContainText('This browser computes something else than the reference');
  await expect(lab.alert).toContainText('Try another browser');
  await lab.chooseModel('Karhunen 64');
  await expect(lab.reconstruction).toHaveAccessibleName(/of 128 tokens$/);
  await expect(lab.alert).toBeHidden();
});

/** Golden data that no browser can meet: stands for a browser that computes wrongly. */
async function tamper(page: Page): Promise<void> {
  const folder = 'public/models/karhunen-128';
  const golden = JSON.parse(gunzipSync(await readFile(`${folder}/golden.pack`)).toString());
  for (const output of golden.cases[0].outputs) {
    output.rgb = Buffer.from(output.rgb, 'base64').fill(0, 0, 300).toString('base64');
  }
  const bytes = Buffer.from(JSON.stringify(golden));
  const manifest = JSON.parse(await readFile(`${folder}/manifest.json`, 'utf8'));
  manifest.golden.bytes = bytes.length;
  manifest.golden.sha256 = createHash('sha256').update(bytes).digest('hex');
  await page.route('**/karhunen-128/golden.pack', (route) => route.fulfill({ body: bytes }));
  await page.route('**/karhunen-128/manifest.json', (route) => route.fulfill({ json: manifest }));
}
