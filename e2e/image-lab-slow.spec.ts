import { CheckpointDialog } from './support/checkpoint-dialog';
import { dropFiles } from './support/files';
import { expect, test } from './support/fixtures';
import { ImageLabPage } from './support/image-lab';
import { slowModelFiles } from './support/slow-model';

test.use({ contextOptions: { reducedMotion: 'reduce' } });

test('what a slow model computes is given up for another model, another picture, and on demand', async ({
  page,
}) => {
  const lab = new ImageLabPage(page);
  const dialog = new CheckpointDialog(page);
  await lab.open();
  await dropFiles(page, 'body', ...(await slowModelFiles()));
  await dialog.download.click();
  await dialog.done.getByRole('button', { name: 'Show it' }).click();
  const decoding = page.getByRole('progressbar', { name: 'Decoding 8 tokens' });
  await expect(decoding).toBeVisible();

  // Its one decode takes many minutes: whatever is on screen sooner has not waited for it.
  await lab.chooseModel('Glyphs');
  await expect(lab.reconstruction).toHaveAccessibleName(/from 8 of 144 tokens$/, { timeout: 60_000 });
  await expect(decoding).toBeHidden();

  await lab.chooseModel('Slow 16');
  await expect(decoding).toBeVisible();
  await page.getByRole('button', { name: 'Stop' }).click();
  await expect(decoding).toBeHidden();

  await lab.field.fill('3');
  await expect(page.getByRole('progressbar', { name: 'Decoding 3 tokens' })).toBeVisible();
  await page.getByRole('button', { name: 'Compare models' }).click();
  await expect(page.getByRole('button', { name: /^Second model: / })).toBeVisible();
  await expect(lab.reconstruction).toHaveAccessibleName(/from 2 of 256 tokens$/, { timeout: 60_000 });
});
