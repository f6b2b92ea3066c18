import { get_encoding, type TiktokenEncoding } from 'tiktoken';
import { expectAccessible } from './support/accessibility';
import { expect, test } from './support/fixtures';
import {
  column,
  expectTokens,
  field,
  figure,
  LABELS,
  openTextLab,
  pasteRepeated,
  settled,
  shownIds,
  token,
} from './support/text-lab';
import { addMenu } from './support/tokenizer-files';

const ORACLES: Readonly<Record<string, TiktokenEncoding>> = {
  'GPT-2': 'gpt2',
  cl100k: 'cl100k_base',
  o200k: 'o200k_base',
};

/** The tokens of OpenAI's own tokenizer for a text. */
function oracle(label: string, text: string): number[] {
  const encoding = get_encoding(ORACLES[label]!);
  const ids = [...encoding.encode_ordinary(text)];
  encoding.free();
  return ids;
}

const MIXED = 'Strawberry, naïve 東京 🍓 ½\u00a0x2\n\tfor (;;) {} 1234567 سلام';

test('a text is shown through four tokenizers, exactly and as what it is', async ({ page }) => {
  await openTextLab(page);
  await test.step('a link shows its text through four tokenizers', async () => {
    const text = await field(page).inputValue();
    const bytes = new TextEncoder().encode(text).length;
    for (const label of Object.keys(ORACLES)) {
      const count = oracle(label, text).length;
      expect(await figure(page, label, 'tokens')).toBe(String(count));
      expect(Number(await figure(page, label, 'bytes/token'))).toBeCloseTo(bytes / count, 2);
      expect(Number(await figure(page, label, 'chars/token'))).toBeCloseTo([...text].length / count, 2);
    }
    expect(await figure(page, 'UTF-8 bytes', 'tokens')).toBe(String(bytes));
    expect(await figure(page, 'GPT-2', 'vocabulary')).toBe('50,257');
  });

  await test.step('ids are those of tiktoken, in order, and come only when asked for', async () => {
    await field(page).fill(MIXED);
    for (const label of Object.keys(ORACLES)) await expectTokens(page, label, oracle(label, MIXED).length);
    const first = token(page, 'GPT-2', 0);
    await expect(first).not.toContainText(String(oracle('GPT-2', MIXED)[0]));
    await page.getByRole('button', { name: 'Token ids' }).click();
    await expect(first).toContainText(String(oracle('GPT-2', MIXED)[0]));
    for (const label of Object.keys(ORACLES)) {
      expect(await shownIds(page, label)).toEqual(oracle(label, MIXED));
    }
    expect(await shownIds(page, 'UTF-8 bytes')).toEqual([...new TextEncoder().encode(MIXED)]);
  });

  await page.getByRole('button', { name: 'Token ids' }).click();

  await test.step('every key is followed, and the last text wins', async () => {
    await field(page).fill('');
    await expectTokens(page, 'cl100k', 0);
    await field(page).pressSequentially('The quick brown fox', { delay: 5 });
    await expectTokens(page, 'UTF-8 bytes', 19);
    await expectTokens(page, 'cl100k', 4);
    await expect(column(page, 'cl100k').getByRole('option')).toHaveText(['The', ' quick', ' brown', ' fox']);
  });

  await test.step('the bytes of a split character are shown in hex', async () => {
    await field(page).fill('x🍓');
    await expectTokens(page, 'UTF-8 bytes', 5);
    await expect(column(page, 'UTF-8 bytes').getByRole('option')).toHaveText(['x', 'F0', '9F', '8D', '93']);
    await expect(column(page, 'GPT-2')).not.toContainText('\ufffd');
    await expect(column(page, 'GPT-2').getByRole('option', { name: /^bytes? F0/ })).toBeVisible();
  });

  await test.step('NULs, controls and lone surrogates are shown as what they are', async () => {
    // No keyboard types these; a script or another program's drop does.
    await field(page).evaluate((element: HTMLTextAreaElement) => {
      const set = Object.getOwnPropertyDescriptor(HTMLTextAreaElement.prototype, 'value')?.set;
      set?.call(element, 'a\0b\u202ec\ud800d\u{e000}');
      element.dispatchEvent(new Event('input', { bubbles: true }));
    });
    await expectTokens(page, 'UTF-8 bytes', 1 + 1 + 1 + 3 + 1 + 3 + 1 + 3);
    await expect(token(page, 'UTF-8 bytes', 1)).toHaveText('‹NUL›');
    await expect(column(page, 'o200k')).toContainText('‹202E›');
    await expect(page.getByText('This text holds 1 lone surrogate.')).toBeVisible();
    expect(await figure(page, 'o200k', 'tokens')).toBe(
      String(oracle('o200k', 'a\0b\u202ec\ufffdd\u{e000}').length),
    );
  });

  await test.step('the figures are told to screen readers once, after the typing', async () => {
    await field(page).fill('one two three');
    await expect(
      page.getByRole('status').filter({ hasText: 'GPT-2: 3 tokens, 4.33 bytes per token' }),
    ).toHaveCount(1);
  });

  await test.step('whitespace becomes visible on demand', async () => {
    await field(page).fill('a b\n\tc');
    await expectTokens(page, 'UTF-8 bytes', 6);
    const texts = () => column(page, 'UTF-8 bytes').getByRole('option').allTextContents();
    expect(await texts()).toEqual(['a', ' ', 'b', ' ', '  ', 'c']);
    await page.getByRole('button', { name: 'Whitespace', exact: true }).last().click();
    expect(await texts()).toEqual(['a', '·', 'b', '↵', '→ ', 'c']);
  });

  await test.step('axe finds nothing in either theme', async () => {
    await field(page).fill(MIXED);
    await page.getByRole('button', { name: 'Token ids' }).click();
    await settled(page);
    await token(page, 'GPT-2', 3).click();
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme });
      await expectAccessible(page);
    }
  });
});

test('tokens are pointed at, pinned and walked through', async ({ page }) => {
  await openTextLab(page);
  await test.step('pointing at a token outlines the same bytes everywhere; a click pins it', async () => {
    await field(page).fill('one strawberry');
    await expectTokens(page, 'UTF-8 bytes', 14);
    const readout = page.getByRole('region', { name: 'Token', exact: true });
    await expect(readout).toContainText('Point at a token');
    await token(page, 'o200k', 1).hover();
    await expect(readout).toContainText('20 73 74 72 61 77 62 65 72 72 79');
    await expect(readout).toContainText('byte span3–14');
    await expect(readout).toContainText('UTF-8 bytes 11');
    const outlined = (label: string) =>
      column(page, label)
        .getByRole('option')
        .evaluateAll((options) =>
          options.map((option) => !getComputedStyle(option).boxShadow.includes('inset')),
        );
    expect((await outlined('UTF-8 bytes')).filter(Boolean)).toHaveLength(11);
    expect((await outlined('o200k'))[0]).toBe(false);

    await token(page, 'o200k', 1).click();
    await field(page).hover();
    await expect(readout).toContainText(String(oracle('o200k', 'one strawberry')[1]));
    await expect(token(page, 'o200k', 1)).toHaveAttribute('aria-selected', 'true');
    await page.getByRole('button', { name: 'Close the inspector' }).click();
    await expect(page.getByRole('complementary', { name: 'Inspector' })).toHaveCount(0);
    await expect(token(page, 'o200k', 1)).toHaveAttribute('aria-selected', 'false');
  });

  await test.step('tokens are walked through with the keyboard', async () => {
    await field(page).fill('a b c\nd e f');
    await expectTokens(page, 'cl100k', 7);
    await column(page, 'cl100k').getByRole('button', { name: 'Remove cl100k' }).focus();
    await page.keyboard.press('Tab');
    await expect(token(page, 'cl100k', 0)).toBeFocused();
    await page.keyboard.press('ArrowRight');
    await expect(token(page, 'cl100k', 1)).toBeFocused();
    await page.keyboard.press('ArrowDown');
    await expect(token(page, 'cl100k', 5)).toBeFocused();
    await page.keyboard.press('Home');
    await expect(token(page, 'cl100k', 4)).toBeFocused();
    await page.keyboard.press('Control+End');
    await expect(token(page, 'cl100k', 6)).toBeFocused();
    await page.keyboard.press('Enter');
    await expect(token(page, 'cl100k', 6)).toHaveAttribute('aria-selected', 'true');
    await page.keyboard.press('Escape');
    await expect(token(page, 'cl100k', 6)).toHaveAttribute('aria-selected', 'false');
    // The next stop is another column, not another token.
    await page.keyboard.press('Tab');
    await expect(column(page, 'cl100k').getByRole('option').last()).not.toBeFocused();
  });

  await test.step('a resting pointer does not take the reading from the keyboard', async () => {
    await field(page).focus();
    await page.keyboard.press('ControlOrMeta+a');
    await pasteRepeated(page, 'one two three four\n', 30_000);
    await settled(page);
    await token(page, 'cl100k', 3).click();
    // Scrolls far, which brings other tokens under the pointer.
    await page.keyboard.press('Control+End');
    const last = column(page, 'cl100k').getByRole('option').last();
    await expect(last).toBeFocused();
    await expect(page.getByRole('region', { name: 'Token', exact: true })).toContainText('0A');
  });
});

test('samples fit and lose nothing; columns are moved, removed and added', async ({ page }) => {
  await openTextLab(page);
  await test.step('a sample loses nothing: the text of the visitor can be restored', async () => {
    await field(page).fill('my own words');
    await page.getByRole('button', { name: 'Numbers' }).click();
    await expect(field(page)).not.toHaveValue('my own words');
    await page.getByRole('button', { name: 'Your text' }).click();
    await expect(field(page)).toHaveValue('my own words');
  });

  await test.step('no sample overflows its column', async () => {
    await page.getByRole('button', { name: 'Token ids' }).click();
    const samples = page.getByRole('group', { name: 'Sample texts' }).getByRole('button');
    for (const sample of await samples.all()) {
      await sample.click();
      await settled(page);
      const overflow = await page.getByRole('listbox').evaluateAll((lists) =>
        lists.map((list) => {
          const right = list.getBoundingClientRect().right;
          const ends = [...list.querySelectorAll('[data-token]')].map(
            (one) => one.getBoundingClientRect().right,
          );
          return Math.max(0, ...ends) - right;
        }),
      );
      expect(Math.max(...overflow), (await sample.textContent()) ?? '').toBeLessThanOrEqual(0);
    }
  });

  await test.step('columns are moved, removed and added', async () => {
    const names = () => page.getByRole('heading', { level: 2 }).allTextContents();
    await page.getByRole('button', { name: 'Move cl100k left' }).click();
    expect(await names()).toEqual(['cl100k', 'GPT-2', 'o200k', 'UTF-8 bytes']);
    await page.getByRole('button', { name: 'Remove GPT-2' }).click();
    expect(await names()).toEqual(['cl100k', 'o200k', 'UTF-8 bytes']);
    await addMenu(page).add('GPT-2');
    expect(await names()).toEqual(['cl100k', 'o200k', 'UTF-8 bytes', 'GPT-2']);
    await settled(page);
    for (const label of [...LABELS]) await page.getByRole('button', { name: `Remove ${label}` }).click();
    await expect(page.getByText('No tokenizer is chosen.')).toBeVisible();
  });
});

test.describe('on a phone', () => {
  test.use({ viewport: { width: 390, height: 844 }, hasTouch: true });

  test('two columns stand above each other, the others behind tabs, with every count in sight', async ({
    page,
  }) => {
    await openTextLab(page);
    const tabs = page.getByRole('tablist', { name: 'Tokenizers' }).getByRole('tab');
    await expect(tabs).toHaveCount(4);
    await expect(tabs.nth(3)).toContainText(/UTF-8 bytes\d+/);
    for (const label of ['GPT-2', 'cl100k']) {
      await expect(column(page, label).getByRole('listbox')).toBeVisible();
    }
    // The latest choice takes the place of the one before the last.
    await tabs.nth(3).tap();
    await expect(column(page, 'UTF-8 bytes').getByRole('listbox')).toBeVisible();
    await expect(column(page, 'GPT-2').getByRole('listbox')).toBeVisible();
    await expect(column(page, 'cl100k')).toHaveCount(0);
    await page.keyboard.press('ArrowLeft');
    await expect(column(page, 'o200k')).toBeVisible();
    await expect(column(page, 'UTF-8 bytes')).toBeVisible();
    await expect(column(page, 'GPT-2')).toHaveCount(0);
    await expect(tabs.nth(2)).toBeFocused();
    await token(page, 'o200k', 2).tap();
    await expect(page.getByRole('complementary', { name: 'Inspector' })).toContainText('How it was formed');
    await expect(token(page, 'o200k', 2)).toBeInViewport();
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
    await expectAccessible(page);
  });
});
