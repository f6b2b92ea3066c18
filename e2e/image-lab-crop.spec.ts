import { expectAccessible } from './support/accessibility';
import { dropFiles } from './support/files';
import { expect, test } from './support/fixtures';
import { halvesImage, ImageLabPage, SMALL } from './support/image-lab';

test.use({ contextOptions: { reducedMotion: 'reduce' } });

test('chooses the part of a picture, by mouse, keys and buttons; Back undoes it, and a link has it', async ({
  page,
}) => {
  const lab = new ImageLabPage(page);
  await lab.open(SMALL);
  await test.step('chooses the part of a picture by mouse, keys and buttons; Back undoes it', async () => {
    // A photograph on its side: stored with red at the left, shown with red at the top, 200 wide and 400 high.
    const bytes = await halvesImage(400, 200)
      .jpeg({ quality: 95 })
      .withMetadata({ orientation: 6 })
      .toBuffer();
    await dropFiles(page, 'body', { name: 'turned.jpg', type: 'image/jpeg', bytes });
    await lab.expectReady('turned.jpg');
    await expect(page.getByText('The centre, 200 × 200 of 200 × 400 pixels, is used.').first()).toBeVisible();
    const centre = await lab.tokenIds();
    await page.getByRole('button', { name: 'Compare models' }).click();
    const second = page.getByRole('img', { name: /^Reconstruction: turned/ }).nth(1);
    await expect(second).toBeVisible({ timeout: 60_000 });

    await page.getByRole('button', { name: 'Crop' }).click();
    const square = page.getByRole('application', { name: 'The square that is encoded' });
    const status = page.getByText(/pixels, \d+ from the left|^The (centre|whole picture)/).first();
    await expect(square).toBeFocused();
    await expect(status).toHaveText('The centre, 200 × 200 pixels');
    await page.keyboard.press('Shift+ArrowUp');
    await expect(status).toHaveText('200 × 200 pixels, 0 from the left, 80 from the top');
    await expectAccessible(page);

    await test.step('drag', async () => {
      const box = (await square.boundingBox())!;
      const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
      await page.mouse.move(x, y);
      await page.mouse.down();
      await page.mouse.move(x, y - 2 * box.height, { steps: 4 });
      await page.mouse.up();
      await expect(status).toHaveText('200 × 200 pixels, 0 from the left, 0 from the top');
    });
    await page.getByRole('button', { name: 'Done' }).click();
    // The displayed picture's upper half is red: every lane now sees nothing else.
    await expect.poll(async () => (await lab.colour(lab.original, 0.5, 0.9))[0]).toBeGreaterThan(180);
    await expect.poll(async () => (await lab.colour(second, 0.5, 0.8))[0]).toBeGreaterThan(150);
    expect(await lab.tokenIds()).not.toEqual(centre);
    await expect(
      page.getByText('A part at 0, 0, 200 × 200 of 200 × 400 pixels, is used.').first(),
    ).toBeVisible();

    await page.goBack();
    await page.goBack();
    await expect.poll(() => lab.tokenIds()).toEqual(centre);
    await expect(page.getByText('The centre, 200 × 200 of 200 × 400 pixels, is used.').first()).toBeVisible();
  });

  await test.step("a sample's square is in the link, and the whole picture fits in", async () => {
    await page.getByRole('button', { name: 'Stop comparing' }).click();
    await lab.sample('Sand dunes').click();
    await lab.expectReady('Sand dunes');
    await page.getByRole('radio', { name: 'Wipe' }).check();
    await page.getByRole('button', { name: 'Crop' }).click();
    await page.getByRole('button', { name: 'Fit whole picture' }).click();
    await expect(page.getByText('The whole picture', { exact: true })).toBeVisible();
    await page.getByRole('button', { name: 'Done' }).click();
    await page.getByRole('radio', { name: 'Side by side' }).check();
    await expect.poll(() => lab.colour(lab.original, 0.5, 0.03)).toEqual([255, 255, 255]);
    const ids = await lab.tokenIds();
    const url = page.url();
    const other = await page.context().newPage();
    await other.goto(url);
    const opened = new ImageLabPage(other);
    await opened.expectReady('Sand dunes');
    expect(await opened.tokenIds()).toEqual(ids);
    await expect.poll(() => opened.colour(opened.original, 0.5, 0.03)).toEqual([255, 255, 255]);
  });
});
