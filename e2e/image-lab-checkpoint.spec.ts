import { readFile } from 'node:fs/promises';
import { Hub } from '../src/engine/weights/testing/hub';
import { expectAccessible } from './support/accessibility';
import { addressAtRest } from './support/address';
import { CheckpointDialog } from './support/checkpoint-dialog';
import { expect, test } from './support/fixtures';
import { ImageLabPage, SMALL } from './support/image-lab';
import { serveHub } from './support/serve-hub';

test.use({ contextOptions: { reducedMotion: 'reduce' } });

let hub: Hub;
test.beforeEach(async ({ page }) => {
  hub = await Hub.start();
  await serveHub(page, hub);
});
test.afterEach(async () => hub.stop());

test('an official checkpoint of the hub runs in the page, is kept, and travels in a link', async ({
  page,
}) => {
  const lab = new ImageLabPage(page);
  const dialog = new CheckpointDialog(page);
  await lab.open(SMALL);
  await dialog.openFromMenu();
  await expectAccessible(page);
  await dialog.look('tests/one-d-piece-tiny');

  // Everything is known before the weights are fetched.
  await expect(dialog.fact('Family')).toHaveText('one-d-piece');
  await expect(dialog.fact('Picture')).toHaveText('64 × 64 px');
  await expect(dialog.fact('Tokens')).toHaveText('32, any prefix decodes');
  await expect(dialog.fact('Codebook')).toHaveText('256 entries, 8 bits a token');
  await expect(dialog.fact('Size')).toHaveText('6.42 MB');
  await expect(dialog.fact('Time')).toContainText('very roughly under 1 s');
  const weights = hub.requests.filter((request) => request.includes('/cdn/') && request.includes('model'));
  expect(weights).toEqual(['GET /cdn/tests/one-d-piece-tiny/model.safetensors bytes=0-262143']);
  await expectAccessible(page);

  await dialog.download.click();
  await expect(dialog.done).toContainText('one-d-piece-tiny is on this device.');
  await dialog.done.getByRole('button', { name: 'Show it' }).click();
  await expect(dialog.root).toBeHidden();
  await expect(lab.reconstruction).toHaveAccessibleName(
    'Reconstruction: Mountain lake, from 32 of 32 tokens',
  );
  await expect.poll(() => lab.fact('PSNR')).toBeGreaterThan(1);
  await lab.field.fill('4');
  await expect(lab.reconstruction).toHaveAttribute('data-k', '4');
  const ids = await lab.tokenIds();
  const shown = await lab.pixels(lab.reconstruction);
  const url = await addressAtRest(page);

  // Later, and without the hub: it opens by itself.
  await hub.stop();
  await page.goto('about:blank');
  await page.goto(url);
  await expect(lab.reconstruction).toHaveAttribute('data-k', '4');
  expect(await lab.tokenIds()).toEqual(ids);
  await expect.poll(async () => (await lab.pixels(lab.reconstruction)).data).toEqual(shown.data);
  await page.getByRole('button', { name: /^Model: / }).click();
  const row = page.getByRole('region', { name: 'Your checkpoints' }).getByRole('button');
  await expect(row).toContainText('one-d-piece-tiny');
  await expect(row).toContainText('32 × 8 bits, 6.42 MB · on this device');
  await expectAccessible(page);
});

test('a link of tokens whose checkpoint is not here offers it, and keeps the tokens', async ({
  page,
  browser,
}) => {
  const lab = new ImageLabPage(page);
  const dialog = new CheckpointDialog(page);
  await lab.open(SMALL);
  await dialog.add('tests/titok-tiny-vq-rgb');
  await page.getByLabel('Picture file').setInputFiles({
    name: 'mine.png',
    mimeType: 'image/png',
    buffer: await readFile('public/favicon.svg').then(async (svg) => {
      const { default: sharp } = await import('sharp');
      return sharp(svg).png().toBuffer();
    }),
  });
  await lab.expectReady('mine.png');
  const ids = await lab.tokenIds();
  expect(ids).toHaveLength(32);
  const url = await addressAtRest(page);

  const other = await browser.newContext({ reducedMotion: 'reduce' });
  const fresh = await other.newPage();
  await serveHub(fresh, hub);
  const there = new ImageLabPage(fresh);
  await fresh.goto(url);
  await expect(there.alert).toContainText('This needs titok-tiny-vq-rgb, which is not on this device.');
  await expect(there.alert).toContainText(`tests/titok-tiny-vq-rgb at commit ${Hub.commit.slice(0, 8)}`);
  await expect(there.slider).toHaveAttribute('aria-valuemax', '32');
  await expectAccessible(fresh);
  // The address still holds the tokens.
  expect(await addressAtRest(fresh)).toBe(url);
  await there.alert.getByRole('button', { name: 'Look it up…' }).click();
  const dialogThere = new CheckpointDialog(fresh);
  await expect(dialogThere.fact('Size')).toHaveText('1.26 MB');
  await dialogThere.download.click();
  await dialogThere.done.getByRole('button', { name: 'Show it' }).click();
  await there.expectReady('Picture from a link');
  expect(await there.tokenIds()).toEqual(ids);
  // A model of a fixed length says so when it gets fewer tokens.
  await there.field.fill('5');
  await expect(
    fresh.getByText('titok-tiny-vq-rgb needs all 32 tokens; the rest is blank here.'),
  ).toBeVisible();
  await other.close();
});
