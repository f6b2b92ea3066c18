import { expectAccessible } from './support/accessibility';
import { dropFiles } from './support/files';
import { expect, test } from './support/fixtures';
import { column, expectTokens, field, openTextLab, token } from './support/text-lab';
import { catastrophic, jsonFile } from './support/tokenizer-files';

/** Splits at spaces, and never finishes on letters before an exclamation mark. */
const hostileToLetters = {
  type: 'Split',
  pattern: { Regex: '(?:a+)+\\z| ' },
  behavior: 'Removed',
  invert: false,
};

test('a pattern without end is stopped, and whatever else is on the page goes on', async ({ page }) => {
  test.slow();
  await openTextLab(page);
  await test.step('a pattern without end is stopped; the other columns go on', async () => {
    await field(page).fill('harmless');
    await dropFiles(page, 'main h1', jsonFile('catastrophe.json', catastrophic()));
    await expectTokens(page, 'catastrophe.json', 1);
    await field(page).fill(`${'a'.repeat(40)}!`);
    await expectTokens(page, 'UTF-8 bytes', 41);
    await expectTokens(page, 'cl100k', 6);
    const alert = column(page, 'catastrophe.json').getByRole('alert');
    await expect(alert).toContainText('The pattern of catastrophe.json took more than 10 s', {
      timeout: 30_000,
    });
    await expect(alert).toContainText('Shorten the text or remove the tokenizer');
    await expectAccessible(page);
    await field(page).fill('aa!');
    await expect(alert).toHaveCount(0);
    await expectTokens(page, 'UTF-8 bytes', 3);
    await expectTokens(page, 'catastrophe.json', 2);
    // A text that replaces it does not wait for the one that never finishes.
    await field(page).fill(`${'a'.repeat(41)}!`);
    await expectTokens(page, 'UTF-8 bytes', 42);
    await expect(column(page, 'catastrophe.json').getByRole('progressbar')).toBeVisible();
    await field(page).fill('a!');
    await expectTokens(page, 'UTF-8 bytes', 2);
    await expect(column(page, 'catastrophe.json').getByRole('option')).toHaveCount(2);
  });

  await test.step('removing a column in the middle of endless work ends that work', async () => {
    await field(page).fill('harmless');
    await expectTokens(page, 'catastrophe.json', 1);
    const workers = () => page.workers().length;
    const before = workers();
    await field(page).fill(`${'a'.repeat(40)}!`);
    await page.getByRole('button', { name: 'Remove catastrophe.json' }).click();
    await expect.poll(workers).toBe(before - 1);
  });

  await test.step('an older text’s token can be pointed at while an endless one is being cut', async () => {
    const words = Array(20).fill('word').join(' ');
    await field(page).fill(words);
    await dropFiles(
      page,
      'main h1',
      jsonFile('letters.json', { ...catastrophic(), pre_tokenizer: hostileToLetters }),
    );
    await expectTokens(page, 'letters.json', 20);
    await field(page).fill(`${'a'.repeat(40)}!`);
    await expectTokens(page, 'UTF-8 bytes', 41);
    // Beyond the end of the newer text.
    await token(page, 'letters.json', 19).hover();
    await expect(page.getByRole('region', { name: 'Token', exact: true })).toContainText('byte span95–99');
  });
});
