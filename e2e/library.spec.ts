import { expectAccessible } from './support/accessibility';
import { dropFiles } from './support/files';
import { expect, test } from './support/fixtures';
import { openTextLab } from './support/text-lab';
import { jsonFile, wordLevel } from './support/tokenizer-files';

const WORDS = jsonFile('my-words.json', wordLevel('the', 'quick', 'fox'));

test('what was added is in one list, and is deleted for good only after a question', async ({ page }) => {
  await page.goto('/#library');
  await expect(page.getByText('Nothing is kept yet.')).toBeVisible();
  await expectAccessible(page);

  await openTextLab(page);
  await dropFiles(page, 'main', WORDS);
  await expect(page.getByRole('region', { name: WORDS.name })).toBeVisible();
  await page.getByRole('link', { name: 'Library' }).click();
  const row = page.getByRole('row', { name: new RegExp(WORDS.name) });
  await expect(row).toContainText('Tokenizer');
  await expect(row).toContainText(/\d B|kB/);
  await expectAccessible(page);

  await row.getByRole('button', { name: `Delete ${WORDS.name}` }).click();
  await row.getByRole('button', { name: 'Keep' }).click();
  await expect(row.getByRole('button', { name: `Delete ${WORDS.name}` })).toBeFocused();
  await page.reload();
  await expect(row).toBeVisible();
  await openTextLab(page);
  await dropFiles(page, 'main', WORDS); // it is here already: its column comes back
  await expect(page.getByRole('region', { name: WORDS.name })).toBeVisible();
  await page.getByRole('link', { name: 'Library' }).click();
  await row.getByRole('button', { name: `Delete ${WORDS.name}` }).click();
  await page.keyboard.press('Enter'); // the question has the focus
  await expect(page.getByText('Nothing is kept yet.')).toBeVisible();
  await expect(page.getByRole('heading', { name: 'Library' })).toBeFocused();

  // Its column keeps its name, and asks for the file.
  await page.getByRole('link', { name: 'Text', exact: true }).click();
  await expect(page.getByRole('region', { name: WORDS.name })).toContainText('Choose the file…');
});
