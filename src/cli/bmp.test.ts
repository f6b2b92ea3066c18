import { describe, expect, it } from 'vitest';
import { encodeBmp } from '../core/image/bmp';
import { inspectPicture } from '../core/image/sniff';
import { decodeBmp } from './bmp';

interface Parts {
  readonly width: number;
  readonly height: number;
  readonly bits: number;
  readonly compression?: number;
  readonly masks?: readonly number[];
  /** Blue, green, red, 0. */
  readonly palette?: readonly number[];
  readonly pixels: readonly number[];
}

function bmp({ width, height, bits, compression = 0, masks = [], palette = [], pixels }: Parts): Uint8Array {
  const offset = 54 + masks.length * 4 + palette.length;
  const bytes = new Uint8Array(offset + pixels.length);
  const view = new DataView(bytes.buffer);
  bytes.set([0x42, 0x4d]);
  view.setUint32(10, offset, true);
  view.setUint32(14, 40, true);
  view.setInt32(18, width, true);
  view.setInt32(22, height, true);
  view.setUint16(28, bits, true);
  view.setUint32(30, compression, true);
  view.setUint32(46, palette.length / 4, true);
  for (const [i, mask] of masks.entries()) view.setUint32(54 + i * 4, mask, true);
  bytes.set(palette, 54 + masks.length * 4);
  bytes.set(pixels, offset);
  return bytes;
}

const INKS = [0, 0, 255, 0, 0, 255, 0, 0, 255, 0, 0, 0, 9, 9, 9, 0];
const [RED, GREEN, BLUE, GREY] = ['255,0,0', '0,255,0', '0,0,255', '9,9,9'];

/** Red, green and blue of every pixel, row by row. */
function colours(parts: Parts): string[][] {
  const { width, height, data } = decodeBmp(bmp(parts));
  return Array.from({ length: height }, (_, y) =>
    Array.from({ length: width }, (_, x) => {
      const at = (y * width + x) * 4;
      return [...data.subarray(at, at + 3)].join();
    }),
  );
}

it('reads what the page writes, in any width', () => {
  for (const [width, height] of [
    [1, 1],
    [5, 3],
    [8, 2],
  ] as const) {
    const data = Uint8ClampedArray.from({ length: width * height * 4 }, (_, i) => (i % 4 === 3 ? 255 : i * 7));
    const file = encodeBmp({ width, height, data });
    expect(decodeBmp(file)).toMatchObject({ width, height });
    expect([...decodeBmp(file).data]).toEqual([...data]);
    expect(inspectPicture(file, '')).toMatchObject({ format: 'BMP', width, height, truncated: false });
  }
});

describe('decodeBmp', () => {
  it('reads 24 bits from the bottom up, and from the top down', () => {
    const pixels = [0, 0, 255, 0, 0, 0, 0, 0, 255, 0, 0, 0, 0, 0];
    const padded = [...pixels.slice(0, 3), 0, ...pixels.slice(8, 11), 0];
    expect(colours({ width: 1, height: 2, bits: 24, pixels: padded })).toEqual([[BLUE], [RED]]);
    expect(colours({ width: 1, height: -2, bits: 24, pixels: padded })).toEqual([[RED], [BLUE]]);
  });

  it.each([
    [1, [0b01010101, 0b01000000, 0, 0], [RED, GREEN, RED, GREEN, RED, GREEN, RED, GREEN, RED]],
    [4, [0x01, 0x23, 0x00, 0, 0, 0, 0, 0], [RED, GREEN, BLUE, GREY, RED, RED, RED, RED, RED]],
    [8, [3, 2, 1, 0, 0, 0, 0, 0, 1, 0, 0, 0], [GREY, BLUE, GREEN, RED, RED, RED, RED, RED, GREEN]],
  ])('reads palettes of %i bits in an odd width', (bits, pixels, row) => {
    expect(colours({ width: 9, height: 1, bits, palette: INKS, pixels })).toEqual([row]);
  });

  it('reads 16 bits with and without masks, each channel to all of 255', () => {
    const white5 = [0xff, 0x7f, 0, 0];
    expect(colours({ width: 1, height: 1, bits: 16, pixels: white5 })).toEqual([['255,255,255']]);
    const masks = [0xf800, 0x7e0, 0x1f];
    expect(
      colours({ width: 2, height: 1, bits: 16, compression: 3, masks, pixels: [0, 0x80, 0xe0, 0x07] }),
    ).toEqual([['132,0,0', GREEN]]);
  });

  it('takes the fourth byte of 32 bits for nothing, unless a mask names it', () => {
    const pixels = [0, 0, 255, 7];
    expect(decodeBmp(bmp({ width: 1, height: 1, bits: 32, pixels })).data[3]).toBe(255);
    const masks = [0xff0000, 0xff00, 0xff, 0xff000000];
    expect(decodeBmp(bmp({ width: 1, height: 1, bits: 32, compression: 6, masks, pixels })).data[3]).toBe(7);
  });

  it('reads run lengths, plain stretches and ends of lines', () => {
    const pixels = [3, 1, 0, 0, 0, 3, 0, 2, 1, 0, 0, 1];
    expect(colours({ width: 3, height: 2, bits: 8, compression: 1, palette: INKS, pixels })).toEqual([
      [RED, BLUE, GREEN],
      [GREEN, GREEN, GREEN],
    ]);
    expect(
      colours({ width: 3, height: 1, bits: 4, compression: 2, palette: INKS, pixels: [3, 0x12, 0, 1] }),
    ).toEqual([[GREEN, BLUE, GREEN]]);
  });

  it('refuses what is cut or unknown', () => {
    expect(() => decodeBmp(bmp({ width: 9, height: 9, bits: 24, pixels: [1, 2, 3] }))).toThrow();
    expect(() => decodeBmp(bmp({ width: 1, height: 1, bits: 7, pixels: [0] }))).toThrow(RangeError);
  });
});
