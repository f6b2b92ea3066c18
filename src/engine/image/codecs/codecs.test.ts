import { readFileSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { describe, expect, it } from 'vitest';
import { codecId, isCodecId } from '../../../core/image/codec-id';
import { codec as blurhash } from './blurhash.codec';
import type { Codec, CodecPicture } from './codec';
import { codecs } from './codecs';
import { codecHandlers } from './codecs.service';
import { jxlSize } from './jxl-size';
import { codec as thumbhash } from './thumbhash.codec';

const require = createRequire(import.meta.url);
const never = new AbortController().signal;

/** A smooth picture: its halves differ in colour. */
function picture(width = 128, height = 128): CodecPicture {
  const rgba = new Uint8ClampedArray(width * height * 4);
  for (let at = 0; at < width * height; at++) {
    const isLeft = at % width < width / 2;
    rgba.set(isLeft ? [200, 40, 40, 255] : [30, 60, 210, 255], at * 4);
  }
  return { width, height, rgba };
}

describe('every codec', () => {
  it('has an id that links can hold, a label, a note and a licence', () => {
    expect(codecs.map(({ id }) => id)).toEqual(['jpeg', 'webp', 'avif', 'jxl', 'thumbhash', 'blurhash']);
    for (const { id, label, note, licence } of codecs) {
      expect(isCodecId(codecId(id))).toBe(true);
      expect(label.length * note.length * licence.length).toBeGreaterThan(0);
      expect(note).toMatch(/\.$/);
    }
  });

  it.each([
    ['avif', ['enc/avif_enc.wasm', 'dec/avif_dec.wasm']],
    ['jxl', ['enc/jxl_enc.wasm', 'dec/jxl_dec.wasm']],
  ])('%s states what it loads', (id, files) => {
    const sizes = files.map((file) => statSync(require.resolve(`@jsquash/${id}/codec/${file}`)).size);
    expect(codecs.find((one) => one.id === id)?.bytes).toBe(sizes.reduce((sum, size) => sum + size, 0));
  });
});

describe.each<[string, Codec, number, number]>([
  ['ThumbHash', thumbhash, 15, 25],
  ['BlurHash', blurhash, 28, 28],
])('%s', (_, codec, least, most) => {
  it('writes one size, and shows what is where', async () => {
    const { bytes, rgba, isSmallest } = await codec.encode(picture(), 1000, never);
    expect(bytes.length).toBeGreaterThanOrEqual(least);
    expect(bytes.length).toBeLessThanOrEqual(most);
    expect(isSmallest).toBe(true);
    expect(rgba).toHaveLength(128 * 128 * 4);
    const [left, right] = [64 * 128 + 8, 64 * 128 + 120].map((at) => [...rgba.subarray(at * 4, at * 4 + 4)]);
    expect(left![0]! - left![2]!).toBeGreaterThan(80);
    expect(right![2]! - right![0]!).toBeGreaterThan(80);
    expect([left![3], right![3]]).toEqual([255, 255]);
  });

  it('shows again what it wrote, and refuses what it did not', async () => {
    const { bytes, rgba } = await codec.encode(picture(), 1, never);
    expect(await codec.decode(bytes, picture())).toEqual(rgba);
    for (const stranger of [new Uint8Array(0), new Uint8Array(3), new Uint8Array(2048).fill(200)]) {
      await expect(codec.decode(stranger, picture())).rejects.toMatchObject({ code: 'link-invalid' });
    }
  });
});

describe('the size of a JPEG XL codestream', () => {
  // The beginnings of files by libjxl (@jsquash/jxl 1.3), of the sizes that they were made of.
  it.each(
    JSON.parse(readFileSync(new URL('./fixtures/jxl-heads.json', import.meta.url), 'utf8')) as {
      width: number;
      height: number;
      head: string;
    }[],
  )('$width × $height', ({ width, height, head }) => {
    const bytes = Uint8Array.from(head.match(/../g)!.map((hex) => Number.parseInt(hex, 16)));
    expect(jxlSize(bytes)).toEqual({ width, height });
  });

  it('is unknown of anything else', () => {
    expect(jxlSize(new Uint8Array(0))).toBeUndefined();
    expect(jxlSize(Uint8Array.of(0xff, 0x0a, 1))).toBeUndefined();
    expect(jxlSize(new TextEncoder().encode('\0\0\0\x0cJXL \r\n\x87\n----'))).toBeUndefined();
  });
});

describe('the codecs’ worker', () => {
  const context = { signal: never, progress: () => {}, transfer: () => {} };

  it('measures what it encodes, by the cheap measures', async () => {
    const frame = await codecHandlers().encode(
      { codec: 'blurhash', picture: picture(), target: 28 },
      context,
    );
    expect(frame.bytes).toHaveLength(28);
    expect(frame.metrics['psnr']).toBeGreaterThan(5);
    expect(frame.metrics['ssim']).toBeLessThan(1);
  });

  it('names a codec that it does not have', async () => {
    await expect(
      codecHandlers().encode({ codec: '../x', picture: picture(), target: 1 }, context),
    ).rejects.toMatchObject({ code: 'model-unknown', message: 'The codec "../x" is not here.' });
  });
});
