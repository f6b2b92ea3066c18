import { Hub } from '../src/engine/weights/testing/hub';
import { torchArchiveOf } from '../src/engine/weights/testing/torch-writer';
import { addressAtRest } from './support/address';
import { CheckpointDialog } from './support/checkpoint-dialog';
import { expect, test } from './support/fixtures';
import { ImageLabPage, SMALL } from './support/image-lab';
import { serveHub } from './support/serve-hub';

test.use({ contextOptions: { reducedMotion: 'reduce' } });

const TINY = 'tests/one-d-piece-tiny';
const PUBLISHED = 'tests/published';
const BIN = 'pytorch_model.bin';
const ASKED = `GET /cdn/${PUBLISHED}/${BIN}`;

// Every case there is: src/engine/weights/torch-remote.test.ts. Here: the whole way of a visitor.
test('a repository that holds a file of PyTorch alone: seen, cancelled, resumed, shown, opened offline, deleted', async ({
  page,
  context,
  consoleWatch,
}) => {
  const hub = await Hub.start();
  try {
    const file = Buffer.from(torchArchiveOf(hub.file(TINY, 'model.safetensors')));
    hub.publish(PUBLISHED, { 'config.json': hub.file(TINY, 'config.json'), [BIN]: file });
    await serveHub(page, hub);
    const lab = new ImageLabPage(page);
    const dialog = new CheckpointDialog(page);
    await lab.open(SMALL);

    await test.step('it is announced by its directory and its pickle', async () => {
      await dialog.openFromMenu();
      await dialog.look(PUBLISHED);
      await expect(dialog.fact('Family')).toHaveText('one-d-piece');
      await expect(dialog.fact('Size')).toHaveText('6.42 MB, out of 6.45 MB');
      const asked = hub.requests.filter((request) => request.startsWith(ASKED));
      expect(asked.slice(0, 2)).toEqual([
        `${ASKED} bytes=0-262143`,
        `${ASKED} bytes=${file.length - 262144}-${file.length - 1}`,
      ]);
      expect(asked.every((request) => / bytes=\d+-\d+$/.test(request))).toBe(true);
    });

    await test.step('it is halved as it arrives, cancelled, and resumed after a reload', async () => {
      await dialog.found.getByRole('radio', { name: /^Half precision, / }).check();
      await expect(dialog.fact('Size')).toHaveText('3.23 MB, out of 6.45 MB');
      hub.treat(BIN, { stallAt: 5_000_000 });
      await dialog.download.click();
      const bar = dialog.found.getByRole('progressbar', { name: 'Downloading' });
      await expect.poll(() => bar.getAttribute('value').then(Number)).toBeGreaterThan(0.7);
      await dialog.found.getByRole('button', { name: 'Cancel' }).click();
      await expect(dialog.download).toHaveText(/^Resume downloading \(2\.2\d MB\)$/);
      await page.reload();
      await dialog.openFromMenu();
      await expect(dialog.kept).toContainText('Not complete: 4.19 MB of 6.45 MB, kept in half precision');
      hub.treat(BIN, undefined);
      hub.requests.length = 0;
      await dialog.kept.getByRole('button', { name: 'Resume' }).click();
      await expect(dialog.done).toBeVisible();
      const asked = hub.requests.filter((request) => request.startsWith(ASKED));
      expect(asked).toEqual([expect.stringMatching(/ bytes=419430[1-4]-$/)]);
      await expect(dialog.kept).toContainText(`3.23 MB · half precision · ${PUBLISHED} @ c0ffee00`);
    });

    await test.step('it slides, and opens again without any network', async () => {
      await dialog.done.getByRole('button', { name: 'Show it' }).click();
      await expect(lab.reconstruction).toHaveAccessibleName(/from 32 of 32 tokens$/);
      await lab.field.fill('4');
      await expect(lab.reconstruction).toHaveAttribute('data-k', '4');
      const shown = await lab.pixels(lab.reconstruction);
      await addressAtRest(page);
      await context.setOffline(true);
      await hub.stop();
      consoleWatch.allow(/ERR_INTERNET_DISCONNECTED|Failed to load resource/);
      await page.reload();
      await expect(lab.reconstruction).toHaveAttribute('data-k', '4');
      await expect.poll(async () => (await lab.pixels(lab.reconstruction)).data).toEqual(shown.data);
    });

    await test.step('it is deleted', async () => {
      await dialog.openFromMenu();
      await dialog.kept.getByRole('button', { name: 'Delete published' }).click();
      await dialog.kept
        .getByRole('group', { name: 'Delete published?' })
        .getByRole('button', { name: 'Delete' })
        .click();
      await expect(dialog.kept).toBeHidden();
    });
  } finally {
    await hub.stop().catch(() => {});
  }
});
