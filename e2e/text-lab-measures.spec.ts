import { readFile } from 'node:fs/promises';
import type { Locator, Page } from '@playwright/test';
import { strFromU8, unzipSync } from 'fflate';
import { get_encoding } from 'tiktoken';
import { sample } from '../src/catalog/texts/english';
import { expectAccessible } from './support/accessibility';
import { expect, test } from './support/fixtures';
import { field, figure, openTextLab, pasteRepeated, settled } from './support/text-lab';

const tab = (page: Page, name: string) => page.getByRole('tab', { name, exact: true });
const row = (table: Locator, name: string | RegExp) =>
  table.getByRole('row').filter({ has: table.page().getByRole('rowheader', { name }) });

/** Checked from the top of the page, where nothing lies under its header. */
async function accessible(page: Page): Promise<void> {
  await page.evaluate(() => scrollTo(0, 0));
  await expectAccessible(page);
}

/** The content of a file that a click saves. */
async function saved(page: Page, button: string): Promise<Uint8Array> {
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: button }).click();
  return await readFile(await (await download).path());
}

test('measures, numbers, pieces, and the premium of every language', async ({ page }) => {
  test.slow();
  await openTextLab(page);
  // All of it, in which the tokenizers differ.
  await field(page).fill(sample.text);
  await settled(page);
  await test.step('measures, numbers and pieces of the text', async () => {
    const tokens = await figure(page, 'o200k', 'tokens');

    await test.step('measures of the whole text, its lines and its scripts', async () => {
      await tab(page, 'Measures').click();
      const panel = page.getByRole('tabpanel', { name: 'Measures' });
      const table = panel.getByRole('region', { name: 'Measures' });
      await expect(
        row(table, /^Tokens tokens|^Tokens How/)
          .getByRole('cell')
          .nth(2),
      ).toContainText(tokens);
      await expect(
        row(table, /^Continued words/)
          .getByRole('cell')
          .first(),
      ).toContainText('%');
      await panel.getByRole('textbox', { name: 'tokens of o200k, in US dollars' }).fill('10');
      await expect(
        row(table, /^Cost of the text/)
          .getByRole('cell')
          .nth(2),
      ).toContainText(`$${((Number(tokens) * 10) / 1e6).toFixed(5)}`);
      await panel.getByRole('spinbutton', { name: 'Context window' }).fill('1000');
      await expect(
        row(table, /^Context window/)
          .getByRole('cell')
          .nth(2),
      ).toContainText(`${(Number(tokens) / 10).toFixed(1)} %`);
      await table.getByRole('button', { name: 'Bytes per token' }).click();
      await expect(table.getByRole('columnheader').nth(1)).toHaveText('o200k');
      await accessible(page);

      await panel.getByRole('radio', { name: 'Lines' }).check();
      await expect(panel.getByLabel('Measure', { exact: true })).toHaveValue('tokens');
      const lines = panel.getByRole('region', { name: 'Tokens by line' });
      await expect(lines.getByRole('row')).toHaveCount(3);
      await expect(lines.getByRole('row').nth(1).getByRole('cell', { name: /^best/ })).not.toHaveCount(0);
      await expect(lines.getByRole('row').nth(1).getByRole('cell').last()).not.toContainText('best');
      await expect(lines.getByRole('rowheader').first()).toContainText(
        /A word takes [\d.]+ tokens of .+ of UTF-8 bytes\./,
      );
      await lines.getByRole('button', { name: 'o200k' }).click();
      await expect(lines.getByRole('columnheader', { name: 'o200k' })).toHaveAttribute('aria-sort', /ending/);
      await panel.getByRole('radio', { name: 'Sentences' }).check();
      const sentences = panel.getByRole('region', { name: 'Tokens by sentence' });
      await expect(sentences.getByRole('row').nth(1).getByRole('cell', { name: /^best/ })).not.toHaveCount(0);
      await panel.getByRole('radio', { name: 'Scripts' }).check();
      await expect(panel.getByRole('region', { name: 'Tokens by script' })).toContainText('Latin');
      await accessible(page);
    });

    await test.step('numbers, lined up and named by their grouping', async () => {
      await tab(page, 'Numbers').click();
      const panel = page.getByRole('tabpanel', { name: 'Numbers' });
      const grid = panel.getByRole('region', { name: 'o200k', exact: true });
      await expect(row(grid, /^1234567, cut as 123 456 7$/)).toContainText('from the left');
      await expect(grid).toContainText('5 of 17 divided numbers grouped from the right (29 %)');
      const ends = await grid
        .getByRole('rowheader')
        .locator('> span')
        .evaluateAll((rows) => {
          return rows.map((one) => Math.round(one.lastElementChild!.getBoundingClientRect().right));
        });
      expect(new Set(ends).size).toBe(1);
      await panel.getByRole('radio', { name: 'Your own' }).check();
      await panel.getByRole('textbox').fill('1,234.5\n2026-11-28');
      await expect(grid.getByRole('rowheader')).toHaveCount(2);
      await panel.getByRole('radio', { name: 'Of the text' }).check();
      await expect(panel).toContainText('There is no number in this text.');
      await accessible(page);
    });

    await test.step('what a language model expects, place by place', async () => {
      await field(page).fill('Once upon a time, there was a little girl.\nShe had a café and 12 cats.\n');
      await tab(page, 'Model').click();
      const panel = page.getByRole('tabpanel', { name: 'Model' });
      await panel.getByRole('combobox', { name: 'Model', exact: true }).selectOption('lm-draft');
      await expect(panel).toContainText(/Draft: \d+ bits for 72 bytes/, { timeout: 60_000 });
      const moments = panel.getByRole('list', { name: /by how much of its training/ }).getByRole('listitem');
      await expect(moments).toHaveText([
        /after 2 %.*\d\.\d\d/i,
        /after 15 %.*\d\.\d\d/i,
        /after all.*\d\.\d\d/i,
      ]);
      const costs = (await moments.allTextContents()).map((text) => Number(/\d\.\d\d$/.exec(text)![0]));
      expect(costs).toEqual(costs.toSorted((a, b) => b - a));
      const places = panel.getByRole('listbox', { name: 'The text, byte by byte' });
      await places.focus();
      for (let i = 0; i < 3; i++) await page.keyboard.press('ArrowRight');
      await expect(places.getByRole('option', { selected: true })).toHaveAccessibleName(
        /^“e”, [\d.]+ bits, /,
      );
      await page.keyboard.press('ArrowDown');
      await expect(panel.getByRole('complementary', { name: 'At this place' })).toContainText('byte46');
      await accessible(page);
      await field(page).fill(sample.text);
    });

    await test.step('pieces that fit, as files', async () => {
      await tab(page, 'Split').click();
      const panel = page.getByRole('tabpanel', { name: 'Split' });
      await panel.getByRole('spinbutton', { name: 'Tokens of a piece' }).fill('32');
      await panel.getByRole('spinbutton', { name: 'repeats' }).fill('4');
      await expect(panel).toContainText('none has more than 32 tokens of o200k');
      const files = Object.values(unzipSync(await saved(page, 'Download .zip'))).map((bytes) =>
        strFromU8(bytes),
      );
      const oracle = get_encoding('o200k_base');
      for (const text of files) expect(oracle.encode_ordinary(text).length).toBeLessThanOrEqual(32);
      oracle.free();
      await expect(panel.getByRole('region', { name: 'Pieces' }).getByRole('row')).toHaveCount(
        files.length + 1,
      );
      const lines = strFromU8(await saved(page, 'Download JSONL'))
        .trimEnd()
        .split('\n');
      expect(lines.map((line) => JSON.parse(line).text)).toEqual(files);
      await accessible(page);
      await field(page).fill('👩‍👩‍👧‍👦');
      await panel.getByRole('spinbutton', { name: 'Tokens of a piece' }).fill('2');
      await expect(panel).toContainText('more than the 2 of a piece');
    });

    await test.step('a long text is measured when it is asked for, and can be stopped', async () => {
      await field(page).focus();
      await page.keyboard.press('ControlOrMeta+a');
      await pasteRepeated(page, 'many words of prose, naïve café. ', 2_000_000);
      await tab(page, 'Measures').click();
      const panel = page.getByRole('tabpanel', { name: 'Measures' });
      await panel.getByRole('radio', { name: 'Whole text' }).check();
      await panel.getByRole('button', { name: 'Measure it' }).click();
      await panel.getByRole('button', { name: 'Stop' }).click();
      await expect(panel).toContainText('stopped');
    });
  });

  await test.step('languages: the premium of every language, as colours, bars, a table and CSV; and of pasted lines', async () => {
    await page.getByRole('group', { name: 'Large text' }).getByRole('button', { name: 'Clear' }).click();
    await field(page).fill('one two');
    await tab(page, 'Languages').click();
    const panel = page.getByRole('tabpanel', { name: 'Languages' });
    const map = panel.getByRole('region', { name: 'Heat map' });
    await expect(panel).toContainText('takes a median of');
    await expect(row(map, 'English').getByRole('cell').nth(2)).toHaveText('1.00×');
    await expect(row(map, /^Thai/).getByRole('cell').first()).toHaveText(/^\d\.\d\d×$/);
    expect(await map.getByRole('rowheader').count()).toBeGreaterThan(100);
    await accessible(page);

    await test.step('sorted bars of one tokenizer', async () => {
      await panel.getByRole('radio', { name: 'Bars' }).check();
      await panel.getByLabel('Sort by').selectOption('premium');
      await panel.getByLabel('Tokenizer').selectOption('GPT-2');
      const bars = panel.getByRole('region', { name: 'Bars' });
      await expect(bars).toContainText('GPT-2: tokens for each token of English');
      const premiums = (await bars.getByRole('cell').allTextContents())
        .filter((text) => text.endsWith('×'))
        .map((text) => Number.parseFloat(text));
      expect(premiums.length).toBeGreaterThan(100);
      expect(premiums).toEqual(premiums.toSorted((a, b) => a - b));
    });

    await test.step('a table of all figures, and the same as CSV', async () => {
      await panel.getByText('All figures as a table').click();
      await expect(row(panel.getByRole('region', { name: 'All figures' }), 'Japanese')).toContainText(
        'Japanese',
      );
      await panel.getByRole('button', { name: 'Export' }).click();
      const csv = strFromU8(await saved(page, 'Figures as CSV')).split('\r\n');
      await page.keyboard.press('Escape');
      expect(csv[0]).toBe(
        'id,language,script,GPT-2 tokens,GPT-2 premium,cl100k tokens,cl100k premium,o200k tokens,o200k premium,UTF-8 bytes tokens,UTF-8 bytes premium',
      );
      expect(csv.length).toBeGreaterThan(100);
      await accessible(page);
    });

    await test.step('pasted lines, which are in the link', async () => {
      await panel.getByRole('radio', { name: 'Your own lines' }).check();
      await expect(panel.getByRole('textbox')).toHaveValue('one two');
      await panel.getByRole('textbox').fill('');
      await expect(panel.getByRole('progressbar')).toHaveCount(0);
      await panel.getByRole('button', { name: 'Use the lines of the text' }).click();
      await expect(panel.getByRole('textbox')).toHaveValue('one two');
      await panel.getByRole('textbox').fill('English\tgood morning\nguten Morgen');
      await panel.getByRole('radio', { name: 'Heat map' }).check();
      await panel.getByRole('radio', { name: 'Tokens', exact: true }).check();
      await expect(
        row(map, /^English/)
          .getByRole('cell')
          .last(),
      ).toHaveText('12');
      await page.waitForFunction(() => location.hash.startsWith('#2.'));
      await page.waitForTimeout(600);
      await page.reload();
      await expect(tab(page, 'Languages')).toHaveAttribute('aria-selected', 'true');
      await expect(
        row(map, /^Line 2/)
          .getByRole('cell')
          .last(),
      ).toHaveText('12');
      await panel.getByRole('textbox').fill('x'.repeat(7000));
      await expect(panel).toContainText('at most 6,000 fit');
    });
  });
});
