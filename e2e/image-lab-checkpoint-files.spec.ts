import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { Hub } from '../src/engine/weights/testing/hub';
import { torchStreamOf } from '../src/engine/weights/testing/torch-writer';
import { expectAccessible } from './support/accessibility';
import { addressAtRest } from './support/address';
import { CheckpointDialog } from './support/checkpoint-dialog';
import { dropFiles } from './support/files';
import { expect, test } from './support/fixtures';
import { ImageLabPage, SMALL } from './support/image-lab';
import { serveHub } from './support/serve-hub';

test.use({ contextOptions: { reducedMotion: 'reduce' } });

const FIXTURES = 'src/engine/families/fixtures';
const TOY = 'src/engine/image/fixtures/toy-16';

let hub: Hub;
test.beforeEach(async ({ page }) => {
  hub = await Hub.start();
  await serveHub(page, hub);
});
test.afterEach(async () => hub.stop());

test('files that are dropped become a model, and a link names them by their content', async ({
  page,
  browser,
}) => {
  const lab = new ImageLabPage(page);
  const dialog = new CheckpointDialog(page);
  await lab.open(SMALL);
  const folder = join(FIXTURES, 'titok-tiny-vae');
  await dropFiles(page, 'body', join(folder, 'config.json'), join(folder, 'model.safetensors'));
  await expect(dialog.fact('Tokens')).toHaveText('32 of 16 numbers each, all are needed');
  await dialog.download.click();
  await dialog.done.getByRole('button', { name: 'Show it' }).click();
  await expect(lab.reconstruction).toHaveAccessibleName(/from \d+ of 512 tokens$/);
  const url = await addressAtRest(page);
  const context = await browser.newContext({ reducedMotion: 'reduce' });
  const fresh = await context.newPage();
  await fresh.goto(url);
  const there = new ImageLabPage(fresh);
  await expect(there.alert).toContainText('This needs titok 64, 32 tokens, which is not on this device.');
  await expect(there.alert).toContainText('It was added from files, which do not travel in links.');
  await there.alert.getByRole('button', { name: 'Choose its files…' }).click();
  await fresh
    .getByLabel('Checkpoint files')
    .setInputFiles(['config.json', 'model.safetensors'].map((name) => join(folder, name)));
  const dialogThere = new CheckpointDialog(fresh);
  await dialogThere.download.click();
  await dialogThere.done.getByRole('button', { name: 'Show it' }).click();
  await expect(there.reconstruction).toHaveAccessibleName(/^Reconstruction: Mountain lake, from \d+ of 512/);

  // The same as torch.save writes it, of another model.
  const other = join(FIXTURES, 'titok-tiny-vq-rgb');
  const stream = torchStreamOf(readFileSync(join(other, 'model.safetensors')));
  await dropFiles(fresh, 'body', join(other, 'config.json'), {
    name: 'tiny.pt',
    type: '',
    bytes: Buffer.from(stream),
  });
  await expect(dialogThere.fact('Tokens')).toHaveText('32, all are needed');
  await dialogThere.download.click();
  await dialogThere.done.getByRole('button', { name: 'Show it' }).click();
  await expect(there.reconstruction).toHaveAccessibleName(/from \d+ of 32 tokens$/);
  await context.close();
});

test('a folder that is dropped is looked into; graphs made elsewhere, with their manifest, stand beside another model', async ({
  page,
  context,
}) => {
  const lab = new ImageLabPage(page);
  const dialog = new CheckpointDialog(page);
  await lab.open(SMALL);
  await test.step('a folder that is dropped is looked into', async () => {
    const session = await context.newCDPSession(page);
    const data = { items: [], files: [resolve(FIXTURES, 'titok-tiny-vq-rgb')], dragOperationsMask: 1 };
    for (const type of ['dragEnter', 'dragOver', 'drop'] as const) {
      await session.send('Input.dispatchDragEvent', { type, x: 300, y: 400, data });
    }
    await expect(dialog.fact('Size')).toHaveText('1.26 MB');
  });

  await test.step('graphs made elsewhere, with their manifest, stand beside another model', async () => {
    await page.keyboard.press('Escape');
    await expect(dialog.root).toBeHidden();
    await dialog.add('tests/one-d-piece-tiny');
    await page.getByRole('button', { name: 'Compare models' }).click();
    await expect(lab.reconstruction).toHaveCount(2);
    await page.getByRole('button', { name: /^Second model: / }).click();
    await page
      .getByRole('dialog', { name: 'Second model' })
      .getByRole('button', { name: 'Add a checkpoint…' })
      .click();
    const names = ['manifest.json', 'encoder.onnx', 'decoder.onnx', 'weights.bin', 'golden.json'];
    await page.getByLabel('Checkpoint files').setInputFiles(names.slice(0, 3).map((name) => join(TOY, name)));
    await expect(dialog.problem).toContainText('manifest.json names weights.bin');
    await page.getByLabel('Checkpoint files').setInputFiles(names.map((name) => join(TOY, name)));
    await dialog.download.click();
    await dialog.done.getByRole('button', { name: 'Show it' }).click();
    await expect(page.getByRole('button', { name: 'Second model: Toy 16' })).toBeVisible();
    await expect(lab.reconstruction).toHaveCount(2);
    await expect(lab.reconstruction.nth(1)).toHaveAccessibleName(/from 8 of 8 tokens$/);
  });
});

test('a checkpoint at any address; from the keyboard, on a phone', async ({ page, consoleWatch }) => {
  consoleWatch.allow(/Failed to load resource.* 404/);
  await page.setViewportSize({ width: 390, height: 844 });
  const lab = new ImageLabPage(page);
  const dialog = new CheckpointDialog(page);
  await lab.open(SMALL);
  const menu = page.getByRole('button', { name: /^Model: / });
  await menu.focus();
  await page.keyboard.press('Enter');
  const add = page.getByRole('button', { name: 'Add a checkpoint…' });
  for (let i = 0; i < 8 && !(await add.evaluate((it) => it === document.activeElement)); i++) {
    await page.keyboard.press('Tab');
  }
  await expect(add).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(dialog.root).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(dialog.root).toBeHidden();
  await page.keyboard.press('Enter'); // the focus is back at the menu
  await add.click();
  await dialog.field.fill(`${hub.url}/cdn/tests/titok-tiny-vq-rgb`);
  await page.keyboard.press('Enter');
  await expect(dialog.fact('Size')).toHaveText('1.26 MB');
  await expectAccessible(page);
  const { width } = (await dialog.root.boundingBox())!;
  expect(width).toBeLessThanOrEqual(390);
  await dialog.download.press('Enter');
  await dialog.done.getByRole('button', { name: 'Show it' }).press('Enter');
  await expect(lab.reconstruction).toHaveAccessibleName(/of 32 tokens$/);
  await expect(menu).toHaveAccessibleName('Model: titok-tiny-vq-rgb');
});
