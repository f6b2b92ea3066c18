import { encodeLink } from '../src/core/link/envelope';
import { expectAccessible } from './support/accessibility';
import { expect, test } from './support/fixtures';

const TEXT = 'The cat sat. A dog ran! The rat ran at a cat. The cow sat at a gate.\n'.repeat(3);
const RULE = { pattern: 'The (cat|cow) (sat|ran)\\.' };

test('a network is chosen by keyboard, loaded where it is asked for, and in the link', async ({ page }) => {
  const fetched: string[] = [];
  page.on('request', (request) => {
    const { pathname } = new URL(request.url());
    if (pathname.includes('/lm/')) fetched.push(pathname);
  });
  const blob = new TextEncoder().encode(TEXT);
  await page.goto(`/${encodeLink('papers', { head: { e: 'awrs', s: RULE, t: 1 }, blob })}`);
  const mask = page.locator('[data-figure="full-mask"]');
  await expect(mask).toContainText('257');
  expect(fetched).toEqual([]);
  await page.getByText('Change the model and the weights').click();
  const model = page.getByLabel('Model', { exact: true });
  await model.focus();
  await page.keyboard.press('ArrowDown');
  await expect(model).toHaveValue('network');
  await expect(mask).toContainText('256');
  await expect(page.getByText('Computed just now')).toBeVisible();
  expect(fetched.some((path) => path.includes('/lm/lm-draft/'))).toBe(true);
  // From the top: a button that is scrolled half under the header is a small target to axe.
  await page.evaluate(() => scrollTo(0, 0));
  await expectAccessible(page);
  const figures = await page.locator('[data-figure]').allInnerTexts();
  await page.reload();
  await expect(page.getByText('Computed just now')).toBeVisible();
  expect(await page.locator('[data-figure]').allInnerTexts()).toEqual(figures);
});

test.describe('without a service worker, whose requests cannot be broken here', () => {
  test.use({ serviceWorkers: 'block' });

  test('a network that cannot be loaded is said, and n-grams still work', async ({ page }) => {
    await page.route('**/lm/lm-draft/**', (route) => route.abort());
    const blob = new TextEncoder().encode(TEXT);
    const head = { e: 'awrs', s: { ...RULE, model: 'network' }, t: 1 };
    await page.goto(`/${encodeLink('papers', { head, blob })}`);
    await expect(page.getByRole('alert')).toContainText('could not be');
    await page.getByText('Change the model and the weights').click();
    await page.getByLabel('Model', { exact: true }).selectOption('learned');
    await expect(page.locator('[data-figure="full-mask"]')).toContainText('257');
  });
});
