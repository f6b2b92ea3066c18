import { addressAtRest } from './support/address';
import { dropFiles } from './support/files';
import { expect, test } from './support/fixtures';
import { ImageLabPage, pngFile } from './support/image-lab';

test.use({ contextOptions: { reducedMotion: 'reduce' } });

test('a picture from disk travels as its tokens', async ({ page, browser }) => {
  const lab = new ImageLabPage(page);
  await lab.open();
  await dropFiles(page, 'body', await pngFile('mine.png', 200, 200));
  await lab.expectReady('mine.png');
  await lab.field.fill('40');
  await expect(lab.reconstruction).toHaveAttribute('data-k', '40');
  const ids = await lab.tokenIds();
  const pixels = await lab.pixels(lab.reconstruction);
  const url = await addressAtRest(page);

  const context = await browser.newContext({ reducedMotion: 'reduce' });
  const fresh = new ImageLabPage(await context.newPage());
  await fresh.page.goto(url);
  await fresh.expectReady('Picture from a link');
  await expect(fresh.page.getByText('The original is not included in this link.')).toBeVisible();
  await expect(fresh.original).toBeHidden();
  expect(await fresh.k()).toBe(40);
  expect(await fresh.tokenIds()).toEqual(ids);
  expect((await fresh.pixels(fresh.reconstruction)).data).toEqual(pixels.data);
  expect(await fresh.fact('PSNR')).toBeNaN();
  for (const k of [1, 256]) {
    await fresh.field.fill(String(k));
    await expect(fresh.reconstruction).toHaveAttribute('data-k', String(k));
  }
  await context.close();
});

test('Back brings a picture from disk with its original', async ({ page }) => {
  const lab = new ImageLabPage(page);
  await lab.open();
  await dropFiles(page, 'body', await pngFile('mine.png', 200, 200));
  await lab.expectReady('mine.png');
  await lab.sample('Tabby cat').click();
  await lab.expectReady('Tabby cat');
  await page.goBack();
  await lab.expectReady('mine.png');
  await expect(lab.original).toHaveAccessibleName('Original: mine.png');
  await page.goBack();
  await lab.expectReady('Mountain lake');
  await page.goForward();
  await lab.expectReady('mine.png');
  await expect(lab.original).toHaveAccessibleName('Original: mine.png');
});

test('the other lab and back: nothing is lost', async ({ page }) => {
  const lab = new ImageLabPage(page);
  await lab.open();
  await dropFiles(page, 'body', await pngFile('mine.png', 200, 200));
  await lab.expectReady('mine.png');
  await lab.field.fill('12');
  await page.getByRole('link', { name: 'Text' }).click();
  await expect(lab.slider).toBeHidden();
  await page.getByRole('link', { name: 'Image' }).click();
  await lab.expectReady('mine.png');
  await expect(lab.reconstruction).toHaveAttribute('data-k', '12');
  await expect(lab.original).toHaveAccessibleName('Original: mine.png');
});
