import { dropFiles } from './support/files';
import { expect, test } from './support/fixtures';
import { ImageLabPage, pngFile } from './support/image-lab';

test.use({ contextOptions: { reducedMotion: 'reduce' } });

test('a dropped picture goes through models of other codebooks, and Back undoes each choice', async ({
  page,
}) => {
  const lab = new ImageLabPage(page);
  await lab.open();
  await dropFiles(page, 'body', await pngFile('mine.png', 200, 200));
  await lab.expectReady('mine.png');

  // Fewer bits, fewer tokens, another size: none may ever be described with the ids of the one before.
  const models = ['Glyphs', 'Fixed 32', 'Karhunen 64', 'Ladder 128'];
  const ids = [await lab.tokenIds()];
  for (const model of models) {
    await lab.chooseModel(model);
    await lab.expectReady('mine.png');
    await expect.poll(() => lab.tokenIds()).not.toEqual(ids.at(-1));
    ids.push(await lab.tokenIds());
  }
  for (const before of ids.slice(0, -1).reverse()) {
    await page.goBack();
    await expect.poll(() => lab.tokenIds()).toEqual(before);
    await lab.expectReady('mine.png');
    await expect(lab.alert).toBeHidden();
    await expect(lab.original).toHaveAccessibleName('Original: mine.png');
  }
  await page.goBack();
  await lab.expectReady('Mountain lake');
  for (const after of ids) {
    await page.goForward();
    await expect.poll(() => lab.tokenIds()).toEqual(after);
    await lab.expectReady('mine.png');
  }
});
