import { readFile } from 'node:fs/promises';
import type { Locator, Page } from '@playwright/test';
import { get_encoding } from 'tiktoken';
import { expectAccessible } from './support/accessibility';
import { dropFiles } from './support/files';
import { expect, test } from './support/fixtures';
import { column, expectTokens, field, openTextLab, settled, token } from './support/text-lab';
import { addMenu } from './support/tokenizer-files';

const TEXT = 'one strawberry, two strawberry';
const UNIGRAM = 'src/tokenizers/testing/fixtures/sentencepiece/unigram.model';

const inspectorOf = (page: Page) => page.getByRole('complementary', { name: 'Inspector' });
const part = (inspector: Locator, name: string) =>
  inspector.locator('section', { has: inspector.page().getByRole('heading', { name, level: 3 }) });

test('a pinned token is explained beside the columns, found again, and what was changed is said', async ({
  page,
}) => {
  await openTextLab(page);
  await test.step('a pinned token is explained beside the columns', async () => {
    await field(page).fill(TEXT);
    await expectTokens(page, 'UTF-8 bytes', TEXT.length);
    await token(page, 'GPT-2', 1).click();
    const inspector = inspectorOf(page);
    const oracle = get_encoding('gpt2');

    await test.step('what it is, and the tree of its merges', async () => {
      await expect(inspector).toContainText(`Id${oracle.encode_ordinary(' strawberry')[0]}`);
      await expect(inspector).toContainText('Bytes20 73 74 72 61 77 62 65 72 72 79');
      const tree = inspector.getByRole('img', { name: '·strawberry, made of 11 symbols by 10 merges' });
      await expect(tree).toBeVisible();
      await inspector.getByText('The merges in order').click();
      const merges = inspector.getByRole('listitem');
      await expect(merges).toHaveCount(10);
      await expect(merges.last()).toContainText('·straw + berry → ·strawberry');
      const box = await inspector.boundingBox();
      const columns = await column(page, 'GPT-2').boundingBox();
      expect(box!.x).toBeGreaterThan(columns!.x + columns!.width);
    });

    await test.step('its text written otherwise has the ids of tiktoken', async () => {
      const rows = part(inspector, 'Written otherwise').getByRole('row');
      await expect(rows).toHaveCount(7);
      for (const text of ['strawberry', ' Strawberry', 'STRAWBERRY']) {
        const row = rows.filter({
          has: page.getByRole('rowheader', { name: text.replace(' ', '·'), exact: true }),
        });
        await expect(row.getByRole('cell').last()).toHaveText(oracle.encode_ordinary(text).join(' '));
      }
    });

    await test.step('its next occurrence is one click away', async () => {
      const here = part(inspector, 'In this text');
      await expect(here).toContainText('2 times; this is number 1.');
      await expect(here.getByRole('button', { name: 'Previous' })).toBeDisabled();
      await here.getByRole('button', { name: 'Next' }).click();
      await expect(here).toContainText('this is number 2.');
      await expect(token(page, 'GPT-2', 4)).toHaveAttribute('aria-selected', 'true');
      await expectAccessible(page);
    });

    await test.step('Escape closes it and gives the focus back', async () => {
      await page.keyboard.press('Escape');
      await expect(inspector).toHaveCount(0);
      await expect(token(page, 'GPT-2', 4)).toBeFocused();
    });

    await test.step('Enter opens it, and the focus stays where it was', async () => {
      await page.keyboard.press('Enter');
      await expect(inspector).toContainText('How it was formed');
      await expect(token(page, 'GPT-2', 4)).toBeFocused();
    });
    oracle.free();
  });

  await test.step('an occurrence far away is scrolled to', async () => {
    await field(page).fill(`an apple ${'pear plum\n'.repeat(400)} an apple`);
    await settled(page);
    await token(page, 'cl100k', 1).click();
    await part(inspectorOf(page), 'In this text').getByRole('button', { name: 'Next' }).click();
    await expect(column(page, 'cl100k').locator('[aria-selected="true"]')).toBeInViewport();
  });

  await test.step('what a tokenizer changed, added or lost is marked and said', async () => {
    for (const label of ['GPT-2', 'cl100k', 'UTF-8 bytes']) {
      await page.getByRole('button', { name: `Remove ${label}` }).click();
    }
    await addMenu(page).add('Llama 2');
    await addMenu(page).add('BERT uncased');
    const name = 'unigram.model';
    await dropFiles(page, 'main h1', { name, type: '', bytes: new Uint8Array(await readFile(UNIGRAM)) });
    await field(page).fill('Some Héllo ﬁnding unaffable');
    await settled(page);
    const inspector = inspectorOf(page);
    const dotted = (label: string) =>
      column(page, label)
        .getByRole('option')
        .evaluateAll((options) =>
          options.flatMap((option) =>
            getComputedStyle(option).textDecorationStyle === 'dotted' ? [option.textContent] : [],
          ),
        );

    await test.step('BERT reads lower case without accents', async () => {
      expect(await dotted('BERT uncased')).toEqual(['Some', 'Héllo']);
      expect(await dotted('o200k')).toEqual([]);
      await expect(column(page, 'BERT uncased')).toContainText('dotted line: read as other characters');
      await token(page, 'BERT uncased', 1).click();
      await expect(inspector).toContainText('The tokenizer read “Héllo” as “hello”.');
      await expect(part(inspector, 'How it was formed')).toContainText('WordPiece reads');
    });

    await test.step('its greedy steps go through the word', async () => {
      await column(page, 'BERT uncased').getByRole('option').last().click();
      const steps = part(inspector, 'How it was formed').getByRole('listitem');
      await expect(steps.first()).toContainText('unaffable');
      await expect(steps.first()).toContainText('→ una');
      expect(await steps.count()).toBeGreaterThan(1);
    });

    await test.step('Unigram weighs several ways', async () => {
      expect((await dotted(name)).join()).toContain('ﬁ');
      await column(page, name).getByRole('option', { name: /ﬁ/ }).first().click();
      await expect(inspector).toContainText(/The tokenizer read “.*ﬁ.*” as “.*fi.*”\./);
      const paths = part(inspector, 'How it was formed').getByRole('listitem');
      await expect(paths.first()).toContainText(/−\d+\.\d\dused/);
      await expect(paths.nth(1)).toContainText('less likely');
    });

    await test.step('the space that Llama 2 puts in front has an edge, no width, and no character', async () => {
      await expect(token(page, 'Llama 2', 0)).toHaveText('Some');
      await expect(column(page, 'Llama 2')).toContainText('dashed edge: read with a space in front');
      await token(page, 'Llama 2', 0).click();
      await expect(inspector).toContainText('▁Some');
      await expect(inspector).toContainText('put a space in front, which is not in your text');
      await expectAccessible(page);
    });
  });
});

test('scripts are drawn: letters stay joined, and a face is fetched only for text in it', async ({
  page,
}) => {
  const faces: string[] = [];
  page.on('request', (request) => {
    if (request.url().includes('noto-sans')) faces.push(request.url());
  });
  await page.goto('/#about');
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  await page.evaluate(() => document.fonts.ready);
  expect(faces).toEqual([]);
  await openTextLab(page);
  await field(page).fill('مرحبا بالعالم');
  await settled(page);
  const joiners = (label: string) =>
    column(page, label)
      .getByRole('option')
      .evaluateAll((options) =>
        options.map((option) => {
          const content = (where: string) => getComputedStyle(option, where).content.includes('\u200d');
          return { text: option.textContent ?? '', before: content('::before'), after: content('::after') };
        }),
      );
  const tokens = await joiners('cl100k');
  const joined = tokens.filter(({ after }) => after);
  expect(joined.length).toBeGreaterThan(0);
  for (const [i, { text, after }] of tokens.entries()) {
    expect(tokens[i + 1]?.before ?? false).toBe(after);
    // Alef and reh never join the next letter; spaces and bytes have nothing to join.
    if (/[ار ]$|[0-9A-F]{2}$/.test(text)) expect(after, text).toBe(false);
    // A joiner is neither text nor copied.
    expect(text).not.toContain('\u200d');
  }
  await field(page).fill('नमस्ते');
  await settled(page);
  await expect
    .poll(() => page.evaluate(() => document.fonts.check('13px "Tokenoscope Devanagari"', 'नमस्ते')))
    .toBe(true);
});

test.describe('on a narrow window', () => {
  test.use({ viewport: { width: 390, height: 844 }, hasTouch: true });

  test('the inspector is a sheet at the foot that leaves the token in sight', async ({ page }) => {
    await openTextLab(page);
    await token(page, 'GPT-2', 20).tap();
    const inspector = inspectorOf(page);
    await expect(inspector).toContainText('How it was formed');
    const sheet = await inspector.boundingBox();
    expect(sheet!.y + sheet!.height).toBeGreaterThan(843);
    expect(sheet!.height).toBeLessThanOrEqual(423);
    await expect
      .poll(async () => {
        const box = await token(page, 'GPT-2', 20).boundingBox();
        return box!.y + box!.height < (await inspector.boundingBox())!.y;
      })
      .toBe(true);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
    await expectAccessible(page);
    await inspector.getByRole('button', { name: 'Close the inspector' }).tap();
    await expect(inspector).toHaveCount(0);
  });
});
