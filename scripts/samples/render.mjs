/**
 * Renders the image lab's sample pictures: `npm run samples [-- id ...] [--out DIR] [--draft]`.
 * Every picture is computed by this project alone, and every run gives the same picture.
 */
import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import sharp from 'sharp';

const LARGEST_BYTES = 50_000;
const THUMBNAIL = 96;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { out: { type: 'string' }, draft: { type: 'boolean', default: false } },
});
const scenesFolder = new URL('./scenes/', import.meta.url);
const out = values.out ?? new URL('../../public/samples/', import.meta.url).pathname;
const known = (await readdir(scenesFolder))
  .filter((name) => name.endsWith('.mjs'))
  .map((name) => name.slice(0, -4));
const wanted = positionals.length > 0 ? positionals : known;
const unknown = wanted.filter((id) => !known.includes(id));
if (unknown.length > 0) {
  console.error(`No such scene: ${unknown.join(', ')}. Choose from: ${known.join(', ')}.`);
  process.exit(1);
}

/** The best WebP that stays under the size limit. */
async function webp(image, largest) {
  for (let quality = 92; ; quality -= 4) {
    const bytes = await image.clone().webp({ quality, effort: 6, smartSubsample: true }).toBuffer();
    if (bytes.length <= largest || quality <= 40) return { bytes, quality };
  }
}

await mkdir(out, { recursive: true });
for (const id of wanted) {
  const { scene } = await import(new URL(`${id}.mjs`, scenesFolder));
  const size = values.draft
    ? { width: scene.width / 2, height: scene.height / 2, samples: Math.max(1, Math.ceil(scene.samples / 2)) }
    : { width: scene.width, height: scene.height, samples: scene.samples };
  const start = performance.now();
  const picture = await scene.render(size);
  const image = sharp(picture.data, { raw: { width: picture.width, height: picture.height, channels: 3 } });
  const full = await webp(image, LARGEST_BYTES);
  const square = image.clone().resize(THUMBNAIL, THUMBNAIL, { fit: 'cover', kernel: 'lanczos3' });
  const thumbnail = await webp(square, 3_000);
  await writeFile(join(out, `${id}.webp`), full.bytes);
  await writeFile(join(out, `${id}-${THUMBNAIL}.webp`), thumbnail.bytes);
  const seconds = ((performance.now() - start) / 1000).toFixed(1);
  console.log(
    `${id}: ${picture.width}x${picture.height}, ${full.bytes.length} B at quality ${full.quality}, ` +
      `thumbnail ${thumbnail.bytes.length} B, ${seconds} s`,
  );
}
