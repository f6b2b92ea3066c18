import type { Locator, Page } from '@playwright/test';
import { expectAccessible } from './support/accessibility';
import { addressAtRest } from './support/address';
import { expect, test } from './support/fixtures';
import { ImageLabPage, SMALL } from './support/image-lab';

test.use({ contextOptions: { reducedMotion: 'reduce' } });

/** Tokens of the smallest linear model: its frames take a few milliseconds. */
const COUNT = 128;

/** The shares of all change that the cells' colours stand for, by the legend's logarithmic scale. */
async function shares(lab: ImageLabPage): Promise<number[]> {
  const styles = await lab.ids
    .getByRole('option')
    .evaluateAll((cells) => cells.map((cell) => (cell as HTMLElement).style.getPropertyValue('--energy')));
  return styles.map((style) => 1e-4 * 1000 ** (Number.parseFloat(style) / 100));
}

/** The reconstruction from k tokens as it is on screen. */
async function drawn(lab: ImageLabPage, k: number): Promise<number[]> {
  await lab.field.fill(String(k));
  await expect(lab.reconstruction).toHaveAttribute('data-k', String(k));
  return (await lab.pixels(lab.reconstruction)).data;
}

function change(before: readonly number[], after: readonly number[]): number {
  return before.reduce((sum, value, i) => sum + (value - after[i]!) ** 2, 0);
}

const overlay = (page: Page): Locator => page.locator('figure canvas:not([role="img"]):not([hidden])');

test('every token shows what it does, and can be played with', async ({ page, browser }) => {
  test.slow();
  const lab = new ImageLabPage(page);
  await lab.open(SMALL);
  await expect(lab.ids.getByRole('option')).toHaveCount(COUNT, { timeout: 60_000 });
  const row = page.getByRole('region', { name: 'What each token does' });
  const ask = row.getByRole('button', { name: 'Show what each token does' });

  await test.step('the colour is the share of all change that its frames differ by', async () => {
    const known = lab.ids.locator('[style*="--energy"]');
    // A busy machine decodes slowly, and then the page asks first.
    await expect(async () => {
      // It is gone as soon as enough is known.
      if (await ask.isVisible()) await ask.click({ timeout: 2000 });
      await expect(known).toHaveCount(COUNT, { timeout: 2000 });
    }).toPass({ timeout: 150_000 });
    const [third, fourth, fifth] = [await drawn(lab, 9), await drawn(lab, 10), await drawn(lab, 11)];
    const shown = await shares(lab);
    const expected = change(third!, fourth!) / change(fourth!, fifth!);
    expect(shown[9]! / shown[10]! / expected).toBeCloseTo(1, 1);
    await expect(row).toContainText('Token 1 is counted from the picture it draws without any token.');
  });

  await test.step('pointing at a token shows where it changes the picture, in words and on it', async () => {
    await lab.ids.getByRole('option').nth(4).hover();
    await expect(
      page.getByText(/Token 5 of 128 \(id \d+\) changes (mostly )?the .*: [\d.]+ % of all change/),
    ).toBeVisible();
    await expect(overlay(page)).toHaveCount(1);
    await page.mouse.move(0, 0);
    await expect(overlay(page)).toHaveCount(0);
    await lab.ids.getByRole('option').nth(4).click();
    await page.mouse.move(0, 0);
    await expect(overlay(page)).toHaveCount(1);
    await page.keyboard.press('Escape');
    await expect(overlay(page)).toHaveCount(0);
    await lab.ids.focus();
    await page.keyboard.press('Home');
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('Enter');
    await expect(page.getByText(/Token 2 of 128 .*Held: Escape releases/)).toBeVisible();
  });

  await test.step('ids are there on demand, and that is remembered', async () => {
    const first = lab.ids.getByRole('option').first();
    await expect(first).toHaveText('');
    await page.getByRole('button', { name: 'Ids', exact: true }).click();
    await expect(first).toHaveText(String((await lab.tokenIds())[0]));
    expect(await page.evaluate(() => localStorage.getItem('tokenoscope.settings'))).toContain('"ids":true');
    await page.getByRole('button', { name: 'Ids', exact: true }).click();
    await expect(first).toHaveText('');
  });

  const own = await lab.tokenIds();
  const state = row.getByRole('status');
  const undo = row.getByRole('button', { name: 'Undo' });

  await test.step('a near code, a mask and an id are edits that can be undone and redone', async () => {
    await row.getByRole('button', { name: 'Edit tokens' }).click();
    const code = row.getByRole('button', { name: /^Change to id/ }).first();
    const id = Number((await code.getAttribute('aria-label'))!.replace(/\D/g, ''));
    await code.click();
    await expect(state).toHaveText('1 token of 128 changed');
    await expect(page.getByText('Edited: 1 token of 128 changed.')).toBeVisible();
    expect((await lab.tokenIds())[1]).toBe(id);
    await page.keyboard.press('Control+z');
    await expect(state).toHaveCount(0);
    expect(await lab.tokenIds()).toEqual(own);
    await page.keyboard.press('Control+Shift+z');
    expect((await lab.tokenIds())[1]).toBe(id);
    await row.getByRole('textbox', { name: 'Id of the token' }).fill('12');
    await page.keyboard.press('Enter');
    expect((await lab.tokenIds())[1]).toBe(12);
    await row.getByRole('button', { name: 'Mask this token' }).click();
    await expect(row.getByRole('button', { name: 'Mask this token' })).toBeDisabled();
    await undo.click();
    expect((await lab.tokenIds())[1]).toBe(12);
  });

  await test.step('tokens of another picture take the place of the rest', async () => {
    await row.getByRole('spinbutton', { name: 'Tokens at the beginning' }).fill('40');
    await row.getByRole('combobox', { name: 'Picture' }).selectOption({ index: 2 });
    await row.getByRole('button', { name: 'First 40 of this, the rest of it' }).click();
    const spliced = await lab.tokenIds();
    expect(spliced.slice(2, 40)).toEqual(own.slice(2, 40));
    expect(spliced.slice(40)).not.toEqual(own.slice(40));
    await row.getByRole('button', { name: 'Every code 10 % of the way' }).click();
    await expect(row.getByText('No other code lies nearer to that point')).toBeVisible();
    await row.getByRole('spinbutton', { name: 'Share of the tokens, in per cent' }).first().fill('50');
    await row.getByRole('button', { name: 'Every code 50 % of the way' }).click();
    await expect.poll(() => lab.tokenIds()).not.toEqual(spliced);
    await undo.click();
    expect(await lab.tokenIds()).toEqual(spliced);
    await row.getByRole('button', { name: 'Shuffle after 40' }).click();
    const shuffled = await lab.tokenIds();
    expect(shuffled.slice(0, 40)).toEqual(spliced.slice(0, 40));
    expect([...shuffled].sort()).toEqual([...spliced].sort());
    await row.getByRole('button', { name: 'Six random tails' }).click();
    await row.getByRole('button', { name: 'Random tail of seed 3' }).click();
    expect((await lab.tokenIds()).slice(0, 40)).toEqual(spliced.slice(0, 40));
    await expectAccessible(page);
  });

  await test.step('the link has what was made, and the way back', async () => {
    const edited = await lab.tokenIds();
    const url = await addressAtRest(page);
    const context = await browser.newContext({ reducedMotion: 'reduce' });
    const there = new ImageLabPage(await context.newPage());
    await there.page.goto(url);
    await there.expectReady();
    expect(await there.tokenIds()).toEqual(edited);
    await expect(there.original).toBeVisible();
    await there.page.getByRole('button', { name: 'Back to the picture’s own tokens' }).click();
    expect(await there.tokenIds()).toEqual(own);
    await context.close();
  });
});
