import { readdirSync } from 'node:fs';
import { encodeLink } from '../src/core/link/envelope';
import { expectAccessible } from './support/accessibility';
import { expect, test } from './support/fixtures';

/** Every experiment, as its folder names it. */
const ids = readdirSync(new URL('../src/experiments', import.meta.url), { withFileTypes: true })
  .filter((entry) => entry.isDirectory() && entry.name !== 'testing')
  .map(({ name }) => name);

const TEXT = 'The cat sat on the mat. 12 + 345 = 357; the cats sat on the mats of the house.\n'.repeat(40);

test('the index lists every experiment, finds one by words, and opens it by keyboard', async ({ page }) => {
  await page.goto('/#papers');
  await expect(page.getByRole('heading', { name: 'Papers you can try' })).toBeVisible();
  await expect(page.getByRole('main').getByRole('link')).toHaveCount(ids.length);
  await expectAccessible(page);
  await page.getByRole('searchbox', { name: 'Search papers' }).fill('no such paper');
  await expect(page.getByText('No paper has “no such paper”')).toBeVisible();
  await page.getByRole('searchbox', { name: 'Search papers' }).fill('utf-8');
  await page.getByRole('link', { name: 'What a character costs in bytes' }).focus();
  await page.keyboard.press('Enter');
  await expect(
    page.getByRole('heading', { level: 1, name: 'What a character costs in bytes' }),
  ).toBeFocused();
  await expect(page).toHaveURL(/#papers\/bytes-per-character$/);
  await page.goBack();
  await expect(page.getByRole('heading', { name: 'Papers you can try' })).toBeVisible();
  await page.goto('/#papers/no-such-paper');
  await expect(page.getByText('There is no experiment “no-such-paper” here.')).toBeVisible();
  await expect(page.getByRole('heading', { name: 'Papers you can try' })).toBeVisible();
});

// One page for all of them: what one leaves behind must not disturb the next.
test('every experiment keeps the contract', async ({ page }) => {
  test.setTimeout(ids.length * 30_000);
  const bar = page.getByRole('status').filter({ hasText: 'Computed just now' });
  const figures = page.locator('[data-figure]');
  const shown = async () => {
    await expect(bar).toBeVisible();
    return await figures.allInnerTexts();
  };
  for (const [at, id] of ids.entries()) {
    await test.step(id, async () => {
      await page.goto(`/#papers/${id}`);
      const first = await shown();
      expect(first.length).toBeGreaterThan(0);
      await expectAccessible(page);

      // Phone width.
      await page.setViewportSize({ width: 390, height: 844 });
      // A page at work takes a moment to follow its window.
      await expect
        .poll(() => page.evaluate(() => document.documentElement.scrollWidth))
        .toBeLessThanOrEqual(390);
      await page.setViewportSize({ width: 1440, height: 900 });

      // What the frame does alike for all of them is looked at in every fourth.
      if (at % 4 !== 0) return;
      // A full link, with a text of the visitor's own.
      const blob = new TextEncoder().encode(TEXT);
      await page.goto(`/${encodeLink('papers', { head: { e: id, t: 1 }, blob })}`);
      await expect(page.getByRole('textbox', { name: 'Text for the experiment' })).toHaveValue(TEXT);
      const own = await shown();
      // The same figures from the address that the page has now.
      await page.reload();
      expect(await shown()).toEqual(own);
    });
  }
});

test('a text is pasted, dropped and typed; a run is given up and taken up again; bad input is refused', async ({
  page,
}) => {
  await page.goto('/#papers/bytes-per-character');
  const field = page.getByRole('textbox', { name: 'Text for the experiment' });
  const bytes = page.locator('[data-figure="bytes"]');
  await field.fill('aé東😀');
  await expect(bytes).toContainText('10');
  await page.getByRole('radio', { name: 'NFD' }).check();
  await expect(bytes).toContainText('11');
  await expect(page).toHaveURL(/#2\./);
  await page.goBack();
  await field.fill('');
  await expect(page.locator('[data-figure="bytes-per-character"]')).toContainText('–');
  await page.getByRole('button', { name: 'English' }).click();
  await expect(field).toHaveValue(/^A language model/);

  // A rule that cannot be read: what came out of the one before is seen to be that.
  await page.goto('/#papers/awrs');
  const checks = page.locator('[data-figure="checks"]');
  await expect(checks).toBeVisible();
  const dimmed = page.locator('[data-result]').filter({ has: checks });
  const rule = page.getByRole('textbox', { name: 'A match of this regular expression' });
  await rule.fill('Alice (');
  await expect(page.getByText('What is shown is still of the rule before.')).toBeVisible();
  await expect(dimmed).toHaveCSS('opacity', '0.4');
  await page.getByRole('button', { name: 'Zebra' }).click();
  await expect(rule).toHaveValue(/^Alice was \(a zebra/);
  await expect(dimmed).toHaveCSS('opacity', '1');
});
