import type { Page } from '@playwright/test';
import { expectAccessible } from './support/accessibility';
import { expect, test } from './support/fixtures';
import { column, expectTokens, field, openTextLab, settled, token } from './support/text-lab';
import { addMenu } from './support/tokenizer-files';

/** The positions of a column's tokens: their middles and rows. */
async function places(page: Page, label: string) {
  return column(page, label)
    .getByRole('option')
    .evaluateAll((options) =>
      options.map((option) => {
        const { left, right, top } = option.getBoundingClientRect();
        return { middle: (left + right) / 2, left, right, row: Math.round(top) };
      }),
    );
}

const isAscending = (values: readonly number[]) =>
  values.every((value, i) => i === 0 || value > values[i - 1]!);

test('a token is drawn as what it is, from left or right, aligned, and what is lost is said; menus take the keyboard', async ({
  page,
}) => {
  await openTextLab(page);
  await test.step('text from right to left is read from right to left', async () => {
    await field(page).fill('שלום עולם 12 abc def.');
    await settled(page);

    await test.step('tokens stand in the order of reading, Latin words among them from left to right', async () => {
      const texts = await column(page, 'o200k').getByRole('option').allTextContents();
      const at = await places(page, 'o200k');
      expect(new Set(at.map(({ row }) => row)).size).toBe(1);
      const latin = texts.flatMap((text, i) => (/[a-z]/.test(text) ? [i] : []));
      const hebrew = texts.flatMap((text, i) => (/[א-ת]/.test(text) ? [i] : []));
      expect(hebrew.length).toBeGreaterThan(1);
      expect(latin.length).toBeGreaterThan(1);
      expect(isAscending(hebrew.map((i) => -at[i]!.middle))).toBe(true);
      expect(isAscending(latin.map((i) => at[i]!.middle))).toBe(true);
      expect(at[latin.at(-1)!]!.right).toBeLessThan(at[hebrew.at(-1)!]!.left + 1);
      const edge = await column(page, 'o200k').getByRole('listbox').boundingBox();
      expect(edge!.x + edge!.width - at[0]!.right).toBeLessThan(6);
    });

    await test.step('arrow keys follow the screen', async () => {
      await token(page, 'o200k', 0).focus();
      await page.keyboard.press('ArrowLeft');
      await expect(token(page, 'o200k', 1)).toBeFocused();
      await page.keyboard.press('ArrowRight');
      await expect(token(page, 'o200k', 0)).toBeFocused();
      const byScreen = (await places(page, 'o200k'))
        .map(({ middle }, i) => ({ middle, i }))
        .sort((a, b) => b.middle - a.middle);
      for (const { i } of byScreen.slice(1)) {
        await page.keyboard.press('ArrowLeft');
        await expect(token(page, 'o200k', i)).toBeFocused();
      }
    });

    await test.step('a Hebrew word in an English line stands in its place', async () => {
      await field(page).fill('one שלום עולם two');
      await settled(page);
      const texts = await column(page, 'o200k').getByRole('option').allTextContents();
      const at = await places(page, 'o200k');
      const first = texts.findIndex((text) => /[א-ת]/.test(text));
      const last = texts.findLastIndex((text) => /[א-ת]/.test(text));
      expect(at[0]!.middle).toBeLessThan(at[last]!.middle);
      expect(at[last]!.middle).toBeLessThan(at[first]!.middle);
      expect(at[first]!.middle).toBeLessThan(at.at(-1)!.middle);
    });

    await test.step('no row is wider than its column', async () => {
      await field(page).fill('مرحبا بالعالم، هذا نص طويل يمتد على أكثر من سطر. '.repeat(8));
      await settled(page);
      for (const label of ['GPT-2', 'o200k', 'UTF-8 bytes']) {
        const box = await column(page, label).getByRole('listbox').boundingBox();
        const at = await places(page, label);
        expect(Math.min(...at.map(({ left }) => left))).toBeGreaterThanOrEqual(box!.x);
        expect(Math.max(...at.map(({ right }) => right))).toBeLessThanOrEqual(box!.x + box!.width);
      }
    });
  });

  await test.step('code and tables stay aligned, in the field and in the columns', async () => {
    await field(page).fill('apple     12   3.50\norange     7  12.00\nfig      104   0.25');
    await settled(page);
    await expect(field(page)).toHaveCSS('font-family', /Mono/);
    for (const label of ['GPT-2', 'o200k', 'UTF-8 bytes']) {
      // The last characters of the three lines are below each other.
      const ends = await column(page, label)
        .getByRole('option')
        .evaluateAll((options) => {
          const rows = new Map<number, number>();
          for (const option of options) {
            if (option.textContent?.trim() === '') continue;
            const { top, right } = option.getBoundingClientRect();
            rows.set(Math.round(top), Math.max(right, rows.get(Math.round(top)) ?? 0));
          }
          return [...rows.values()];
        });
      expect(ends).toHaveLength(3);
      expect(Math.max(...ends) - Math.min(...ends), label).toBeLessThan(0.5);
    }
    await field(page).fill('Prose is set in the face of prose.');
    await expect(field(page)).not.toHaveCSS('font-family', /Mono/);
  });

  await test.step('menus take the keyboard: the look-up the focus, the list of tokenizers letters', async () => {
    await page.getByRole('button', { name: 'Look up in GPT-2' }).focus();
    await page.keyboard.press('Enter');
    await expect(page.getByRole('dialog', { name: 'Look up in GPT-2' }).getByRole('textbox')).toBeFocused();
    await page.keyboard.type('262');
    await expect(page.getByRole('dialog', { name: 'Look up in GPT-2' })).toContainText('·the');
    await page.keyboard.press('Escape');
    await expect(page.getByRole('button', { name: 'Look up in GPT-2' })).toBeFocused();

    await addMenu(page).open();
    const menu = page.getByRole('dialog', { name: 'Add a tokenizer' });
    await menu.getByRole('checkbox').first().focus();
    await page.keyboard.press('l');
    await expect(menu.getByRole('checkbox', { name: /^Llama 2/ })).toBeFocused();
    await page.keyboard.press('l');
    await expect(menu.getByRole('checkbox', { name: /^Llama 3/ })).toBeFocused();
    await expect(menu.getByRole('heading')).toHaveCount(0);
    await page.keyboard.press('Enter');
    await expect(column(page, 'Llama 3')).toBeVisible();
  });

  await test.step('a token is drawn as what it is, and what is lost is said', async () => {
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Remove Llama 3' }).click();
    await page.getByRole('button', { name: 'Remove GPT-2' }).press('Enter');
    await expect(page.getByRole('button', { name: 'Remove cl100k' })).toBeFocused();
    for (const label of ['cl100k', 'UTF-8 bytes']) {
      await page.getByRole('button', { name: `Remove ${label}` }).click();
    }
    await addMenu(page).add('Llama 2');
    await addMenu(page).add('BERT uncased');

    await test.step('the space that Llama 2 puts before a text is no digit', async () => {
      await field(page).fill('1234567');
      await expectTokens(page, 'Llama 2', 8);
      await expect(column(page, 'Llama 2').getByRole('option')).toHaveText([
        '▁',
        '1',
        '2',
        '3',
        '4',
        '5',
        '6',
        '7',
      ]);
      await expect(token(page, 'Llama 2', 0)).toHaveAccessibleName('space that is not in the text id 29871');
      await expect(column(page, 'Llama 2')).toContainText('outlined: the tokenizer’s own');
      await expect(column(page, 'o200k')).not.toContainText('outlined');
    });

    await test.step('what BERT loses is marked, counted, and drawn behind its [UNK]', async () => {
      await field(page).fill('hello 🦄🦄 world');
      await expectTokens(page, 'BERT uncased', 3);
      const bert = column(page, 'BERT uncased');
      await expect(bert).toContainText('[UNK] 1 of 3, 8 bytes lost');
      await expect(bert.getByRole('option')).toHaveText(['hello', '[UNK]🦄🦄', 'world']);
      await expect(bert.getByRole('listbox').locator('s')).toHaveText('🦄🦄');
      await expect(token(page, 'BERT uncased', 1)).toHaveAccessibleName('[UNK], lost: “🦄🦄” id 100');
      await expect(column(page, 'o200k')).not.toContainText('lost');
      await token(page, 'BERT uncased', 1).hover();
      await expect(page.getByRole('region', { name: 'Token', exact: true })).toContainText('[UNK]');
      await expect(
        page
          .getByRole('status')
          .filter({ hasText: 'BERT uncased: 3 tokens, 6.67 bytes per token; [UNK] 1 of 3, 8 bytes lost' }),
      ).toHaveCount(1);
      await expectAccessible(page);
    });
  });
});
