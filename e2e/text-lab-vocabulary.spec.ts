import { readFileSync } from 'node:fs';
import type { Page } from '@playwright/test';
import { expectAccessible } from './support/accessibility';
import { expect, test } from './support/fixtures';
import { field, openTextLab } from './support/text-lab';

const rows = (page: Page, label = 'GPT-2') =>
  page.getByRole('listbox', { name: new RegExp(`^Tokens of ${label}`) }).getByRole('option');
const search = (page: Page) => page.getByRole('textbox', { name: 'Search the vocabulary' });
const choose = (page: Page, by: string) =>
  page.getByRole('radio', { name: by, exact: true }).check({ force: true });

/** The text of a file that a button saves. */
async function saved(page: Page, button: string): Promise<{ readonly name: string; readonly text: string }> {
  const waiting = page.waitForEvent('download');
  await page.getByRole('button', { name: button }).click();
  const file = await waiting;
  return { name: file.suggestedFilename(), text: readFileSync(await file.path(), 'utf8') };
}

test('tokens leave the page as files; a vocabulary is searched, compared and read, and a link holds the view', async ({
  page,
}) => {
  await openTextLab(page);
  await test.step('tokens leave the page as files, pictures and Python', async () => {
    await field(page).fill('Hello, 🦄 “world”');
    await page.getByRole('tab', { name: 'Export' }).click();
    const preview = (name: string) => page.getByRole('region', { name: `Preview: ${name}` });

    await expect(preview('CSV')).toContainText('GPT-2,0,15496,Hello,48656c6c6f,0,5,0,5,0,5');
    expect(await saved(page, 'Save as CSV')).toMatchObject({ name: 'tokens.csv' });
    await choose(page, 'JSON');
    await expect(preview('JSON')).toContainText('vocabularySha256', { timeout: 20_000 });
    const json = JSON.parse((await saved(page, 'Save as JSON')).text);
    expect(json.columns[0].tokens[0]).toEqual({
      id: 15496,
      text: 'Hello',
      byte: [0, 5],
      utf16: [0, 5],
      codePoint: [0, 5],
    });
    await choose(page, 'Markdown');
    await expect(preview('Markdown')).toContainText('| Tokenizer |');
    await choose(page, 'SVG');
    await expect(preview('SVG').getByRole('img')).toBeVisible();
    const { text: svg } = await saved(page, 'Save as SVG');
    expect(svg).toMatch(/^<svg xmlns/);
    expect(svg).toContain('>Hello</text>');
    expect(svg).not.toContain('oklch');
    await choose(page, 'PNG');
    await expect
      .poll(() =>
        preview('PNG')
          .getByRole('img')
          .evaluate((image: HTMLImageElement) => image.naturalWidth),
      )
      .toBeGreaterThan(800);
    await test.step('the faces of scripts travel in the drawing, and no others', async () => {
      await field(page).fill('नमस्ते');
      await choose(page, 'SVG');
      await expect
        .poll(async () => (await saved(page, 'Save as SVG')).text.match(/font-family:"[^"]+"/g), {
          timeout: 20_000,
        })
        .toEqual(['font-family:"Tokenoscope Devanagari"']);
      await field(page).fill('Hello, 🦄 “world”');
    });
    await choose(page, 'Python');
    await page.getByLabel('for', { exact: true }).selectOption({ label: 'o200k' });
    await expect(preview('Python')).toContainText('tiktoken.get_encoding("o200k_base")');
    await expect(preview('Python')).toContainText('assert ids == [13225, 11,');
    // From the top of the page, where nothing lies under its header.
    await page.evaluate(() => scrollTo(0, 0));
    await expectAccessible(page);
  });

  await test.step('a vocabulary is searched, compared and read token by token, and a link holds the view', async () => {
    await page.getByRole('tab', { name: 'Vocabulary' }).click();
    await expect(page.getByText('50,257 tokens in GPT-2')).toBeVisible();
    await expect(page.getByRole('spinbutton', { name: 'Most bytes' })).toHaveValue('128');

    await test.step('only rows in view exist, and keys reach the last one', async () => {
      expect(await rows(page).count()).toBeLessThan(80);
      await page.getByRole('listbox', { name: /^Tokens of GPT-2/ }).focus();
      await page.keyboard.press('End');
      await expect(page.getByRole('option', { name: /endoftext/ })).toBeVisible();
      await page.keyboard.press('ArrowUp');
      await expect(page.getByRole('region', { name: 'Token 50255' })).toContainText('gazed');
    });

    await test.step('text, bytes and ids find tokens; bytes are never U+FFFD', async () => {
      await search(page).fill('tokens');
      await expect(page.getByText('3 of 50,257 tokens in GPT-2')).toBeVisible();
      await choose(page, 'Bytes');
      await search(page).fill('E2 96');
      await expect(rows(page).first()).toContainText('E296');
      await expect(page.locator('main')).not.toContainText('\ufffd');
      await search(page).fill('E2 9');
      await expect(page.getByRole('alert')).toContainText('Bytes are pairs of hexadecimal digits.');
    });

    await test.step('an expression that never ends is stopped, and the next one works', async () => {
      await choose(page, 'Regex');
      await search(page).fill('^([^@]+)+@$');
      await expect(page.getByRole('alert')).toContainText('was stopped', { timeout: 15_000 });
      await search(page).fill('^ the$');
      await expect(page.getByText('1 of 50,257 tokens in GPT-2')).toBeVisible();
    });

    await test.step('a token shows its merges, its origin and what is alike', async () => {
      await rows(page).first().click();
      const card = page.getByRole('region', { name: 'Token 262' });
      await expect(card).toContainText('Its own text gives it.');
      await expect(card.getByRole('list').first().getByRole('button').first()).toHaveText('·t256');
      await card
        .getByRole('button', { name: /^·then/ })
        .first()
        .click();
      await expect(page.getByRole('region', { name: 'Token 788' })).toBeVisible();
      // From the top of the page, where nothing lies under its header.
      await page.evaluate(() => scrollTo(0, 0));
      await expectAccessible(page);
    });

    await test.step('what no text gives is listed with its proof', async () => {
      await page.getByRole('button', { name: 'Show all tokens' }).click();
      await page.getByLabel('Show', { exact: true }).selectOption({ label: 'That no text gave' });
      await expect(page.getByText('14 of 50,257 tokens in GPT-2')).toBeVisible();
      await expect(rows(page).first()).toContainText('proved');
      await rows(page).first().click();
      await expect(page.getByRole('region', { name: 'Token 124' })).toContainText(
        'UTF-8 never holds these bytes.',
      );
      await expect(rows(page).last()).toContainText('not in 640 texts');
    });

    await test.step('two vocabularies are compared, and the link opens the same view', async () => {
      await page.getByLabel('compared with').selectOption({ label: 'cl100k' });
      await page.getByLabel('Show', { exact: true }).selectOption({ label: 'Not in cl100k' });
      await expect(page.getByText(/^[\d,]+ of 50,257 tokens in GPT-2$/)).toBeVisible();
      const said = await page.getByText(/of 50,257 tokens in GPT-2$/).textContent();
      await expect.poll(() => page.url()).toMatch(/#2\./);
      await page.waitForTimeout(500);
      const other = await page.context().newPage();
      await other.goto(page.url());
      await expect(other.getByText(said!)).toBeVisible();
      await expect(other.getByRole('region', { name: 'Token 124' })).toBeVisible();
      await other.close();
    });
  });
});
