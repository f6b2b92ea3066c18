import { expectAccessible } from './support/accessibility';
import { expect, test } from './support/fixtures';
import { ImageLabPage, SMALL } from './support/image-lab';
import { openTextLab, settled } from './support/text-lab';

const SIZES = [
  { name: 'desktop', width: 1440, height: 900 },
  { name: 'laptop', width: 1024, height: 768 },
  { name: 'phone', width: 390, height: 844 },
];

test('About is accessible and fits on every screen, light and dark', async ({ page }) => {
  await page.goto('/#about');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('See what a tokenizer sees');
  for (const { name, ...viewport } of SIZES) {
    for (const colorScheme of ['light', 'dark'] as const) {
      await test.step(`${name}, ${colorScheme}`, async () => {
        await page.setViewportSize(viewport);
        await page.emulateMedia({ colorScheme });
        await expectAccessible(page);
        const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
        expect(overflow).toBeLessThanOrEqual(0);
      });
    }
  }
});

test('the theme follows the system, can be set, and is remembered', async ({ page }) => {
  await page.emulateMedia({ colorScheme: 'dark' });
  await page.goto('/#about');
  const ground = () => page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);
  const dark = await ground();
  await page.emulateMedia({ colorScheme: 'light' });
  const light = await ground();
  expect(light).not.toBe(dark);

  await page.getByRole('button', { name: 'Theme: follows the system' }).click();
  await page.getByRole('button', { name: 'Theme: light' }).click();
  await expect(page.getByRole('button', { name: 'Theme: dark' })).toBeVisible();
  expect(await ground()).toBe(dark);
  await page.reload();
  await expect(page.getByRole('button', { name: 'Theme: dark' })).toBeVisible();
  expect(await ground()).toBe(dark);
});

test('a browser that refuses local storage is told of, and works', async ({ page }) => {
  await page.addInitScript(() => {
    const refuse = () => {
      throw new DOMException('The operation is insecure.', 'SecurityError');
    };
    Object.defineProperty(window, 'localStorage', { get: refuse });
  });
  await page.goto('/#about');
  await page.getByRole('button', { name: /^Theme/ }).click();
  await expect(page.getByRole('status')).toContainText('This browser refuses local storage.');
  await expect(page.getByRole('button', { name: 'Theme: light' })).toBeVisible();
  await page.getByRole('button', { name: 'Dismiss' }).click();
  await expect(page.getByText('This browser refuses local storage.')).toBeHidden();
});

test('the backend badge says what runs and why, and switches', async ({ page, consoleWatch }) => {
  consoleWatch.allow(/No available adapters/);
  const lab = new ImageLabPage(page);
  await lab.open(SMALL);
  await page.getByRole('button', { name: 'Backend: WASM' }).click();
  const panel = page.getByRole('dialog', { name: 'Backend' });
  await panel.getByRole('radio', { name: /^WebGPU/ }).check();
  await expect(panel).toContainText(/WASM.*because.*WebGPU/);
  await expectAccessible(page);
  await panel.getByRole('radio', { name: /^WASM/ }).check();
  await page.keyboard.press('Escape');
  await expect(panel).toBeHidden();
  await expect(page.getByRole('button', { name: 'Backend: WASM' })).toBeFocused();
  await page.reload();
  await lab.expectReady();
  await page.getByRole('button', { name: 'Backend: WASM' }).click();
  await expect(panel.getByRole('radio', { name: /^WASM/ })).toBeChecked();
});

test('Copy link copies the address of the experiment and says what is in it', async ({ page }) => {
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  await openTextLab(page);
  await page.getByRole('textbox', { name: 'Text to tokenize' }).fill('Übergrößenträger');
  await page.getByRole('button', { name: 'Copy link' }).click();
  const panel = page.getByRole('dialog', { name: 'Copy link' });
  await expect(panel.getByRole('status').first()).toContainText('Link copied');
  await expect(panel).toContainText('4 tokenizers');
  // What is on this machine only is no use to others, and no code for a classroom.
  await expect(panel).toContainText('Others cannot open this link.');
  await expect(panel).toContainText(/It begins with localhost:\d+, which is this machine/);
  await expect(panel.getByRole('button', { name: 'QR code' })).toHaveCount(0);
  await expect(panel.getByRole('button', { name: 'Save as an experiment file' })).toBeVisible();
  await expectAccessible(page);
  const copied = await page.evaluate(() => navigator.clipboard.readText());
  expect(copied).toMatch(/^http:\/\/localhost:\d+\/#2\.[\w-]+$/);

  const other = await page.context().newPage();
  await other.goto(copied);
  await settled(other);
  await expect(other.getByRole('textbox', { name: 'Text to tokenize' })).toHaveValue('Übergrößenträger');
  await other.close();
});

test('Copy link without a clipboard selects the link', async ({ page }) => {
  await page.addInitScript(() => {
    navigator.clipboard.writeText = () => Promise.reject(new DOMException('No.', 'NotAllowedError'));
  });
  await page.goto('/#about');
  await page.getByRole('button', { name: 'Copy link' }).click();
  const panel = page.getByRole('dialog', { name: 'Copy link' });
  await expect(panel).toContainText('The browser refused the clipboard.');
  const field = panel.getByRole('textbox', { name: 'Link' });
  const selected = await field.evaluate(
    (input: HTMLInputElement) => input.selectionEnd! - input.selectionStart!,
  );
  expect(selected).toBe((await field.inputValue()).length);
});

test('labs make history entries; Back and Forward walk them', async ({ page }) => {
  await page.goto('/#about');
  const current = page.getByRole('navigation', { name: 'Labs' }).locator('[aria-current="page"]');
  await page.getByRole('link', { name: 'Text' }).click();
  await settled(page);
  await page.getByRole('button', { name: 'Token ids' }).click();
  await page.goBack();
  await expect(page.getByRole('button', { name: 'Token ids' })).toHaveAttribute('aria-pressed', 'false');
  await page.goBack();
  await expect(current).toHaveText('About');
  await page.goForward();
  await expect(current).toHaveText('Text');
  await page.goForward();
  await expect(page.getByRole('button', { name: 'Token ids' })).toHaveAttribute('aria-pressed', 'true');
});
