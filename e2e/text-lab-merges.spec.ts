import type { Page } from '@playwright/test';
import { get_encoding } from 'tiktoken';
import { expectAccessible } from './support/accessibility';
import { dropFiles } from './support/files';
import { expect, test } from './support/fixtures';
import { field, openTextLab } from './support/text-lab';
import { sentencePieceFile } from './support/tokenizer-files';

const TEXT = 'the thing is the theory of the thing';

const slider = (page: Page) => page.getByRole('slider', { name: 'Size of the vocabulary' });
const size = (page: Page) => page.getByRole('spinbutton', { name: 'Size of the vocabulary, in entries' });
const pieces = (page: Page, label: string) =>
  page.getByRole('region', { name: `${label}, cut` }).getByRole('option');

/** The figure in a row of the legend. */
const tokensOf = (page: Page, label: string) =>
  page.locator('label', { has: page.getByRole('radio', { name: new RegExp(`^${label} `) }) });

/** The same place of a link's parts is written a moment after what it says. */
async function settledAddress(page: Page): Promise<string> {
  let last = '';
  await expect
    .poll(async () => {
      const same = page.url() === last;
      last = page.url();
      await page.waitForTimeout(300);
      return same;
    })
    .toBe(true);
  return last;
}

test('a text is cut by any size of the vocabulary, and its merges play', async ({ page }) => {
  await page.emulateMedia({ reducedMotion: 'no-preference' });
  await openTextLab(page);
  await field(page).fill(TEXT);
  await page.getByRole('tab', { name: 'Growth' }).click();
  const gpt2 = get_encoding('gpt2').encode(TEXT).length;

  await test.step('from single bytes to the tokenizer’s own tokens, by keyboard and by typing', async () => {
    await slider(page).focus();
    await page.keyboard.press('Home');
    await expect(pieces(page, 'GPT-2')).toHaveCount(TEXT.length);
    await expect(
      page.getByText(`The 257 entries of GPT-2 that always stay: ${TEXT.length} tokens.`),
    ).toBeVisible();
    await page.keyboard.press('End');
    await expect(pieces(page, 'GPT-2')).toHaveCount(gpt2);
    await expect(
      page.getByText(`All 50,257 entries of GPT-2: ${gpt2} tokens. GPT-2 has no more entries.`),
    ).toBeVisible();
    await expect(slider(page)).toHaveAttribute('aria-valuetext', `200,000 entries, ${gpt2} tokens`);
    // The first merge of GPT-2 is a space and t, the third h and e.
    await size(page).fill('258');
    await expect(pieces(page, 'GPT-2')).toHaveCount(TEXT.length - 5);
    await slider(page).focus();
    await page.keyboard.press('ArrowRight');
    await expect(size(page)).toHaveValue('259');
    await page.keyboard.press('+');
    await expect(size(page)).toHaveValue('285');
    await page.keyboard.press('PageUp');
    await expect(size(page)).toHaveValue('500');
  });

  await test.step('every tokenizer of the columns has a curve and its figure, or says why not', async () => {
    for (const label of ['GPT-2', 'cl100k', 'o200k']) {
      await expect(tokensOf(page, label)).toContainText(/\d+ tokens\d+ with all/);
    }
    await expect(page.getByText('Every byte is a token: there is nothing to cut.')).toBeVisible();
    await expect(
      page.getByRole('img', { name: /^Tokens by size of the vocabulary\. GPT-2: from 36 tokens/ }),
    ).toBeVisible();
  });

  await test.step('merge by merge', async () => {
    await slider(page).focus();
    await page.keyboard.press('Home');
    await page.getByRole('radio', { name: 'Play the merges' }).check();
    await expect(page.getByText('Nothing has merged yet.')).toBeVisible();
    await page.getByRole('button', { name: 'One merge on' }).click();
    await expect(page.getByText('Merge 1: “·” + “t” → “·t”, 5 places.')).toBeVisible();
    await expect(pieces(page, 'GPT-2')).toHaveCount(TEXT.length - 5);
    await page.getByRole('button', { name: 'One merge back' }).click();
    await expect(page.getByText('Nothing has merged yet.')).toBeVisible();
    await page.getByLabel('Speed').selectOption('as fast as it goes');
    await page.getByRole('button', { name: 'Play' }).click();
    await expect(pieces(page, 'GPT-2')).toHaveCount(gpt2);
    await expect(page.getByText(/^(\d+) of \1 merges in this text$/)).toBeVisible();
    // At the end it stops by itself.
    await expect(page.getByRole('button', { name: 'Play' })).toBeVisible();
    await page.emulateMedia({ reducedMotion: 'reduce' });
    await expect(page.getByRole('button', { name: 'Play' })).toHaveCount(0);
    await expect(page.getByRole('button', { name: 'One merge back' })).toBeEnabled();
  });

  await test.step('tokenizer, size and mode are in the link', async () => {
    await tokensOf(page, 'o200k').getByRole('radio').check();
    await size(page).fill('300');
    await expect(page.getByText('300 entries of o200k, 258 that always stay')).toBeVisible();
    const count = await pieces(page, 'o200k').count();
    const link = await settledAddress(page);
    await page.goto('about:blank');
    await page.goto(link);
    await expect(pieces(page, 'o200k')).toHaveCount(count);
    await expect(page.getByRole('radio', { name: 'Play the merges' })).toBeChecked();
    await expect(size(page)).toHaveValue('300');
  });

  await test.step('a Unigram vocabulary is cut by score, and shows its most likely segmentations', async () => {
    await dropFiles(page, 'main h1', sentencePieceFile('tiny.model'));
    await tokensOf(page, 'tiny.model').getByRole('radio').check();
    await expect(
      page.getByText('tiny.model has no merges to play: its tokens are chosen by their scores.'),
    ).toBeVisible();
    await expect(page.getByRole('heading', { name: /^Most likely segmentations here/ })).toBeVisible();
    await expect(page.getByRole('listitem').filter({ hasText: '▁the' }).first()).toBeVisible();
  });

  await expectAccessible(page);
});
