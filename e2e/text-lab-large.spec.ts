import { writeFile } from 'node:fs/promises';
import { get_encoding } from 'tiktoken';
import { expect, test } from './support/fixtures';
import { longestTaskTime } from './support/main-thread';
import {
  column,
  expectTokens,
  field,
  figure,
  openTextLab,
  pasteRepeated,
  pasteText,
  settled,
  token,
} from './support/text-lab';

const WORDS = 'the quick brown fox jumps over the lazy dog while 1234 tokens, naïve café and 東京 pass by. ';
const LINE = `${WORDS.repeat(2)}\n`;
const MEGABYTE = 1_000_000;

test('a megabyte is pasted, cut, scrolled through and edited without a long task @timed', async ({
  page,
}) => {
  await openTextLab(page);
  await test.step('a megabyte is pasted without a long task, and every column cuts it', async () => {
    await field(page).focus();
    await page.keyboard.press('ControlOrMeta+a');
    const longest = await longestTaskTime(page, async () => {
      const bytes = await pasteRepeated(page, LINE, MEGABYTE, 'The last words of all.');
      await expect(page.getByRole('group', { name: 'Large text' })).toContainText('1.00 MB');
      await expectTokens(page, 'UTF-8 bytes', bytes);
      await settled(page);
    });
    expect(longest).toBeLessThan(50);
    await expect(field(page)).toHaveCount(0);
    expect(await figure(page, 'GPT-2', 'bytes/token')).toMatch(/^\d\.\d\d$/);
    // A column draws what is in view, not a million tokens.
    expect(await page.getByRole('option').count()).toBeLessThan(4000);
  });

  await test.step('a megabyte scrolls to its end frame by frame, and the columns stay together', async () => {
    await column(page, 'o200k').getByRole('listbox').hover();
    const longest = await longestTaskTime(page, async () => {
      for (let i = 0; i < 20; i++) await page.mouse.wheel(0, 2000);
      await column(page, 'o200k').getByRole('option').first().focus();
      await page.keyboard.press('Control+End');
      await expect(column(page, 'o200k').getByRole('option').last()).toBeFocused();
    });
    // A wheel of more than a view redraws every column in one frame, which takes a slow processor 60 to 90 ms; anything
    // that grows with the text would take seconds.
    expect(longest).toBeLessThan(150);
    for (const label of ['GPT-2', 'cl100k', 'o200k']) {
      await expect(column(page, label).getByRole('option', { name: '“ words”' }).last()).toBeVisible();
    }
  });

  await test.step('the beginning of a large text can be edited, and the whole restored', async () => {
    const large = page.getByRole('group', { name: 'Large text' });
    await large.getByRole('button', { name: 'Edit the first 20 kB' }).click();
    await expect(field(page)).toBeVisible();
    expect((await field(page).inputValue()).length).toBeLessThan(20_001);
    await page.getByRole('button', { name: 'Your text' }).click();
    await expect(large).toBeVisible();
    await large.getByRole('button', { name: 'Clear' }).click();
    await expect(field(page)).toHaveValue('');
    await expect(field(page)).toBeFocused();
    await expectTokens(page, 'GPT-2', 0);
  });
});

test('texts of every kind and size come in, or are refused @timed', async ({ page }) => {
  const large = page.getByRole('group', { name: 'Large text' });
  const clear = () => large.getByRole('button', { name: 'Clear' }).click();
  await openTextLab(page);
  await test.step('a text beyond the limit is refused, and the present one stays', async () => {
    const before = await figure(page, 'GPT-2', 'tokens');
    await field(page).focus();
    await pasteRepeated(page, 'x', 9 * MEGABYTE);
    await expect(page.getByRole('alert')).toContainText('the page takes up to 8.00 MB.');
    await expect(page.getByRole('alert')).toContainText('Save the new one as a file and drop that');
    expect(await figure(page, 'GPT-2', 'tokens')).toBe(before);
    await expect(field(page)).toHaveValue(/^A language model/);
  });

  await test.step('typing in the largest text that the field takes stays smooth', async () => {
    await field(page).fill(WORDS.repeat(200));
    await settled(page);
    await field(page).focus();
    await page.keyboard.press('End');
    const longest = await longestTaskTime(page, async () => {
      await page.keyboard.type('typing on and on', { delay: 20 });
      await settled(page);
    });
    expect(longest).toBeLessThan(50);
  });

  await test.step('a large text that is inserted otherwise never reaches the field either', async () => {
    // As dictation, automation and input methods do.
    await field(page).fill(WORDS.repeat(400));
    await expect(large).toBeVisible();
    await expect(field(page)).toHaveCount(0);
  });

  await test.step('a megabyte comes through the real clipboard', async () => {
    await clear();
    await field(page).focus();
    await pasteText(page, 'x'.repeat(MEGABYTE));
    await expectTokens(page, 'UTF-8 bytes', MEGABYTE);
  });

  await test.step('a megabyte of one letter is cut at once', async () => {
    await clear();
    await field(page).focus();
    await pasteRepeated(page, 'a', MEGABYTE);
    await expectTokens(page, 'UTF-8 bytes', MEGABYTE);
    // tiktoken: eight letters a token.
    await expectTokens(page, 'cl100k', 125_000);
    await settled(page);
    await expect(column(page, 'GPT-2').getByRole('option').first()).toBeVisible();
  });

  await test.step('a megabyte of line breaks is a million rows, and its end can be reached', async () => {
    await clear();
    await field(page).focus();
    await pasteRepeated(page, '\n', MEGABYTE, 'end');
    await expectTokens(page, 'UTF-8 bytes', MEGABYTE + 3);
    await settled(page);
    await column(page, 'UTF-8 bytes').getByRole('option').first().focus();
    await page.keyboard.press('Control+End');
    await expect(token(page, 'UTF-8 bytes', MEGABYTE + 2)).toBeFocused();
  });
});

test.describe('a file of 50 MB', () => {
  test.slow();

  const SIZE = 50 * MEGABYTE;
  const COUNT = Math.ceil(SIZE / Buffer.byteLength(LINE));

  /** On disk, as the debugger takes no file of this size. */
  async function file(): Promise<string> {
    const path = test.info().outputPath('large.txt');
    await writeFile(path, LINE.repeat(COUNT));
    return path;
  }

  test('is read and cut without a long task, its memory is stated, and its end can be read @timed', async ({
    page,
  }) => {
    await openTextLab(page);
    for (const label of ['GPT-2', 'o200k', 'UTF-8 bytes']) {
      await page.getByRole('button', { name: `Remove ${label}` }).click();
    }
    const path = await file();
    const large = page.getByRole('group', { name: 'Large text' });
    const longest = await longestTaskTime(page, async () => {
      await page.getByLabel('Open file').setInputFiles(path);
      await expect(large).toContainText(/50\.0 MB, tokenized in full · about \d+ MB of memory/);
      await expect(column(page, 'cl100k').getByRole('progressbar')).toBeVisible();
      await expect(large.getByRole('button', { name: 'Stop tokenizing' })).toBeHidden({ timeout: 120_000 });
    });
    expect(longest).toBeLessThan(50);
    const oracle = get_encoding('cl100k_base');
    // A line begins after a line break, so that no line joins its neighbour.
    const line = oracle.encode_ordinary(LINE).length;
    oracle.free();
    await expectTokens(page, 'cl100k', line * COUNT);
    await column(page, 'cl100k').getByRole('option').first().focus();
    await page.keyboard.press('Control+End');
    await expect(token(page, 'cl100k', line * COUNT - 1)).toBeFocused();
    await page.keyboard.press('Enter');
    const inspector = page.getByRole('complementary', { name: 'Inspector' });
    await inspector.getByText('Place in the text').click();
    const units = LINE.length * COUNT;
    await expect(inspector).toContainText(`UTF-16 units${units - 2}–${units}`);
    await expect(inspector).toContainText(`Graphemes${units - 2}–${units}`, { timeout: 60_000 });
  });

  test('can be stopped while it is cut, and cut after all; a larger one is refused by its size', async ({
    page,
  }) => {
    await openTextLab(page);
    for (const label of ['GPT-2', 'o200k', 'cl100k']) {
      await page.getByRole('button', { name: `Remove ${label}` }).click();
    }
    await page.getByLabel('Open file').setInputFiles(await file());
    await page.getByRole('button', { name: 'Stop tokenizing' }).click();
    const stopped = column(page, 'UTF-8 bytes')
      .getByRole('status')
      .filter({ hasText: 'Tokenizing was stopped.' });
    await expect(stopped).toBeVisible();
    await expect(column(page, 'UTF-8 bytes').getByRole('option')).toHaveCount(0);
    await stopped.getByRole('button', { name: 'Cut it' }).click();
    await expectTokens(page, 'UTF-8 bytes', Buffer.byteLength(LINE) * COUNT, 240_000);

    const path = test.info().outputPath('huge.txt');
    await writeFile(path, LINE.repeat(Math.ceil((65 * MEGABYTE) / LINE.length)));
    await page.getByLabel('Open file').setInputFiles(path);
    await expect(page.getByRole('alert')).toContainText('the page takes up to 64.0 MB.');
    await expectTokens(page, 'UTF-8 bytes', Buffer.byteLength(LINE) * COUNT);
  });
});
