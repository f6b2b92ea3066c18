import type { Page } from '@playwright/test';
import { tiktokenFile } from '../src/tokenizers/testing/rank-vocabulary';
import { expectAccessible } from './support/accessibility';
import { dropFiles } from './support/files';
import { expect, test } from './support/fixtures';
import { column, expectTokens, field, linkWith, openTextLab, settled } from './support/text-lab';
import { addMenu } from './support/tokenizer-files';

/** All bytes, and a token that only some encodings let come together. */
const bytes = Array.from({ length: 256 }, (_, byte) => Uint8Array.of(byte));
const ranks = {
  name: 'ranks.tiktoken',
  type: '',
  bytes: tiktokenFile([...bytes, new TextEncoder().encode('12345')]),
};

const choice = (page: Page) => column(page, ranks.name).getByLabel('Splits text as');

test('a .tiktoken file of no known size: its encoding is a guess and can be chosen', async ({
  page,
  browser,
}) => {
  await openTextLab(page);
  await field(page).fill('12345');
  await dropFiles(page, 'main h1', ranks);
  await expectTokens(page, ranks.name, 5);
  await expect(column(page, ranks.name)).toContainText('Splits text as');
  await expect(column(page, ranks.name)).toContainText('(a guess)');
  await expect(choice(page)).toHaveValue('cl100k');
  await expectAccessible(page);

  // By keyboard; the focus stays where it was.
  await choice(page).focus();
  await page.keyboard.press('g');
  await expectTokens(page, ranks.name, 1);
  await expect(choice(page)).toHaveValue('gpt2');
  await expect(choice(page)).toBeFocused();
  await expect(column(page, ranks.name)).not.toContainText('(a guess)');
  await column(page, ranks.name).getByText('1 note on this tokenizer').click();
  await expect(column(page, ranks.name)).toContainText('it is read as GPT-2, as chosen');

  const chosen = expect.stringMatching(/^file:[0-9a-f]{64}:gpt2$/) as unknown as string;
  const link = await linkWith(page, {
    tokenizers: ['gpt2', 'cl100k', 'o200k', 'utf8-bytes', chosen],
  });
  await page.reload();
  await settled(page);
  await expectTokens(page, ranks.name, 1);
  await expect(choice(page)).toHaveValue('gpt2');

  // Removed and taken from the list again, it is as it was chosen.
  await column(page, ranks.name)
    .getByRole('button', { name: `Remove ${ranks.name}` })
    .click();
  await addMenu(page).add(ranks.name);
  await expect(choice(page)).toHaveValue('gpt2');

  // Somebody else opens the link, and has the file.
  const other = await (await browser.newContext()).newPage();
  await other.goto(link);
  await settled(other);
  await expect(other.getByText(`This link uses ${ranks.name}.`)).toBeVisible();
  await dropFiles(other, 'main h1', ranks);
  await expectTokens(other, ranks.name, 1);
  await expect(choice(other)).toHaveValue('gpt2');
  await other.context().close();
});

test('on a narrow screen, the tab stays when another encoding is chosen', async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await openTextLab(page);
  await field(page).fill('12345');
  await dropFiles(page, 'main h1', ranks);
  await page.getByRole('tab', { name: ranks.name }).click();
  await choice(page).selectOption('gpt2');
  await expect(choice(page)).toHaveValue('gpt2');
  await expect(page.getByRole('tab', { name: ranks.name })).toHaveAttribute('aria-selected', 'true');
});
