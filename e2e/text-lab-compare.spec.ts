import type { Locator, Page } from '@playwright/test';
import { get_encoding, type TiktokenEncoding } from 'tiktoken';
import { expectAccessible } from './support/accessibility';
import { expect, test } from './support/fixtures';
import { longestTaskTime } from './support/main-thread';
import { column, expectTokens, field, openTextLab, pasteRepeated, settled, token } from './support/text-lab';
import { addMenu } from './support/tokenizer-files';

const ORACLES: Readonly<Record<string, TiktokenEncoding>> = {
  'GPT-2': 'gpt2',
  cl100k: 'cl100k_base',
  o200k: 'o200k_base',
};
const TEXT = 'Strawberry and STRAWBERRY, 1234567 tokens: naïve “quotes” สวัสดี.';

/** Where OpenAI's own tokenizer ends each token of a text, in bytes. */
function endsOf(label: string, text: string): number[] {
  const encoding = get_encoding(ORACLES[label]!);
  let at = 0;
  const ends = [...encoding.encode_ordinary(text)].map((id) => {
    at += encoding.decode_single_token_bytes(id).length;
    return at;
  });
  encoding.free();
  return ends;
}

const strip = (page: Page): Locator => page.getByRole('region', { name: 'Comparison' });
const rows = (page: Page): Locator => strip(page).getByRole('listitem');
const bar = (page: Page, label: string): Locator =>
  rows(page)
    .getByRole('button')
    .filter({ has: page.getByText(label, { exact: true }) });

/** A difference as the page writes it. */
function against(value: number, reference: number): string {
  const percent = (value / reference - 1) * 100;
  const size = Math.abs(percent);
  return `${percent > 0 ? '+' : '−'}${size.toFixed(size < 0.995 ? 1 : 0)} %`;
}

test('the comparison says which tokenizer is the cheapest, and what the others cost more', async ({
  page,
}) => {
  await openTextLab(page);
  await field(page).fill(TEXT);
  const bytes = Buffer.byteLength(TEXT);
  const counts: Readonly<Record<string, number>> = {
    ...Object.fromEntries(Object.keys(ORACLES).map((label) => [label, endsOf(label, TEXT).length])),
    'UTF-8 bytes': bytes,
  };
  const sorted = Object.entries(counts).sort((a, b) => a[1] - b[1]);
  const [best, least] = sorted[0]!;
  await expectTokens(page, 'UTF-8 bytes', bytes);
  await expect(strip(page)).toContainText(`${best} needs the fewest tokens.`);
  await expect(rows(page)).toHaveText(sorted.map(([label, count]) => new RegExp(`^${label}\\s*${count}\\s`)));
  await expect(bar(page, best)).toContainText('fewest');
  for (const [label, count] of sorted.slice(1))
    await expect(bar(page, label)).toContainText(against(count, least));
  expect((await strip(page).boundingBox())!.height).toBeLessThanOrEqual(120);

  // Another reference, and back.
  await bar(page, 'GPT-2').click();
  await expect(bar(page, 'GPT-2')).toHaveText(/reference/);
  await expect(bar(page, best)).toContainText(against(least, counts['GPT-2']!));
  await bar(page, 'GPT-2').click();
  await expect(bar(page, 'GPT-2')).toContainText(against(counts['GPT-2']!, least));

  // Words, as the engine of this test divides them.
  const words = [...new Intl.Segmenter('en', { granularity: 'word' }).segment(TEXT)].filter(
    (one) => one.isWordLike,
  );
  await strip(page).getByLabel('Compare by').selectOption('tokens per word');
  await expect(bar(page, 'o200k')).toContainText((counts['o200k']! / words.length).toFixed(2));
  await strip(page).getByLabel('Compare by').selectOption('bytes per token');
  await expect(bar(page, best)).toContainText(/most$/);

  // No price is made up.
  await strip(page).getByLabel('Compare by').selectOption('price');
  await expect(strip(page)).toContainText('Set prices');
  await expect(strip(page).getByPlaceholder('set a price')).toHaveCount(sorted.length);
  const price = (label: string) => strip(page).getByRole('textbox', { name: `Price of ${label} in` });
  await price('GPT-2').fill('a lot');
  await expect(strip(page).getByRole('alert')).toHaveText('A number, such as 2.50');
  await price('GPT-2').fill('4');
  await price('GPT-2').press('Enter');
  await expect(price('GPT-2')).toBeFocused();
  await price('UTF-8 bytes').fill('$0,5');
  await price('UTF-8 bytes').blur();
  const [dear, cheap] = [(counts['GPT-2']! * 4) / 1e6, (bytes * 0.5) / 1e6];
  await expect(rows(page).nth(0)).toContainText(`$${cheap.toPrecision(3)}`);
  await expect(rows(page).nth(0)).toContainText('cheapest');
  await expect(rows(page).nth(1)).toContainText(against(dear, cheap));
  await expectAccessible(page);

  // All of it is in the link.
  await bar(page, 'GPT-2').click();
  await page.getByRole('button', { name: 'Differences' }).click();
  await expect(async () => {
    const other = await page.context().newPage();
    await other.goto(page.url());
    await expect(bar(other, 'GPT-2')).toHaveText(/reference/, { timeout: 10_000 });
    await expect(other.getByRole('button', { name: 'Differences' })).toHaveAttribute('aria-pressed', 'true');
    await other.close();
  }).toPass();

  await field(page).fill('');
  await expect(strip(page)).toContainText('No text yet');
});

test('differences are marked, and any two tokenizers compared; one that loses text has no place', async ({
  page,
}) => {
  await openTextLab(page);
  await test.step('colour by agreement marks what the columns cut differently', async () => {
    await field(page).fill(TEXT);
    await expectTokens(page, 'UTF-8 bytes', Buffer.byteLength(TEXT));
    await page.getByRole('button', { name: 'Differences' }).click();
    const spansOf = (label: string) =>
      endsOf(label, TEXT).map((end, i, ends) => `${ends[i - 1] ?? 0}-${end}`);
    const all = Object.keys(ORACLES).map(spansOf);
    for (const label of Object.keys(ORACLES)) {
      const own = spansOf(label);
      const differing = own.flatMap((span, i) => (all.every((spans) => spans.includes(span)) ? [] : [i]));
      const names = await column(page, label)
        .getByRole('option')
        .evaluateAll((options) => options.map((option) => option.getAttribute('aria-label') ?? ''));
      const marked = names.flatMap((name, i) => (name.endsWith(', cut otherwise elsewhere') ? [i] : []));
      expect(marked, label).toEqual(differing);
      expect(differing.length).toBeGreaterThan(0);
    }
    await expect(page.getByText('UTF-8 bytes left out: cut everywhere')).toBeVisible();
    // The same bytes light up in every column all the same.
    await token(page, 'o200k', 0).hover();
    const outlined = await column(page, 'UTF-8 bytes')
      .getByRole('option')
      .evaluateAll(
        (options) => options.filter((one) => !getComputedStyle(one).boxShadow.includes('inset')).length,
      );
    expect(outlined).toBe(endsOf('o200k', TEXT)[0]);
    await expectAccessible(page);
  });

  await test.step('any two tokenizers are compared, place by place', async () => {
    await field(page).fill(TEXT);
    await page.getByRole('tab', { name: 'Compare' }).click();
    const inner = (label: string) => new Set(endsOf(label, TEXT).slice(0, -1));
    const [a, b] = [inner('GPT-2'), inner('o200k')];
    const common = [...a].filter((end) => b.has(end));
    const f1 = (2 * common.length) / (a.size + b.size);
    await page
      .getByRole('button', { name: `${(Math.floor(f1 * 100) / 100).toFixed(2)}, GPT-2 and o200k` })
      .click();

    // Between two shared boundaries: a difference where either has more.
    const aligned = [0, ...common, Buffer.byteLength(TEXT)];
    const places = aligned.slice(1).flatMap((end, i) => {
      const start = aligned[i]!;
      const isIn = (place: number) => place > start && place < end;
      return [...a, ...b].some(isIn) ? [start] : [];
    });
    const differences = page.getByRole('region', { name: 'Differences' });
    await expect(differences).toContainText(`${places.length} places differ`);
    const options = differences.getByRole('listbox').getByRole('option');
    await expect(options).toHaveCount(places.length);
    await differences.getByRole('button', { name: 'Next difference' }).click();
    await expect(options.first()).toHaveAttribute('aria-selected', 'true');
    await differences.getByRole('button', { name: 'Previous difference' }).click();
    await expect(options.last()).toHaveAttribute('aria-selected', 'true');
    await expect(differences).toContainText(`${places.length} of ${places.length}`);
    await options.last().focus();
    await page.keyboard.press('Home');
    await expect(options.first()).toBeFocused();
    await page.keyboard.press('ArrowRight');
    await expect(options.nth(1)).toBeFocused();

    // A click pins the token, in the read-out and in the columns.
    const first = options.first().locator('[data-line="0"]').first();
    await first.click();
    const readout = page.getByRole('region', { name: 'Token', exact: true });
    await expect(readout).toContainText('GPT-2');
    await expect(readout).toContainText(`${places[0]}–`);
    await expectAccessible(page);
    await page.getByRole('tab', { name: 'Tokens' }).click();
    await expect(column(page, 'GPT-2').locator('[role="option"][aria-selected="true"]')).toHaveCount(1);
    await page.getByRole('tab', { name: 'Compare' }).click();

    // The pair is in the link; a tokenizer that is gone leaves its place to another.
    await expect(async () => {
      const other = await page.context().newPage();
      await other.goto(page.url());
      await expect(other.getByLabel('Tokenizer of the lower line')).toHaveValue('o200k', { timeout: 10_000 });
      await other.close();
    }).toPass();
    await differences.getByLabel('Tokenizer of the upper line').selectOption('o200k');
    await expect(differences.getByLabel('Tokenizer of the lower line')).toHaveValue('gpt2');
  });

  await test.step('a tokenizer that loses text has no place in the comparison', async () => {
    await page.getByRole('tab', { name: 'Tokens' }).click();
    await addMenu(page).add('BERT uncased');
    await field(page).fill('สวัสดีชาวโลก and more');
    await settled(page);
    await expect(rows(page).last()).toContainText(/^BERT uncased.*\[UNK\] \d+ of \d+, \d+ bytes lost/);
    await expect(rows(page).last()).not.toContainText('%');
    await expect(rows(page).last().getByRole('button')).toHaveCount(0);
  });
});

test('a megabyte in six columns is compared without a long task @timed', async ({ page }) => {
  await openTextLab(page);
  for (const label of ['Llama 3', 'p50k']) await addMenu(page).add(label);
  await field(page).focus();
  await page.keyboard.press('ControlOrMeta+a');
  await pasteRepeated(page, 'the quick brown fox, “naïve” 1234 tokens and 東京 pass by.\n', 1_000_000);
  await settled(page);
  const coloured = await longestTaskTime(page, async () => {
    await page.getByRole('button', { name: 'Differences' }).click();
    // By attribute: to compute the names of all tokens takes Playwright longer than the page needs.
    await expect(page.locator('[data-token][aria-label$="elsewhere"]').first()).toBeVisible();
  });
  const compared = await longestTaskTime(page, async () => {
    await page.getByRole('tab', { name: 'Compare' }).click();
    await expect(page.getByRole('region', { name: 'Differences' })).toContainText(/[\d,]{6,} places differ/);
  });
  const stepped = await longestTaskTime(page, async () => {
    await page.getByRole('button', { name: 'Previous difference' }).click();
    await expect(page.getByRole('listbox').getByRole('option', { selected: true })).toBeVisible();
  });
  expect(Math.max(coloured, compared, stepped), JSON.stringify({ coloured, compared, stepped })).toBeLessThan(
    50,
  );
});

test.describe('on a phone', () => {
  test.use({ viewport: { width: 390, height: 844 }, hasTouch: true });

  test('the comparison and the pane fit', async ({ page }) => {
    await openTextLab(page);
    for (const label of ['Llama 3', 'p50k']) await addMenu(page).add(label);
    await expect(rows(page)).toHaveCount(4);
    await strip(page).getByRole('button', { name: 'Show all 6' }).tap();
    await expect(rows(page)).toHaveCount(6);
    await page.getByRole('tab', { name: 'Compare' }).tap();
    await page.getByRole('button', { name: /p50k and Llama 3/ }).tap();
    await expect(page.getByLabel('Tokenizer of the upper line')).toHaveValue('p50k');
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
    await expectAccessible(page);
  });
});
