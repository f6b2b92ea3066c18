import { Hub } from '../src/engine/weights/testing/hub';
import { torchArchiveOf } from '../src/engine/weights/testing/torch-writer';
import { expectAccessible } from './support/accessibility';
import { addressAtRest } from './support/address';
import { CheckpointDialog } from './support/checkpoint-dialog';
import { expect, test } from './support/fixtures';
import { ImageLabPage, SMALL } from './support/image-lab';
import { serveHub } from './support/serve-hub';

test.use({ contextOptions: { reducedMotion: 'reduce' } });

const PICKLE = 'pytorch_model.bin';
const ONE_D_PIECE = 'turing-motors/One-D-Piece-S-256';
const TITOK = 'yucornetto/tokenizer_titok_s128_imagenet';

let hub: Hub;
test.beforeEach(async ({ page }) => {
  hub = await Hub.start();
  // As they are published, but small: a file of PyTorch without a config, and safetensors with one.
  const weights = hub.file('tests/one-d-piece-tiny', 'model.safetensors');
  hub.publish(ONE_D_PIECE, { 'README.md': '', [PICKLE]: Buffer.from(torchArchiveOf(weights)) });
  const small = 'tests/titok-tiny-vq-rgb';
  hub.publish(TITOK, {
    'config.json': hub.file(small, 'config.json'),
    'model.safetensors': hub.file(small, 'model.safetensors'),
  });
  await serveHub(page, hub);
  // GiB: enough for the small ones, not for the large ones.
  await page.addInitScript(() => Object.defineProperty(navigator, 'deviceMemory', { value: 2 }));
});
test.afterEach(async () => hub.stop());

test('an official model by name: what it costs, its download cancelled and resumed, the slider, offline, deleted; terms first', async ({
  page,
  context,
  consoleWatch,
}) => {
  const lab = new ImageLabPage(page);
  const dialog = new CheckpointDialog(page);
  const row = dialog.official('One-D-Piece-S-256');
  await lab.open(SMALL);
  await dialog.openFromMenu();

  await test.step('what each costs, and what does not fit, is said before anything is asked for', async () => {
    await expect(row).toContainText('26 + 58 M');
    await expect(row).toContainText('335 MB');
    await expect(row).toContainText('168 MB');
    await expect(dialog.root).toContainText(/at the [\d.]+ [bm]illion a second just measured here on WASM/);
    await expect(dialog.official('TiTok-SL-256 VQ')).toContainText('Fits in half precision only');
    await expect(dialog.official('One-D-Piece-L-256')).toContainText('Too large for this device');
    await dialog.root.getByRole('button', { name: /^Too large One-D-Piece-L-256/ }).click();
    await expect(dialog.official('One-D-Piece-L-256')).toContainText(/needs about [\d.]+ GB of memory/);
    await row.getByRole('button', { name: 'One-D-Piece-S-256', exact: true }).click();
    await expect(row).toContainText('83.9 million (26.0 to encode, 57.9 to decode)');
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme });
      await expectAccessible(page);
    }
    expect(hub.requests).toEqual([]);
  });

  await test.step('the download goes on while the dialog is closed, and the lab and its menu say how far it is', async () => {
    hub.treat(PICKLE, { stallAt: 5_000_000 });
    await row.getByRole('button', { name: /^Download One-D-Piece-S-256, 335 MB/ }).focus();
    await page.keyboard.press('Enter');
    const bar = page.getByRole('progressbar', { name: 'Downloading' });
    await expect.poll(() => bar.getAttribute('value').then(Number)).toBeGreaterThan(0.7);
    expect(hub.requests[0]).toContain(`GET /api/models/${ONE_D_PIECE}`);
    await page.keyboard.press('Escape');
    const note = page.getByRole('region', { name: 'Adding One-D-Piece-S-256' });
    await expect(note.getByRole('progressbar', { name: 'Downloading' })).toBeVisible();
    await expectAccessible(page);
    await page.getByRole('button', { name: /^Model: / }).click();
    await expect(
      page.getByRole('button', { name: /One-D-Piece-S-256 is being added, 7\d %$/ }),
    ).toBeVisible();
    await page.keyboard.press('Escape');
    await note.getByRole('button', { name: 'Details' }).click();
    await expect(note).toBeHidden();
  });

  await test.step('it is cancelled and resumed, from the same button', async () => {
    await row.getByRole('button', { name: 'Cancel One-D-Piece-S-256' }).focus();
    await expect(row.getByRole('button', { name: 'Cancel One-D-Piece-S-256' })).toBeFocused();
    await page.keyboard.press('Enter');
    await expect(row).toContainText('Paused');
    await expectAccessible(page);
    hub.treat(PICKLE, undefined);
    await expect(row.getByRole('button', { name: 'Resume One-D-Piece-S-256' })).toBeFocused();
    await page.keyboard.press('Enter');
    await expect(row).toContainText('On this device, 6.4');
  });

  await test.step('terms that restrict use are accepted before anything is asked for', async () => {
    hub.requests.length = 0;
    const titok = dialog.official('TiTok-S-128');
    await titok.getByRole('button', { name: /^Download TiTok-S-128/ }).click();
    const terms = titok.getByRole('group', { name: 'Terms of use' });
    await expect(terms).toContainText('only for research purposes');
    await expect(terms.getByRole('button', { name: 'Accept and download' })).toBeDisabled();
    expect(hub.requests).toEqual([]);
    await expectAccessible(page);
    await terms.getByRole('checkbox').check();
    await terms.getByRole('button', { name: 'Accept and download' }).click();
    await expect(titok).toContainText('On this device, 1.26 MB');
  });

  await row.getByRole('button', { name: 'Show One-D-Piece-S-256' }).click();
  await expect(dialog.root).toBeHidden();
  await expect(lab.reconstruction).toHaveAccessibleName(/from 32 of 32 tokens$/);
  await lab.field.fill('4');
  await expect(lab.reconstruction).toHaveAttribute('data-k', '4');
  const ids = await lab.tokenIds();
  let url = '';

  await test.step('it works without a network', async () => {
    url = await addressAtRest(page);
    await context.setOffline(true);
    consoleWatch.allow(/ERR_INTERNET_DISCONNECTED|Failed to load resource/);
    await page.reload();
    await expect(lab.reconstruction).toHaveAttribute('data-k', '4');
    expect(await lab.tokenIds()).toEqual(ids);
    await context.setOffline(false);
  });

  await test.step('deleted, its link offers it in one click', async () => {
    await dialog.openFromMenu();
    await row.getByRole('button', { name: 'Delete One-D-Piece-S-256' }).click();
    await row.getByRole('button', { name: 'Delete', exact: true }).click();
    await expect(row.getByRole('button', { name: /^Download One-D-Piece-S-256/ })).toBeFocused();
    await page.goto('about:blank');
    await page.goto(url);
    await expect(lab.alert).toContainText('This needs One-D-Piece-S-256, which is not on this device.');
    await lab.alert.getByRole('button', { name: 'Download (335 MB)' }).click();
    await expect(row).toContainText('On this device, 6.4');
    await row.getByRole('button', { name: 'Show One-D-Piece-S-256' }).click();
    await expect(lab.reconstruction).toHaveAttribute('data-k', '4');
    expect(await lab.tokenIds()).toEqual(ids);
  });
});
