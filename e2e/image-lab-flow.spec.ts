import { deflateRawSync } from 'node:zlib';
import type { Page } from '@playwright/test';
import { toBase64Url } from '../src/core/link/base64url';
import { joinPayload } from '../src/core/link/payload';
import { expectAccessible } from './support/accessibility';
import { addressAtRest } from './support/address';
import { expect, test } from './support/fixtures';
import { FlowPage } from './support/flow-page';
import { SMALL } from './support/image-lab';

test.use({ contextOptions: { reducedMotion: 'reduce' } });
test.describe.configure({ timeout: 120_000 }); // a model is added, or a large one drawn with, in each

async function openTiny(page: Page): Promise<FlowPage> {
  const lab = new FlowPage(page);
  await lab.open(SMALL);
  await lab.addTiny();
  await lab.expectDrawn('from 3 of 3 tokens, in 2 steps from noise 0');
  return lab;
}

test('steps and noise decide the picture, by the value, with Back, the link and the keyboard, and beside another model', async ({
  page,
}) => {
  test.setTimeout(300_000); // four visits in one
  const lab = await openTiny(page);
  await test.step('Back undoes another number of steps, and leaves the noise', async () => {
    await lab.steps('1').check();
    await lab.expectDrawn('in one step from noise 0');
    await lab.noise.fill('12');
    await lab.expectDrawn('in one step from noise 12');
    await addressAtRest(page);
    await page.goBack();
    await lab.expectDrawn('in 2 steps from noise 0');
    await page.goForward();
    await lab.expectDrawn('in one step from noise 12');
  });

  await test.step('steps and noise decide the picture, to the value, and the link brings both back', async () => {
    await lab.begin();
    await lab.expectExactly(3, { steps: 2, seed: 0 });
    await expect(lab.steps('2')).toBeChecked();
    const plain = new URL(page.url()).hash;

    await lab.steps('1').check();
    await lab.expectDrawn('in one step from noise 0');
    await lab.expectExactly(3, { steps: 1, seed: 0 });
    expect(new URL(page.url()).hash).not.toBe(plain);

    await lab.steps('Distilled').check();
    await lab.expectDrawn('in one distilled step from noise 0');
    await lab.expectExactly(3, { steps: 'distilled', seed: 0 });
    await lab.field.fill('2');
    await lab.expectDrawn('from 2 of 3 tokens, in one distilled step from noise 0');
    await lab.expectExactly(2, { steps: 'distilled', seed: 0 });

    await lab.steps('2').check();
    await lab.noise.fill('4294967295');
    await lab.expectDrawn('in 2 steps from noise 4294967295');
    await lab.expectExactly(2, { steps: 2, seed: 4294967295 });
    const status = page.getByRole('status').filter({ hasText: 'tokens' });
    await expect(status).toHaveText(/: 3 tokens, drawn in 2 steps from noise 4294967295$/);

    await lab.otherNoise.click();
    const seed = Number(await lab.noise.inputValue());
    expect(seed).toBeLessThan(10_000);
    await lab.expectDrawn(`from noise ${seed}`);
    await lab.expectExactly(2, { steps: 2, seed });
    const pixels = await lab.rgb();
    await expectAccessible(page);

    await addressAtRest(page);
    await page.reload();
    await lab.expectDrawn(`from 2 of 3 tokens, in 2 steps from noise ${seed}`);
    expect(await lab.rgb()).toEqual(pixels);
    await expect(lab.noise).toHaveValue(String(seed));
  });

  await test.step('works from the keyboard; what is typed and is no seed changes nothing', async () => {
    await lab.begin();
    await lab.slider.focus();
    await page.keyboard.press('.');
    await lab.expectDrawn('in 4 steps from noise 0');
    for (let i = 0; i < 5; i++) await page.keyboard.press(',');
    await lab.expectDrawn('in one distilled step from noise 0');
    await page.keyboard.press('ArrowLeft');
    await lab.expectDrawn('from 2 of 3 tokens, in one distilled step from noise 0');
    await page.keyboard.press('r');
    await expect(lab.noise).not.toHaveValue('0');
    await lab.expectDrawn(`from noise ${await lab.noise.inputValue()}`);

    await lab.noise.fill('7');
    await lab.expectDrawn('from noise 7');
    await lab.noise.fill('-3');
    await lab.expectDrawn('from noise 7');
    await page.keyboard.press('Enter');
    await expect(lab.noise).toHaveValue('0');
    await lab.noise.fill('99999999999');
    await page.keyboard.press('Tab');
    await expect(lab.noise).toHaveValue('4294967295');
    await lab.expectDrawn('from noise 4294967295');
  });

  await test.step('beside another model, the control says whose it is and changes that one only', async () => {
    await lab.begin();
    await page.getByRole('button', { name: 'Compare models' }).click();
    await expect(lab.reconstruction).toHaveCount(2);
    await expect(page.getByRole('group', { name: 'How Tiny flow draws' })).toHaveCount(1);
    const other = lab.reconstruction.nth(1);
    await expect(other).toHaveAccessibleName(/ tokens$/);
    const before = await lab.pixels(other);
    await lab.steps('1').check();
    await expect(lab.reconstruction.first()).toHaveAccessibleName(/in one step from noise 0$/);
    expect(await lab.pixels(other)).toEqual(before);
    await expectAccessible(page);
    // Without a model that samples there is nothing to control.
    await page.getByRole('button', { name: 'Stop comparing' }).click();
    await page.getByRole('button', { name: /^Model: / }).click();
    await page
      .getByRole('dialog')
      .getByRole('button', { name: /^Karhunen 128/ })
      .click();
    await expect(lab.reconstruction).toHaveAccessibleName(/ tokens$/);
    await expect(lab.noise).toHaveCount(0);
  });
});

test('a link that asks for impossible steps says so, and opens; flow-128 draws other pictures in other steps and from other noise', async ({
  page,
}) => {
  test.setTimeout(180_000);
  const lab = new FlowPage(page);
  await test.step('a link that asks for impossible steps says so, and opens', async () => {
    const head = { i: { m: 'flow-128', k: 8, e: 1e9, r: -1, s: 'lake' } };
    const payload = joinPayload({ head, blob: new Uint8Array(0) });
    await page.goto(`/#1.${toBase64Url(deflateRawSync(payload))}`);
    await expect(page.getByText('does not properly say in how many steps to draw')).toBeVisible();
    await expect(page.getByText('does not properly say which noise to begin with')).toBeVisible();
    await lab.expectDrawn(/from 8 of 256 tokens, in .* from noise 0/);
    await page.getByRole('button', { name: 'Dismiss' }).click();
  });
  await lab.field.fill('64');
  await lab.expectDrawn(/from 64 of 256 tokens, in .* from noise 0/);
  await expect(page.getByText(/× [\d.]+ GFLOP\./)).toBeVisible();
  const pictures: number[][] = [];
  for (const [label, how] of [
    ['1', 'in one step from noise 0'],
    ['4', 'in 4 steps from noise 0'],
    ['Distilled', 'in one distilled step from noise 0'],
  ] as const) {
    await lab.steps(label).check();
    await lab.expectDrawn(how);
    pictures.push(await lab.rgb());
  }
  await lab.noise.fill('5');
  await lab.expectDrawn('in one distilled step from noise 5');
  pictures.push(await lab.rgb());
  const difference = (a: number[], b: number[]) =>
    a.reduce((sum, value, i) => sum + Math.abs(value - b[i]!), 0) / a.length;
  for (const [i, a] of pictures.entries()) {
    for (const b of pictures.slice(i + 1)) expect(difference(a, b)).toBeGreaterThan(0.5);
  }

  // The latest request wins; the ones in between are not waited for.
  await lab.steps('16').check();
  await lab.steps('2').check();
  await lab.noise.fill('6');
  await lab.steps('1').check();
  await lab.expectDrawn('in one step from noise 6');

  await page.setViewportSize({ width: 390, height: 844 });
  await expect(lab.noise).toBeVisible();
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
  await expectAccessible(page);
});
