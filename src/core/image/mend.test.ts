import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { mendPicture } from './mend';
import { inspectPicture } from './sniff';

const WIDTH = 100;
const HEIGHT = 80;
/** Noise of six bits, because what deflate cannot compress it stores in blocks, which are lost as a whole. */
const pixels = new Uint8Array(WIDTH * HEIGHT * 3);
for (let i = 0, state = 1; i < pixels.length; i++) {
  state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
  pixels[i] = state >>> 26;
}
const noise = () => sharp(pixels, { raw: { width: WIDTH, height: HEIGHT, channels: 3 } });

async function decode(bytes: Uint8Array, failOn: 'warning' | 'error' = 'warning'): Promise<Uint8Array> {
  return sharp(bytes, { failOn }).removeAlpha().raw({ depth: 'uchar' }).toBuffer();
}

async function mended(file: Uint8Array, format: 'PNG' | 'JPEG' | 'GIF'): Promise<Uint8Array> {
  expect(inspectPicture(file, '').truncated).toBe(true);
  const whole = mendPicture(file, format);
  if (!whole) throw new Error('It was not mended.');
  expect(inspectPicture(whole, '')).toMatchObject({ width: WIDTH, height: HEIGHT, truncated: false });
  return decode(whole, format === 'JPEG' ? 'error' : 'warning'); // JPEG cannot tell that data are missing
}

/** How many rows from the top are as in the whole picture. */
function rowsAlike(a: Uint8Array, b: Uint8Array): number {
  const at = a.findIndex((value, i) => value !== b[i]);
  return at < 0 ? HEIGHT : Math.floor(at / (WIDTH * 3));
}

const encodings = [
  ['PNG', () => noise().png()],
  ['PNG', () => noise().png({ adaptiveFiltering: true })],
  ['PNG', () => noise().png({ progressive: true })],
  ['PNG', () => noise().png({ palette: true })],
  ['PNG', () => noise().ensureAlpha().png()],
  ['PNG', () => noise().toColourspace('rgb16').png()],
  ['JPEG', () => noise().jpeg()],
  ['JPEG', () => noise().jpeg({ progressive: true })],
] as const;

describe('a picture that lacks only its end', () => {
  it.each(encodings)('is whole: %s %#', async (format, make) => {
    const file = await make().toBuffer();
    const end = format === 'PNG' ? 12 : 2;
    for (const missing of format === 'PNG' ? [end, end - 1, end - 5, 1] : [end, 1]) {
      const shown = await mended(file.subarray(0, -missing), format);
      expect(Buffer.compare(shown, await decode(file)), `${missing} bytes missing`).toBe(0);
    }
  });

  it('keeps what decides its colours', async () => {
    const file = await noise().withIccProfile('p3').png().toBuffer();
    const whole = mendPicture(file.subarray(0, -12), 'PNG');
    expect(Buffer.from(whole!).includes('iCCP')).toBe(true);
    expect((await sharp(whole).metadata()).icc).toEqual((await sharp(file).metadata()).icc);
  });
});

describe('a picture that is cut in the middle', () => {
  // Without the palette: its noise is not shrunk.
  it.each(encodings.filter((_, i) => i !== 3))(
    'shows what is there, and grey: %s %#',
    async (format, make) => {
      const file = await make().toBuffer();
      const all = await decode(file);
      for (const part of [0.5, 0.7, 0.9]) {
        const shown = await mended(file.subarray(0, Math.floor(file.length * part)), format);
        expect(shown).toHaveLength(all.length);
        if (format === 'JPEG' || file[28] === 1) continue; // by blocks, or by passes over the whole
        const rows = rowsAlike(shown, all);
        expect(rows).toBeGreaterThan(HEIGHT * part * 0.5);
        expect([...shown.subarray(-3)]).toEqual([128, 128, 128]);
      }
    },
  );

  it.each([256, 16, 4, 2])('completes the first frame of a GIF of %i colours', async (colours) => {
    const file = await noise().gif({ colours, dither: 0 }).toBuffer();
    const all = await decode(file);
    for (const part of [0.5, 0.7, 0.9]) {
      const cut = file.subarray(0, Math.floor(file.length * part));
      expect(rowsAlike(await mended(cut, 'GIF'), all)).toBeGreaterThan(HEIGHT * part * 0.4);
    }
    for (let missing = 2; missing < 40; missing++) await mended(file.subarray(0, -missing), 'GIF');
    expect(mendPicture(file.subarray(0, 20), 'GIF')).toBeUndefined();
  });

  it('leaves a GIF alone whose first frame is whole', async () => {
    const frames = await Promise.all([noise().png().toBuffer(), noise().negate().png().toBuffer()]);
    const file = await sharp(frames, { join: { animated: true } })
      .gif({ delay: 50 })
      .toBuffer();
    expect(inspectPicture(file.subarray(0, -40), '').truncated).toBe(false);
  });

  it('fills a BMP up', () => {
    const bytes = new Uint8Array(54 + 4 * 4 * 3);
    const view = new DataView(bytes.buffer);
    bytes.set([0x42, 0x4d]);
    view.setUint32(10, 54, true);
    view.setUint32(14, 40, true);
    view.setInt32(18, 4, true);
    view.setInt32(22, -4, true);
    view.setUint16(28, 24, true);
    const whole = mendPicture(bytes.subarray(0, -10), 'BMP');
    expect(whole).toHaveLength(bytes.length);
    expect([...whole!.subarray(-10)]).toEqual(Array(10).fill(128));
    expect(mendPicture(bytes.subarray(0, 54), 'BMP')).toBeUndefined();
  });
});

describe('what cannot be completed', () => {
  it.each([
    ['WebP', () => noise().webp()],
    ['AVIF', () => noise().avif()],
  ] as const)('is left alone: %s', async (format, make) => {
    expect(mendPicture((await make().toBuffer()).subarray(0, -20), format)).toBeUndefined();
  });

  it('is a picture without pixels, and one that is damaged before it is cut', async () => {
    const png = await noise().png().toBuffer();
    expect(mendPicture(png.subarray(0, 45), 'PNG')).toBeUndefined();
    const jpeg = await noise().jpeg().toBuffer();
    expect(mendPicture(jpeg.subarray(0, 300), 'JPEG')).toBeUndefined();
    const broken = Uint8Array.from(png);
    broken.fill(0xff, 60, 200);
    expect(mendPicture(broken.subarray(0, -12), 'PNG')).toBeUndefined();
  });

  it('is a picture that ends early though its file does not', async () => {
    // Random bytes at random places, seeded: the result is always undefined or bytes.
    const jpeg = await noise().jpeg().toBuffer();
    for (let cut = 3; cut < jpeg.length; cut += 7) {
      const whole = mendPicture(jpeg.subarray(0, cut), 'JPEG');
      if (whole) expect([...whole.subarray(-2)]).toEqual([0xff, 0xd9]);
    }
  });
});
