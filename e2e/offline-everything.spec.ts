import type { Page } from '@playwright/test';
import { expectAccessible } from './support/accessibility';
import { expect, test } from './support/fixtures';
import { ImageLabPage } from './support/image-lab';
import { expectTokens, field, settled } from './support/text-lab';

test.use({ profile: 'fresh' });

const section = (page: Page) => page.getByRole('region', { name: 'Keep everything for offline use' });

/** Addresses in both stores, without the build's hashes in what is kept by content. */
async function kept(page: Page): Promise<string[]> {
  return page.evaluate(async () => {
    const names = await caches.keys();
    const keys = await Promise.all(names.map(async (name) => await (await caches.open(name)).keys()));
    return keys.flat().map(({ url }) => url);
  });
}

test('everything is kept once, from where it was stopped, and works without a network', async ({
  page,
  context,
  consoleWatch,
}) => {
  await page.goto('/#library');
  await page.evaluate(() => navigator.serviceWorker.ready);
  const keep = section(page).getByRole('button', { name: /^Keep/ });
  await expect(keep).toHaveText(/^Keep everything \(\d+(\.\d)? MB\)$/);
  await expect(section(page).getByRole('listitem').filter({ hasText: 'Tokenizers' })).toContainText(
    /(?:9|1\d)\.\d+ MB/,
  );
  await expectAccessible(page);

  await test.step('a part can be left for later; what was stopped goes on', async () => {
    for (const name of [/^Flow 128/, /^Ladder 128/])
      await section(page).getByRole('checkbox', { name }).uncheck();
    await expect(keep).toHaveText(/^Keep these/);
    await keep.click();
    await expect(section(page).getByRole('progressbar', { name: 'Keeping' })).toBeVisible();
    await section(page).getByRole('button', { name: 'Stop' }).click();
    await keep.click();
    await expect(section(page)).toContainText(/All of it is here: \d+/, { timeout: 120_000 });
    await page.reload();
    await expect(keep).toHaveText(/^Keep the rest/);
    await keep.click();
    await expect(section(page)).toContainText(/All of it is here: \d+/, { timeout: 120_000 });
  });

  await test.step('nothing is in two stores', async () => {
    const urls = await kept(page);
    expect(new Set(urls).size).toBe(urls.length);
    // By content, not by address as well.
    expect(urls.filter((url) => /golden|\.onnx|weights\.bin|refiner/.test(url.replace(/\?.*/, '')))).toEqual(
      [],
    );
  });

  await context.setOffline(true);
  consoleWatch.allow(/ERR_INTERNET_DISCONNECTED|Failed to load resource/);
  await test.step('a model that was never opened opens; so do a lesson, its tokenizers and About', async () => {
    const lab = new ImageLabPage(page);
    await page.goto('/#image');
    await page.reload();
    await lab.expectReady();
    await lab.chooseModel('Glyphs');
    await expect(page.getByRole('button', { name: 'Model: Glyphs' })).toBeVisible();
    await lab.sample('Lighthouse').click();
    await lab.expectReady('Lighthouse');
    await page.goto('/#lesson=lessons/first.tokenoscope');
    await settled(page);
    await expectTokens(page, 'Gemma 2', 113);
    await field(page).fill('hello');
    await expectTokens(page, 'Gemma 2', 1);
    await page.goto('/#library');
    await page.reload();
    await expect(section(page)).toContainText(/All of it is here/);
  });
});

test('where there is not enough room, it says so before it begins', async ({ page }) => {
  await page.addInitScript(() => {
    navigator.storage.estimate = async () => ({ quota: 30e6, usage: 10e6 });
  });
  await page.goto('/#library');
  await page.evaluate(() => navigator.serviceWorker.ready);
  await section(page)
    .getByRole('button', { name: /^Keep (everything|the rest)/ })
    .click();
  await expect(section(page).getByRole('alert')).toContainText(
    /This needs [\d.]+ MB more; this browser offers 20\.0 MB here\./,
  );
  await expect(section(page).getByRole('button', { name: /^Keep (everything|the rest)/ })).toBeVisible();
});
