import { readFile } from 'node:fs/promises';
import type { Page } from '@playwright/test';
import { dropFiles } from './support/files';
import { expect, test } from './support/fixtures';
import {
  column,
  expectTokens,
  field,
  linkWith,
  openTextLab,
  pasteRepeated,
  settled,
} from './support/text-lab';

/** Drops a text onto the first element of a selector, as a link dragged from another window is. */
async function dropText(page: Page, selector: string, text: string): Promise<void> {
  const dataTransfer = await page.evaluateHandle((value) => {
    const transfer = new DataTransfer();
    transfer.setData('text/plain', value);
    return transfer;
  }, text);
  await page.locator(selector).first().dispatchEvent('drop', { dataTransfer });
}

test('a permalink opens where it is dropped; an experiment file holds what no link can', async ({
  page,
  browser,
}) => {
  await openTextLab(page);
  await test.step('a permalink of this page opens where it is dropped, and stays text where it is pasted', async () => {
    await field(page).fill('theirs');
    const link = await linkWith(page, { text: 'theirs' });
    await page.getByRole('button', { name: 'Emoji' }).click();
    await settled(page);
    await dropText(page, 'main h1', link);
    await expect(field(page)).toHaveValue('theirs');
    await page.goBack();
    await expect(field(page)).toHaveValue(/🍓|👩|😀/);

    await field(page).fill('');
    await page.evaluate((text) => {
      const clipboardData = new DataTransfer();
      clipboardData.setData('text/plain', text);
      const field = document.querySelector('textarea')!;
      field.focus();
      field.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }));
      document.execCommand('insertText', false, text);
    }, link);
    await expect(field(page)).toHaveValue(link);

    await dropText(page, 'main h1', 'just words');
    await expect(field(page)).toHaveValue('just words');
  });

  await test.step('an experiment file holds a text that no link can, and the address says what it can', async () => {
    await page.getByRole('button', { name: 'Remove GPT-2' }).click();
    await page.getByRole('button', { name: 'Token ids' }).click();
    await field(page).focus();
    await page.keyboard.press('ControlOrMeta+a');
    const size = await pasteRepeated(page, 'a megabyte of words, naïve café\n', 1_000_000);
    await expectTokens(page, 'UTF-8 bytes', size);
    await page.getByRole('button', { name: 'Copy link' }).click();
    const panel = page.getByRole('dialog', { name: 'Copy link' });
    await expect(panel.getByRole('status').first()).toContainText(
      'Link copied, but it does not hold everything',
    );
    await expect(panel).toContainText('A link is too short for all of it; an experiment file is not.');
    await expect(panel).toContainText(
      'Not the text (1.00 MB): it is too long for a link. An experiment file holds it.',
    );
    const download = page.waitForEvent('download');
    await panel.getByRole('button', { name: 'Save as an experiment file' }).click();
    const bytes = await readFile(await (await download).path());

    const other = await (await browser.newContext()).newPage();
    await openTextLab(other);
    await field(other).fill('mine');
    await dropFiles(other, 'main h1', { name: 'theirs.tokenoscope', type: '', bytes });
    await expectTokens(other, 'UTF-8 bytes', size);
    await expect(column(other, 'GPT-2')).toHaveCount(0);
    await expect(other.getByRole('button', { name: 'Token ids' })).toHaveAttribute('aria-pressed', 'true');
    await linkWith(other, {
      omitted: size,
      tokenizers: ['cl100k', 'o200k', 'utf8-bytes'],
    });
    await other.getByRole('button', { name: 'Your text' }).click();
    await expect(field(other)).toHaveValue('mine');
    await other.context().close();
  });
});
