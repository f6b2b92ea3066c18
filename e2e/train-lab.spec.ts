import { encodeLink } from '../src/core/link/envelope';
import { expectAccessible } from './support/accessibility';
import { dropFiles } from './support/files';
import { expect, test } from './support/fixtures';
import { column, settled } from './support/text-lab';

test('a tokenizer is trained on the sample, compared, kept, and opens beside others in the text lab', async ({
  page,
}) => {
  await page.goto('/#train');
  const train = page.getByRole('button', { name: 'Train', exact: true });
  await expect(train).toBeVisible();
  await expectAccessible(page);

  // First visit: the example works at once, by keyboard.
  await train.focus();
  await page.keyboard.press('Enter');
  const result = page.getByRole('region', { name: 'BPE 2k of Alice' });
  await expect(result).toContainText('2,000 tokens', { timeout: 15_000 });
  await expect(result).toContainText('Caterpillar');
  await expect(train).toBeFocused();
  await expect(
    page.getByRole('img', { name: /BPE 2k of Alice: from .* tokens with 2,000 entries/ }),
  ).toBeVisible();

  await page.getByRole('radio', { name: /SuperBPE/ }).check();
  await train.click();
  await expect(page.getByText(/Superwords: \d+ tokens of several words/)).toBeVisible({ timeout: 15_000 });
  await expect(page.getByRole('row', { name: /BPE 2k of Alice/ })).toHaveCount(2);
  await expectAccessible(page);

  await page.getByRole('button', { name: 'Keep in the library' }).click();
  await expect(page.getByText('SuperBPE 2k of Alice is kept in the library')).toBeVisible();
  await page.getByRole('radio', { name: 'BPE 2k of Alice', exact: true }).check();
  await page.getByRole('button', { name: 'Open in the text lab' }).click();
  await expect(column(page, 'BPE 2k of Alice')).toBeVisible();
  await expect(column(page, 'GPT-2')).toBeVisible();
  await settled(page);
  await page.getByRole('link', { name: 'Library' }).click();
  await expect(page.getByRole('row', { name: /^SuperBPE 2k of Alice/ })).toBeVisible();
  await expect(page.getByRole('row', { name: /^BPE 2k of Alice/ })).toBeVisible();
});

test('a link restores settings and text; what is no text is refused; a lexicon opens in the text lab', async ({
  page,
}) => {
  const text = 'the cat sat on the mat of the cat\nthe hat of the cat sat on the mat\n'.repeat(20);
  const link = encodeLink('train', {
    head: { k: 'lib', c: 'text', l: { steps: 40 }, r: 7 },
    blob: new TextEncoder().encode(text),
  });
  await page.goto(`/${link}`);
  await expect(page.getByRole('radio', { name: /Less-is-Better/ })).toBeChecked();
  await expect(page.getByRole('textbox', { name: 'Text to learn from' })).toHaveValue(text);
  await expect(page.getByRole('spinbutton', { name: 'Steps of reading' })).toHaveValue('40');
  await page.getByText('More', { exact: true }).click();
  await expect(page.getByRole('spinbutton', { name: 'Seed' })).toHaveValue('7');

  const binary = { name: 'weights.bin', type: '', bytes: Uint8Array.of(0, 1, 2, 0, 255, 254) };
  await dropFiles(page, 'main h1', binary);
  await expect(page.getByRole('alert')).toContainText('weights.bin is a binary file, not a text');
  await expectAccessible(page);

  await page.getByRole('button', { name: 'Train', exact: true }).click();
  await page.getByRole('button', { name: 'Open in the text lab' }).click({ timeout: 15_000 });
  await expect(page.getByRole('region', { name: /^Less-is-Better .* of pasted text/ })).toBeVisible();

  // Back: the training lab as it was left.
  await page.getByRole('link', { name: 'Train', exact: true }).click();
  await expect(page.getByText('The best chunks')).toBeVisible();
});
