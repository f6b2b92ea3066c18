import { readFile } from 'node:fs/promises';
import { dropFiles } from './support/files';
import { expect, test } from './support/fixtures';
import { field, openTextLab, settled } from './support/text-lab';

test('files dropped beside a lab never replace the page, and an experiment file opens anywhere', async ({
  page,
}) => {
  await openTextLab(page);
  await field(page).fill('saved as a file');
  await page.getByRole('button', { name: 'Copy link' }).click();
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Save as an experiment file' }).click();
  const file = await download;
  expect(file.suggestedFilename()).toBe('experiment.tokenoscope');
  const bytes = await readFile(await file.path());
  await page.keyboard.press('Escape');

  await test.step('a text dropped on the header goes to the text lab', async () => {
    const text = { name: 'note.txt', type: 'text/plain', bytes: Buffer.from('from the header') };
    await dropFiles(page, 'header', text);
    await expect(field(page)).toHaveValue('from the header');
  });

  await test.step('About takes no files, and says where they go', async () => {
    await page.getByRole('link', { name: 'About' }).click();
    await dropFiles(page, 'main', { name: 'cat.png', type: 'image/png', bytes: Buffer.from([1]) });
    await expect(page.getByRole('status')).toContainText('“cat.png” was not opened');
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  });

  await test.step('an experiment file opens in its lab, and Back leads to where it was dropped', async () => {
    await dropFiles(page, 'main', { name: 'mine.tokenoscope', type: '', bytes });
    await settled(page);
    await expect(field(page)).toHaveValue('saved as a file');
    await page.goBack();
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('See what a tokenizer sees');
    await page.goForward();
    await expect(field(page)).toHaveValue('saved as a file');
  });

  await test.step('a damaged one says so, and everything stays', async () => {
    const cut = { name: 'cut.tokenoscope', type: '', bytes: bytes.subarray(0, bytes.length - 5) };
    await dropFiles(page, 'main', cut);
    await expect(page.getByRole('alert')).toContainText('This experiment file is damaged');
    await expect(field(page)).toHaveValue('saved as a file');
  });
});
