import { readFile } from 'node:fs/promises';
import type { Page } from '@playwright/test';
import { expectAccessible } from './support/accessibility';
import { dropFiles } from './support/files';
import { expect, test } from './support/fixtures';
import { ImageLabPage } from './support/image-lab';
import { expectTokens, field, linkWith, openTextLab, settled } from './support/text-lab';

const bar = (page: Page) => page.getByRole('region', { name: /^Lesson: / });
const tab = (page: Page, name: string) => bar(page).getByRole('tab', { name });
const selected = (page: Page) => bar(page).getByRole('tab', { selected: true });

test('the first lesson: a newcomer finds it, turns its pages, and loses nothing by it', async ({ page }) => {
  await page.goto('/#about');
  await page.getByRole('link', { name: 'the first lesson' }).click();
  await expect(selected(page)).toHaveText(/Five languages/);
  await expect(bar(page)).toContainText('Its English takes 13 tokens everywhere');
  await settled(page);
  await expectTokens(page, 'GPT-2', 352);
  await expectTokens(page, 'o200k', 105);
  await expectAccessible(page);

  await test.step('what is changed in a tab is still there after another', async () => {
    await field(page).fill('hello world');
    await expectTokens(page, 'o200k', 2);
    await page.keyboard.press('Alt+PageDown'); // while the field has the focus
    await expect(selected(page)).toHaveText(/Digits/);
    await expect(field(page)).toHaveValue(/^12 \+ 345/);
    await selected(page).focus();
    await page.keyboard.press('ArrowLeft');
    await expect(selected(page)).toHaveText(/Five languages/);
    await expect(selected(page)).toBeFocused();
    await expect(field(page)).toHaveValue('hello world');
  });

  await test.step('a link shared from inside is that experiment alone', async () => {
    const link = await linkWith(page, { text: 'hello world', tokenizers: ['gpt2', 'o200k', 'gemma-2'] });
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    await page.getByRole('button', { name: 'Copy link' }).click();
    await expect(page.getByRole('dialog', { name: 'Copy link' })).toContainText('Link copied');
    expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(link);
    await page.keyboard.press('Escape');
    const other = await page.context().newPage();
    await other.goto(link);
    await expect(field(other)).toHaveValue('hello world');
    await expect(bar(other)).toBeHidden();
    await other.close();
  });

  await test.step('Back leads to the tab before; the visitor’s own labs are as they were', async () => {
    await page.goBack();
    await expect(selected(page)).toHaveText(/Digits/);
    await page.getByRole('link', { name: 'Text', exact: true }).click();
    await expect(bar(page)).toContainText('This is your own lab, outside of the lesson.');
    await expect(bar(page).getByRole('tab', { selected: true })).toHaveCount(0);
    await expect(field(page)).toHaveValue(/^Tokenizers cut the same text/);
  });

  await test.step('a reload keeps the lesson, and what was changed in it', async () => {
    await tab(page, 'Digits').click();
    await expect(field(page)).toHaveValue(/^12 \+ 345/);
    await page.reload();
    await expect(selected(page)).toHaveText(/Digits/);
    await tab(page, 'Five languages').click();
    await expect(field(page)).toHaveValue('hello world');
  });

  await test.step('closing it leaves the visitor’s own lab', async () => {
    await bar(page).getByRole('button', { name: 'Close lesson' }).click();
    await expect(bar(page)).toBeHidden();
    await page.reload();
    await settled(page);
    await expect(bar(page)).toBeHidden();
  });
});

test('a tab of the image lab keeps its picture and k while another is on screen', async ({ page }) => {
  const lab = new ImageLabPage(page);
  await page.goto('/#lesson=lessons/first.tokenoscope');
  await tab(page, 'From 1 to 256').click();
  await lab.expectReady('Mountain lake');
  await expect(lab.reconstruction).toHaveAttribute('data-k', '8');
  await lab.field.fill('3');
  await lab.sample('Cat').click();
  await lab.expectReady('Tabby cat');
  await bar(page).getByRole('button', { name: 'Next experiment' }).click();
  await expect(
    page.getByRole('img', { name: 'Reconstruction: Hot-air balloon, from 16 of 32 tokens' }),
  ).toBeVisible();
  await expect(page.getByRole('button', { name: 'Model: Fixed 32' })).toBeVisible();
  await bar(page).getByRole('button', { name: 'Previous experiment' }).click();
  await lab.expectReady('Tabby cat');
  await expect(lab.field).toHaveValue('3');
  await page.setViewportSize({ width: 390, height: 844 });
  await expectAccessible(page);
  expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
});

test('a lesson is made out of experiments, saved, and opened by drop and by file', async ({ page }) => {
  const addToLesson = async () => {
    await page.getByRole('button', { name: 'Copy link' }).click();
    await page.getByRole('button', { name: 'Add to lesson' }).click();
  };
  await openTextLab(page);
  await field(page).fill('one fish');
  await addToLesson();
  const title = bar(page).getByRole('textbox', { name: 'Tab' });
  await expect(title).toBeFocused();
  await title.fill('Fish');
  await bar(page).getByRole('textbox', { name: 'Sentence' }).fill('Count the fish.');
  await bar(page).getByRole('textbox', { name: 'Lesson' }).fill('My fishes');
  await field(page).fill('two fish');
  await addToLesson();
  await expect(bar(page).getByRole('tab')).toHaveCount(2);
  await expect(field(page)).toHaveValue('two fish');
  await expect(title).toHaveValue('Text lab');
  await title.fill('More fish');
  await bar(page).getByRole('button', { name: 'Move left' }).click();
  await expect(bar(page).getByRole('tab').first()).toHaveText(/More fish/);
  await expectAccessible(page);

  await bar(page).getByRole('button', { name: 'Close lesson' }).click();
  await expect(bar(page)).toContainText('This lesson has not been saved.');
  const download = page.waitForEvent('download');
  await bar(page).getByRole('status').getByRole('button', { name: 'Save lesson' }).click();
  const file = await download;
  expect(file.suggestedFilename()).toBe('my-fishes.tokenoscope');
  const bytes = await readFile(await file.path());
  await bar(page).getByRole('button', { name: 'Close lesson' }).click();
  await expect(bar(page)).toBeHidden();

  await dropFiles(page, 'main', { name: 'my-fishes (1).tokenoscope', type: '', bytes });
  await expect(selected(page)).toHaveText(/More fish/);
  await expect(field(page)).toHaveValue('two fish');
  await tab(page, '2 Fish').click();
  await expect(bar(page)).toContainText('Count the fish.');
  await expect(field(page)).toHaveValue('one fish');

  await page.goto('/#about');
  await bar(page).getByRole('button', { name: 'Close lesson' }).click();
  const chooser = page.waitForEvent('filechooser');
  await page.getByRole('button', { name: 'Open a lesson or an experiment…' }).click();
  await (await chooser).setFiles({ name: 'my-fishes.tokenoscope', mimeType: '', buffer: bytes });
  await expect(selected(page)).toHaveText(/More fish/);
});

test.describe('what cannot be opened', () => {
  // What is answered here must not come out of a service worker.
  test.use({ serviceWorkers: 'block' });

  test('is named, and the page stays as it is', async ({ page, consoleWatch }) => {
    consoleWatch.allow(/404/);
    const alert = page.getByRole('alert');
    await page.goto('/#lesson=lessons/none.tokenoscope');
    await expect(alert).toContainText(
      'There is no lesson at /lessons/none.tokenoscope (the server answered 404).',
    );
    await page.goto('/#lesson=https://elsewhere.example/x.tokenoscope');
    await expect(alert).toContainText('This lesson is on elsewhere.example');
    await openTextLab(page);
    await field(page).fill('still here');
    const bytes = Buffer.from('{"lesson": 1, "title": "T", "experiments": [{"title": "E"}]}');
    await dropFiles(page, 'main', { name: 'bad.tokenoscope', type: '', bytes });
    await expect(alert).toContainText(
      'This lesson cannot be opened: experiment 1 has neither “link” nor “file”.',
    );
    await expect(field(page)).toHaveValue('still here');
  });

  test('within a lesson is left out, and the rest opens', async ({ page }) => {
    const first = JSON.parse(await readFile('public/lessons/first.tokenoscope', 'utf8'));
    first.experiments[1].link = '#9.abcd';
    await page.route('**/lessons/first.tokenoscope', (route) =>
      route.fulfill({ body: JSON.stringify(first) }),
    );
    await page.goto('/#lesson=lessons/first.tokenoscope');
    await expect(bar(page)).toContainText(
      'Experiment 2, “Digits”, was left out. This link was made by a newer',
    );
    await expect(bar(page).getByRole('tab')).toHaveCount(5);
    await expect(selected(page)).toHaveText(/Five languages/);
  });
});
