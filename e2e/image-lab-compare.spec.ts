import type { Page } from '@playwright/test';
import { expectAccessible } from './support/accessibility';
import { addressAtRest } from './support/address';
import { dropFiles } from './support/files';
import { expect, test } from './support/fixtures';
import { ImageLabPage, pngFile } from './support/image-lab';

test.use({ contextOptions: { reducedMotion: 'reduce' } });

test.describe('on a first visit', () => {
  test.use({ profile: 'fresh' });

  test('the model menu says what each model is and costs, and chooses with the keyboard alone', async ({
    page,
  }) => {
    const lab = new ImageLabPage(page);
    await lab.open();
    const trigger = page.getByRole('button', { name: /^Model: / });
    const first = await trigger.textContent();
    await trigger.focus();
    await page.keyboard.press('Enter');
    const menu = page.getByRole('dialog', { name: 'Model', exact: true });
    const models = menu.getByRole('button');
    await expect(menu.locator('[aria-current="true"]')).toContainText(first!);
    // What is shown has been loaded; another one has not.
    await expect(menu.locator('[aria-current="true"]')).toContainText(/ bits, [\d.]+ [kM]B · on this device/);
    await expect(models.filter({ hasText: 'loads when chosen' }).first()).toBeVisible();
    await expectAccessible(page);
    const other = menu.locator('button:not([aria-current="true"])').first();
    const name = await other.locator('span').first().textContent();
    await other.focus();
    await page.keyboard.press('Enter');
    await expect(menu).toBeHidden();
    await expect(trigger).toHaveText(name!);
    await expect(lab.reconstruction).toHaveAccessibleName(/tokens$/);
    await trigger.click();
    await expect(menu.locator('[aria-current="true"]')).toContainText('on this device', { timeout: 60_000 });
  });
});

test('a link with an own photograph brings both models, each with its tokens', async ({ page, browser }) => {
  const lab = new ImageLabPage(page);
  await lab.open();
  await dropFiles(page, 'body', await pngFile('mine.png', 64, 64));
  await lab.expectReady('mine.png');
  await page.getByRole('button', { name: 'Compare models' }).click();
  await expect(lab.reconstruction).toHaveCount(2);
  await chooseSecond(page, 'Glyphs');
  await expect(lab.reconstruction.nth(1)).toHaveAccessibleName(
    /^Reconstruction: mine.png, from 128 of 144 tokens/,
  );
  const pixels = await Promise.all((await lab.reconstruction.all()).map((canvas) => lab.pixels(canvas)));

  const context = await browser.newContext({ reducedMotion: 'reduce' });
  const fresh = new ImageLabPage(await context.newPage());
  await fresh.page.goto(await addressAtRest(page));
  for (const canvas of [fresh.reconstruction.first(), fresh.reconstruction.nth(1)]) {
    await expect(canvas).toHaveAccessibleName(
      /^Reconstruction: Picture from a link, from (64 of 256|128 of 144)/,
      {
        timeout: 60_000,
      },
    );
  }
  for (const [i, before] of pixels.entries()) {
    // What a first visit draws at once may be one level off, until the model itself has drawn it.
    await expect
      .poll(async () => (await fresh.pixels(fresh.reconstruction.nth(i))).data.join())
      .toBe(before.data.join());
  }

  // Models that make the same tokens draw each other's; others encode the reconstruction, and say so.
  await chooseSecond(fresh.page, 'Ladder 128');
  await expect(fresh.reconstruction.nth(1)).toHaveAccessibleName(/from 64 of 256 tokens/);
  await expect(fresh.page.getByText(/[Rr]econstruction, not the photograph/)).toHaveCount(0);
  await chooseSecond(fresh.page, 'Fixed 32');
  await expect(fresh.reconstruction.nth(1)).toHaveAccessibleName(/of 32 tokens/, { timeout: 60_000 });
  await expect(fresh.page.getByText(/[Rr]econstruction, not the photograph/)).toBeVisible();
  await fresh.sample('Lighthouse').click();
  await expect(fresh.page.getByText(/[Rr]econstruction, not the photograph/)).toHaveCount(0);
  await expect(fresh.reconstruction).toHaveCount(2);
  await context.close();
});

test('two models stand side by side, in the history and in the link; one for writing offers its sample', async ({
  page,
}) => {
  const lab = new ImageLabPage(page);
  await lab.open();
  await test.step('Compare is a step of the history', async () => {
    const compare = page.getByRole('button', { name: 'Compare models' });
    await compare.click();
    await expect(lab.reconstruction).toHaveCount(2);
    await page.goBack();
    await expect(lab.reconstruction).toHaveCount(1);
    await page.goForward();
    await expect(lab.reconstruction).toHaveCount(2);
    await expect(lab.reconstruction.nth(1)).toHaveAttribute('data-k', '64');
    // Once more adds another one; it never takes one away.
    await compare.click();
    await expect(lab.reconstruction).toHaveCount(3);
    await page.getByRole('button', { name: 'Stop comparing' }).last().click();
    await expect(lab.reconstruction).toHaveCount(2);
  });

  await test.step('two models stand side by side at the same k, also in the link', async () => {
    await expect(page.getByRole('img', { name: /: PSNR from .*; .*: PSNR from / })).toBeVisible();
    for (const k of [1, 5]) {
      await lab.field.fill(String(k));
      for (const canvas of await lab.reconstruction.all()) {
        await expect(canvas).toHaveAccessibleName(new RegExp(`, from ${k} of \\d+ tokens$`));
      }
    }
    const [a, b] = await Promise.all((await lab.reconstruction.all()).map((canvas) => lab.pixels(canvas)));
    expect(a!.data).not.toEqual(b!.data);
    await expectAccessible(page);

    // Both show another picture.
    await lab.sample('Lighthouse').click();
    for (const canvas of await lab.reconstruction.all()) {
      await expect(canvas).toHaveAccessibleName(/^Reconstruction: Lighthouse/);
    }
    for (const view of ['Wipe', 'Difference']) {
      await page.getByRole('radio', { name: view }).check();
      await expect(page.getByRole('button', { name: /^(Second model|Model): / })).toHaveCount(2);
    }

    const second = await page.getByRole('button', { name: /^Second model: / }).textContent();
    await expect.poll(() => new URL(page.url()).hash).toMatch(/^#2\./);
    const url = await addressAtRest(page);
    await page.goto('about:blank');
    await page.goto(url);
    await expect(page.getByRole('button', { name: /^Second model: / })).toHaveText(second!);
    await expect(lab.field).toHaveValue('5');

    await page.getByRole('button', { name: 'Stop comparing' }).click();
    await expect(page.getByRole('button', { name: /^Second model: / })).toHaveCount(0);
  });

  await test.step('a model for writing only offers the sample of writing', async () => {
    await page.getByRole('radio', { name: 'Side by side' }).check();
    await page.getByRole('button', { name: /^Model: / }).click();
    await page
      .getByRole('dialog', { name: 'Model', exact: true })
      .getByRole('button', { name: /Glyphs/ })
      .click();
    await expect(lab.reconstruction).toHaveAttribute('data-k', /\d/);
    const offer = page.getByRole('button', { name: 'Open the sample “Words”' });
    await offer.click();
    await lab.expectReady('Words');
    await expect(offer).toBeHidden();
  });
});

async function chooseSecond(page: Page, name: string): Promise<void> {
  await page.getByRole('button', { name: /^Second model: / }).click();
  await page
    .getByRole('dialog', { name: 'Second model' })
    .getByRole('button', { name: new RegExp(`^${name}`) })
    .click();
}
