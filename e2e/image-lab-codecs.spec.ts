import { expectAccessible } from './support/accessibility';
import { addressAtRest } from './support/address';
import { dropFiles } from './support/files';
import { expect, test } from './support/fixtures';
import { ImageLabPage, pngFile, SMALL } from './support/image-lab';

test.use({ contextOptions: { reducedMotion: 'reduce' } });

test('codecs stand beside a model at equal bytes, tokens or quality, and travel in the link', async ({
  page,
  browser,
}) => {
  const lab = new ImageLabPage(page);
  await lab.open(SMALL);
  await dropFiles(page, 'body', await pngFile('mine.png', 128, 128));
  await expect(lab.reconstruction.first()).toHaveAccessibleName(/^Reconstruction: mine.png/);
  const add = async (name: RegExp) => {
    await page.getByRole('button', { name: 'Compare with' }).click();
    const menu = page.getByRole('dialog', { name: 'Compare with' });
    await expect(menu.getByRole('region', { name: 'Codecs' })).toBeVisible();
    await menu.getByRole('button', { name }).click();
    await expect(menu).toBeHidden();
  };
  await add(/^WebP/);
  // A token takes two bytes: no WebP file is as small.
  await lab.field.fill('1');
  await expect(page.getByText(/^WebP cannot go below \d+ B here\.$/)).toBeVisible();
  const [, least] = /below (\d+) B/.exec(
    (await page.getByText(/^WebP cannot go below/).textContent()) ?? '',
  )!;
  await expect(lab.reconstruction.nth(1)).toHaveAccessibleName(
    `Reconstruction: mine.png, from a file of ${least} B`,
  );
  await expectAccessible(page);

  // A token of Glyphs takes half as many bits.
  await add(/^Glyphs/);
  await lab.field.fill('20');
  await expect(lab.reconstruction.nth(2)).toHaveAccessibleName(/, from 40 of 144 tokens$/);
  await page.getByRole('group', { name: 'Lanes at equal' }).getByRole('radio', { name: 'Tokens' }).check();
  await expect(lab.reconstruction.nth(2)).toHaveAccessibleName(/, from 20 of 144 tokens$/);
  await page.getByRole('radio', { name: 'Quality', exact: true }).check();
  await expect(page.getByText(/for [\d.]+ dB|^Does not reach|already better/).first()).toBeVisible();

  // The compiled codecs start under the page's own policy.
  await page.getByRole('button', { name: /^Third model: / }).click();
  await page.getByRole('dialog', { name: 'Third model' }).getByRole('button', { name: /^AVIF/ }).click();
  await expect(lab.reconstruction.nth(2)).toHaveAccessibleName(/, from a file of /, { timeout: 30_000 });

  const file = await lab.reconstruction.nth(1).getAttribute('aria-label');
  const other = await browser.newContext();
  const visitor = await other.newPage();
  const theirs = new ImageLabPage(visitor);
  // A file that is found later, because the search for the smallest one goes on, is in the link from then on.
  await expect(async () => {
    await visitor.goto(await addressAtRest(page));
    await expect(theirs.reconstruction).toHaveCount(3, { timeout: 15_000 });
  }).toPass({ timeout: 90_000 });
  expect(await theirs.reconstruction.nth(1).getAttribute('aria-label')).toBe(
    file!.replace('mine.png', 'Picture from a link'),
  );
  await expect(
    visitor.getByText(/^The file that came in this link, \d+ B, at every position\.$/),
  ).toHaveCount(2);
  await expect(visitor.getByText(/^PSNR [\d.]+ dB, as the sender measured\.$/).first()).toBeVisible();
  await other.close();
});
