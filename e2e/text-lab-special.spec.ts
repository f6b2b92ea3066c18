import { mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { get_encoding } from 'tiktoken';
import { expectAccessible } from './support/accessibility';
import { expect, test } from './support/fixtures';
import { column, expectTokens, field, openTextLab, settled } from './support/text-lab';
import { addMenu } from './support/tokenizer-files';

const TEXT = 'Prompts end with <|endoftext|> here';

test('special tokens, chat templates, parity and fingerprints', async ({ page }) => {
  const encoding = get_encoding('o200k_base');
  const ids = Array.from(encoding.encode(TEXT, 'all'));
  const asText = encoding.encode(TEXT, [], []).length;
  encoding.free();
  await openTextLab(page);

  await test.step('a column says what the other reading of special tokens counts, and switches', async () => {
    await field(page).fill(TEXT);
    await expectTokens(page, 'o200k', asText);
    await expect(column(page, 'o200k')).toContainText(
      `+${asText - ids.length}: <|endoftext|> is read as text; ${ids.length} tokens as a special token`,
    );
    await column(page, 'o200k').getByRole('button', { name: 'Parse' }).click();
    await expectTokens(page, 'o200k', ids.length);
    await page.goBack();
    await expectTokens(page, 'o200k', asText);
    await page.goForward();
    await expectTokens(page, 'o200k', ids.length);
  });

  await test.step('a text can be refused for them, with both ways out', async () => {
    const menu = page.getByRole('dialog', { name: 'Special tokens' });
    await page.getByRole('button', { name: 'Special tokens' }).click();
    await menu.getByRole('radio', { name: /^Refuse/ }).check();
    await expectAccessible(page);
    await page.keyboard.press('Escape');
    const refused = column(page, 'o200k').getByRole('alert');
    await expect(refused).toContainText('special token <|endoftext|>');
    await refused.getByRole('button', { name: 'Parse' }).click();
    await expectTokens(page, 'o200k', ids.length);
  });

  await test.step('a fingerprint is green where it holds, and red where it does not', async () => {
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    await page.getByRole('button', { name: 'Copy link' }).click();
    await page.getByRole('combobox', { name: 'Tokenizer of the fingerprint' }).selectOption('o200k');
    await page.getByRole('button', { name: 'Copy fingerprint link' }).click();
    const verdict = page.getByText(`These ids are what o200k gives: ${ids.length} of ${ids.length}.`);
    await expect(verdict).toBeVisible();
    const saving = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Save fingerprint' }).click();
    const saved = JSON.parse(await readFile(await (await saving).path(), 'utf8'));
    expect(saved).toMatchObject({ tokenizer: 'o200k', text: TEXT, special: 'parse', ids });
    await page.keyboard.press('Escape');
    const link = await page.evaluate(() => navigator.clipboard.readText());
    await page.goto('about:blank');
    await page.goto(link);
    await expect(verdict).toBeVisible();

    const wrong = join(await mkdtemp(join(tmpdir(), 'fingerprint-')), 'wrong.fingerprint.json');
    await writeFile(wrong, JSON.stringify({ ...saved, ids: ids.with(1, 5) }));
    await page.locator('input[type=file]').first().setInputFiles(wrong);
    await expect(
      page.getByText(`o200k gives other ids than expected, from token 2 of ${ids.length} on.`),
    ).toBeVisible();
    await expect(page.getByText(`Expected 5, got ${ids[1]}.`)).toBeVisible();
    await page.getByRole('button', { name: 'Dismiss' }).click();
  });

  await test.step('a chat template is rendered, counted, edited, and its errors named', async () => {
    await addMenu(page).add('Qwen 2.5');
    await page.getByRole('tab', { name: 'Chat' }).click();
    const qwen = page.getByRole('region', { name: 'Qwen 2.5' });
    await expect(qwen).toContainText('<|im_start|>user');
    await expect(qwen).toContainText('39 template');
    await expect(qwen).toContainText('17 messages');
    await page.getByRole('checkbox', { name: /generation prompt/ }).uncheck();
    await expect(qwen).toContainText('36 template');
    await page.getByRole('button', { name: 'Remove message 3' }).click();
    await expect(qwen).not.toContainText('Count again');
    await expectAccessible(page);
    await page.getByText('Your template', { exact: true }).click();
    await page.getByRole('checkbox', { name: 'Use it for every tokenizer' }).check();
    const template = page.getByRole('textbox', { name: 'Chat template' });
    await template.fill('{% for m in messages %}\n{{ ] }}\n{% endfor %}');
    await expect(qwen.getByRole('alert')).toContainText('Line 2:');
    // It would never end.
    await template.fill(
      '{% for a in range(99999) %}{% for b in range(99999) %}{% set x = b %}{% endfor %}{% endfor %}',
    );
    await expect(qwen.getByRole('alert')).toContainText('was stopped', { timeout: 15_000 });
    await template.fill('');
    await expect(qwen).toContainText('31 template', { timeout: 15_000 });
  });

  await test.step('two tokenizers are compared on nasty texts', async () => {
    await page.getByRole('tab', { name: 'Parity' }).click();
    await expect(page.getByText(/They differ on \d+ of 43 texts/)).toBeVisible({ timeout: 30_000 });
    await expect(page.getByRole('region', { name: 'Vocabularies' })).toContainText('only in GPT-2');
    await expectAccessible(page);
  });
  await settledAgain(page);
});

async function settledAgain(page: Parameters<typeof settled>[0]): Promise<void> {
  await page.getByRole('tab', { name: 'Tokens' }).click();
  await settled(page);
}
