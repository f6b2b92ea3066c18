import type { Page } from '@playwright/test';
import { expect, test } from './support/fixtures';
import { ImageLabPage } from './support/image-lab';
import { expectTokens, field, settled } from './support/text-lab';

test.use({ profile: 'fresh' });

/** Has the service worker keep a lab, as the page does a few seconds after it has opened one. */
async function keep(page: Page, lab: string): Promise<number> {
  return page.evaluate(async (id) => {
    const registration = await navigator.serviceWorker.ready;
    const { port1, port2 } = new MessageChannel();
    return await new Promise<number>((resolve) => {
      port1.onmessage = (event: MessageEvent<number>) => resolve(event.data);
      registration.active?.postMessage({ keep: id }, [port2]);
    });
  }, lab);
}

/** What lies in a store of the page: addresses, and bytes in all. */
async function kept(page: Page, store: string): Promise<{ bytes: number; urls: string[] }> {
  return page.evaluate(async (name) => {
    const cache = await caches.open(name);
    const requests = await cache.keys();
    const sizes = await Promise.all(
      requests.map(async (request) => (await (await cache.match(request))!.blob()).size),
    );
    return { bytes: sizes.reduce((sum, size) => sum + size, 0), urls: requests.map(({ url }) => url) };
  }, store);
}

test('after a first visit the image lab works without a network, and nothing else is kept', async ({
  page,
  context,
  consoleWatch,
}) => {
  const lab = new ImageLabPage(page);
  await lab.open();
  expect(await keep(page, 'image')).toBeGreaterThan(10);
  const { bytes, urls } = await kept(page, 'tokenoscope-pages-2');
  test.info().annotations.push({ type: 'bytes kept for the image lab', description: String(bytes) });
  expect(bytes).toBeLessThan(16.1e6);
  expect(urls.filter((url) => /text\.worker|o200k|webgpu|asyncify/.test(url))).toEqual([]);
  // The model's own store has one copy of what the model shares with others.
  expect((await kept(page, 'tokenoscope-files-1')).bytes).toBeLessThan(10.5e6);

  // From now on the service worker sees what is used.
  await page.reload();
  await lab.expectReady();
  await lab.sample('Lighthouse').click();
  await lab.expectReady('Lighthouse');

  await context.setOffline(true);
  consoleWatch.allow(/ERR_INTERNET_DISCONNECTED|Failed to load resource/);
  await page.reload();
  await lab.expectReady();
  await lab.sample('Lighthouse').click();
  await lab.expectReady('Lighthouse');
  await lab.chooseModel('Glyphs');
  await expect(lab.alert).toContainText('Glyphs was never loaded on this device, which is offline.');
  // The picture on screen keeps the name of the model that drew it, and the next one is drawn by that.
  await expect(page.getByRole('button', { name: 'Model: Karhunen 128' })).toBeVisible();
  await lab.sample('Mountain lake').click();
  await lab.expectReady('Mountain lake');
  await expect(lab.alert).toBeHidden();
});

test('after a first visit the text lab works without a network, and the runtime of models is not kept', async ({
  page,
  context,
  consoleWatch,
}) => {
  await page.goto('/#text');
  await settled(page);
  expect(await keep(page, 'text')).toBeGreaterThan(5);
  const { bytes, urls } = await kept(page, 'tokenoscope-pages-2');
  test.info().annotations.push({ type: 'bytes kept for the text lab', description: String(bytes) });
  expect(bytes).toBeLessThan(5.2e6);
  expect(urls.filter((url) => /\.wasm|image-/.test(url))).toEqual([]);

  await context.setOffline(true);
  consoleWatch.allow(/ERR_INTERNET_DISCONNECTED|Failed to load resource/);
  await page.reload();
  await settled(page);
  await field(page).fill('hello world');
  await expectTokens(page, 'o200k', 2);
});
