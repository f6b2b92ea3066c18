import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';
import { headerLength, readHeader } from '../src/engine/weights/safetensors';
import { CheckpointDialog } from './support/checkpoint-dialog';
import { dropFiles } from './support/files';
import { expect, test } from './support/fixtures';
import { ImageLabPage, SMALL } from './support/image-lab';

test.use({ contextOptions: { reducedMotion: 'reduce' } });

const FOLDER = 'src/engine/families/fixtures/detailflow-tiny';
const SIDE = 32;
const KARL = 'src/engine/families/fixtures/karl-tiny';
/** The id that stands for a token that is not needed. */
const KARL_UNUSED = 256;

const cli = (args: string[], input = ''): string =>
  execFileSync(process.execPath, ['scripts/cli.mjs', ...args], { input, encoding: 'utf8' });

/** The first golden picture in 8 bits, a plane a colour. */
function goldenPicture(): Uint8Array {
  const file = readFileSync(join(FOLDER, 'expected.safetensors'));
  const { offset } = readHeader(file.subarray(0, headerLength(file, FOLDER)), file.length, FOLDER).get(
    'image',
  )!;
  return Uint8Array.from({ length: 3 * SIDE * SIDE }, (_, i) =>
    Math.round(file.readFloatLE(offset + 4 * i) * 255),
  );
}

/** The same pixels as a picture file has them: red, green, blue of one after the other. */
const interleaved = (planes: ArrayLike<number>) =>
  Uint8Array.from({ length: 3 * SIDE * SIDE }, (_, i) => planes[(i % 3) * SIDE * SIDE + Math.floor(i / 3)]!);

test('DetailFlow out of dropped files: ids and pictures as on the command line, a picture for every prefix', async ({
  page,
}) => {
  const raw = { width: SIDE, height: SIDE, channels: 3 } as const;
  const bytes = await sharp(interleaved(goldenPicture()), { raw }).png().toBuffer();
  const golden = test.info().outputPath('golden.png');
  writeFileSync(golden, bytes);
  const encoded = cli(['encode-image', '--model', FOLDER, golden]);
  const { ids } = JSON.parse(encoded) as { ids: number[] };

  const lab = new ImageLabPage(page);
  const dialog = new CheckpointDialog(page);
  await lab.open(SMALL);
  await dropFiles(page, 'body', join(FOLDER, 'config.json'), join(FOLDER, 'model.safetensors'));
  await expect(dialog.fact('Family')).toHaveText('detailflow');
  await expect(dialog.fact('Picture')).toHaveText('32 × 32 px');
  await expect(dialog.fact('Tokens')).toHaveText('32, any prefix decodes');
  await dialog.download.click();
  await dialog.done.getByRole('button', { name: 'Show it' }).click();
  await expect(dialog.root).toBeHidden();

  await dropFiles(page, 'body', { name: 'golden.png', type: 'image/png', bytes });
  await lab.expectReady('golden.png');
  for (const k of [1, 5, 13, 32]) {
    await lab.field.fill(String(k));
    await expect(lab.reconstruction).toHaveAttribute('data-k', String(k));
    expect((await lab.tokenIds()).slice(0, k)).toEqual(ids.slice(0, k));
    const decoded = test.info().outputPath(`${k}.png`);
    cli(['decode-image', '--model', FOLDER, '--k', String(k), '--out', decoded], encoded);
    const expected = await sharp(decoded).removeAlpha().raw().toBuffer();
    const shown = await lab.pixels(lab.reconstruction);
    expect([shown.width, shown.height]).toEqual([SIDE, SIDE]);
    const furthest = expected.reduce(
      (most, value, i) => Math.max(most, Math.abs(value - shown.data[Math.floor(i / 3) * 4 + (i % 3)]!)),
      0,
    );
    expect(furthest, `k = ${k}`).toBeLessThanOrEqual(1);
  }

  await test.step('KARL has its own answer to how many tokens the picture needs', async () => {
    await dropFiles(page, 'body', join(KARL, 'config.json'), join(KARL, 'model.safetensors'));
    await expect(dialog.fact('Tokens')).toHaveText('32, the encoder says which are needed');
    await dialog.download.click();
    await dialog.done.getByRole('button', { name: 'Show it' }).click();
    await page.getByRole('button', { name: 'How many tokens does this picture need?' }).click();
    // Until KARL has drawn it, DetailFlow's picture of the same name is on screen.
    await expect(async () => {
      const used = (await lab.tokenIds()).filter((id) => id !== KARL_UNUSED);
      const answer = page.getByText(`${used.length} tokens of 32 by its own answer`);
      await expect(answer).toBeVisible({ timeout: 1000 });
    }).toPass({ timeout: 60_000 });
  });
});
