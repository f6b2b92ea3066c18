import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { readPictureFile } from './picture-file';

const SIZE = { width: 32, height: 32 };
const pixels = Uint8Array.from({ length: 32 * 32 * 3 }, (_, i) => (i * 7) % 200);
const image = () => sharp(pixels, { raw: { ...SIZE, channels: 3 } });
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tokenoscope-pictures-'));
});
afterAll(() => rm(folder, { recursive: true }));

async function read(name: string, bytes: Uint8Array | string): Promise<Uint8Array> {
  await writeFile(join(folder, name), bytes);
  return (await readPictureFile(join(folder, name), SIZE)).data;
}

/** A chunk behind a PNG's header; its checksum is not looked at. */
function withChunk(png: Buffer, type: string, content: readonly number[]): Buffer {
  const chunk = Buffer.from([0, 0, 0, content.length, ...Buffer.from(type), ...content, 0, 0, 0, 0]);
  return Buffer.concat([png.subarray(0, 33), chunk, png.subarray(33)]);
}

it('reads what lacks only its end as if it were whole', async () => {
  const png = await image().png().toBuffer();
  expect(await read('a.png', png.subarray(0, -12))).toEqual(pixels);
  const jpeg = await image().jpeg().toBuffer();
  expect(await read('b.jpg', jpeg.subarray(0, -2))).toEqual(await read('c.jpg', jpeg));
});

it('shows CMYK without a profile as browsers do', async () => {
  const raw = { width: 1, height: 1, channels: 4 as const };
  const ink = Buffer.from([0, 255, 128, 0]);
  const jpeg = await sharp(ink, { raw })
    .pipelineColourspace('cmyk')
    .toColourspace('cmyk')
    .jpeg({ quality: 100 });
  const file = await jpeg.toBuffer();
  const { icc } = await sharp(file).metadata();
  expect(icc).toBeUndefined();
  const [red, green, blue] = await read('ink.jpg', file);
  const stored = await sharp(file).pipelineColourspace('cmyk').toColourspace('cmyk').raw().toBuffer();
  const [c, m, y, k] = [...stored].map((value) => 255 - value);
  expect([red, green, blue]).toEqual([c, m, y].map((light) => Math.floor((light! * k!) / 255)));
});

it('honours cICP, and refuses HDR with a way out', async () => {
  const png = await image().png().toBuffer();
  expect(await read('linear.png', withChunk(png, 'cICP', [1, 8, 0, 1]))).not.toEqual(pixels);
  await expect(read('hdr.png', withChunk(png, 'cICP', [9, 16, 0, 1]))).rejects.toMatchObject({
    code: 'not-an-image',
    message: expect.stringContaining('"hdr.png" is an HDR picture'),
    hint: expect.stringContaining('sRGB'),
  });
});

it('reads SVG in UTF-16, without a size or a namespace, and cut', async () => {
  const red = '<svg><rect width="300" height="300" fill="#f00"/>';
  for (const source of [
    `${red}</svg>`,
    red,
    Buffer.from(`\ufeff${red}</svg>`, 'utf16le'),
    `<!--${'x'.repeat(50_000)}-->${red}</svg>`,
  ]) {
    expect([...(await read('x.svg', source)).subarray(0, 3)]).toEqual([255, 0, 0]);
  }
});

it('refuses what a browser shows nothing of', async () => {
  const webp = await image().webp().toBuffer();
  await expect(read('cut.webp', webp.subarray(0, -20))).rejects.toMatchObject({ code: 'image-truncated' });
});
