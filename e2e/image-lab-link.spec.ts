import { addressAtRest } from './support/address';
import { dropFiles } from './support/files';
import { expect, test } from './support/fixtures';
import { halvesImage, ImageLabPage, pngFile, SMALL } from './support/image-lab';

test.use({ contextOptions: { reducedMotion: 'reduce' } });

test('a picture from disk: Back brings it, the other lab keeps it, and a link its tokens', async ({
  page,
  browser,
}) => {
  const lab = new ImageLabPage(page);
  await lab.open(SMALL);
  await test.step('Back brings a picture from disk with its original', async () => {
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

  await test.step('the other lab and back: nothing is lost', async () => {
    await dropFiles(page, 'body', await pngFile('again.png', 200, 200));
    await lab.expectReady('again.png');
    await lab.field.fill('12');
    await page.getByRole('link', { name: 'Text' }).click();
    await expect(lab.slider).toBeHidden();
    await page.getByRole('link', { name: 'Image' }).click();
    await lab.expectReady('again.png');
    await expect(lab.reconstruction).toHaveAttribute('data-k', '12');
    await expect(lab.original).toHaveAccessibleName('Original: again.png');
  });

  await test.step('a picture from disk travels as its tokens', async () => {
    await dropFiles(page, 'body', await pngFile('third.png', 200, 200));
    await lab.expectReady('third.png');
    await lab.field.fill('40');
    await expect(lab.reconstruction).toHaveAttribute('data-k', '40');
    const ids = await lab.tokenIds();
    const pixels = await lab.pixels(lab.reconstruction);
    const url = await addressAtRest(page);

    const context = await browser.newContext({ reducedMotion: 'reduce' });
    const fresh = new ImageLabPage(await context.newPage());
    await fresh.page.goto(url);
    await fresh.expectReady('Picture from a link');
    await expect(fresh.page.getByText('The photograph did not travel')).toBeVisible();
    await expect(fresh.original).toBeHidden();
    expect(await fresh.k()).toBe(40);
    expect(await fresh.tokenIds()).toEqual(ids);
    // What a first visit draws at once may be one level off, until the model itself has drawn it.
    await expect
      .poll(async () => (await fresh.pixels(fresh.reconstruction)).data.join())
      .toBe(pixels.data.join());
    expect(await fresh.fact('PSNR')).toBeNaN();
    for (const k of [1, 128]) {
      await fresh.field.fill(String(k));
      await expect(fresh.reconstruction).toHaveAttribute('data-k', String(k));
    }
    await context.close();
  });
});

test.describe('where motion is welcome', () => {
  test.use({ contextOptions: { reducedMotion: 'no-preference' } });

  test('who opens the link sees the picture large, playing once from the first token to the last', async ({
    page,
    browser,
  }) => {
    const lab = new ImageLabPage(page);
    await lab.open(SMALL);
    await page.keyboard.press('Shift'); // stops the breathing
    await dropFiles(page, 'body', await pngFile('mine.png', 200, 200));
    await lab.expectReady('mine.png');
    await lab.field.fill('40');
    await expect(lab.reconstruction).toHaveAttribute('data-k', '40');
    const url = await addressAtRest(page);

    const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
    const fresh = new ImageLabPage(await context.newPage());
    await fresh.page.addInitScript(() => {
      const seen = new Set<number>();
      new MutationObserver(() => {
        seen.add(Number(document.querySelector('[role="slider"]')?.getAttribute('aria-valuenow')));
        document.documentElement.dataset['seen'] = [Math.min(...seen), Math.max(...seen)].join(' ');
      }).observe(document, { subtree: true, attributeFilter: ['aria-valuenow'] });
    });
    await fresh.page.goto(url);
    await fresh.expectReady('Picture from a link');
    await expect(fresh.page.locator('html')).toHaveAttribute('data-seen', '1 128');
    await expect(fresh.slider).toHaveAttribute('aria-valuenow', '40');
    // Large, with nothing in the place of the photograph.
    await expect(fresh.original).toHaveCount(0);
    await expect(fresh.page.getByRole('figure')).toHaveCount(1);
    expect((await fresh.reconstruction.boundingBox())!.height).toBeGreaterThan(900 * 0.55);
    await expect(
      fresh.page.getByText('A picture from a link, rebuilt from its first 40 tokens: 80 bytes.'),
    ).toBeVisible();

    // Beside it is the way to a picture of one's own.
    const chooser = fresh.page.waitForEvent('filechooser');
    await fresh.page.getByText('Try your own picture').click();
    const buffer = await halvesImage(64, 64).png().toBuffer();
    await (await chooser).setFiles({ name: 'own.png', mimeType: 'image/png', buffer });
    await fresh.expectReady('own.png');
    await expect(fresh.page.getByText('Try your own picture')).toBeHidden();
    await context.close();
  });
});
