import { describe, expect, it } from 'vitest';
import { pngColour } from './png-colour';

function png(...chunks: readonly (readonly [type: string, content: readonly number[]])[]): Uint8Array {
  const parts = [['IHDR', Array(13).fill(0)] as const, ...chunks, ['IDAT', []] as const].flatMap(
    ([type, content]) => [
      ...[0, 0, 0, content.length],
      ...Buffer.from(type, 'latin1'),
      ...content,
      ...[0, 0, 0, 0],
    ],
  );
  return Uint8Array.from([...Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'), ...parts]);
}

const u32 = (...values: number[]) =>
  values.flatMap((v) => [v >>> 24, (v >>> 16) & 255, (v >>> 8) & 255, v & 255]);
const gamma = (value: number) => ['gAMA', u32(value)] as const;
const SRGB = ['cHRM', u32(31270, 32900, 64000, 33000, 30000, 60000, 15000, 6000)] as const;
const P3 = ['cHRM', u32(31270, 32900, 68000, 32000, 26500, 69000, 15000, 6000)] as const;
const cicp = (primaries: number, transfer: number, full = 1) =>
  ['cICP', [primaries, transfer, 0, full]] as const;

/** Grey values, or one colour, after conversion. */
function greys(bytes: Uint8Array, values = [10, 42, 100, 192]): number[] {
  const rgba = Uint8Array.from(values.flatMap((v) => [v, v, v, 200]));
  pngColour(bytes).apply?.(rgba);
  expect(rgba[3]).toBe(200);
  return values.map((_, i) => rgba[i * 4]!);
}

function colour(bytes: Uint8Array, rgb: readonly number[]): number[] {
  const rgba = Uint8Array.of(...rgb, 255);
  pngColour(bytes).apply?.(rgba);
  return [...rgba.subarray(0, 3)];
}

// What Chromium 156 makes of a ramp of greys, measured by createImageBitmap.
describe('pngColour', () => {
  it.each([
    ['nothing', png(), [10, 42, 100, 192]],
    ['light itself', png(gamma(100_000)), [56, 113, 168, 225]],
    ['a gamma of 2.5', png(gamma(40_000)), [1, 27, 87, 186]],
    ['a gamma of 2.08', png(gamma(48_000)), [4, 42, 105, 196]],
    ['a gamma near that of sRGB', png(gamma(46_000)), [10, 42, 100, 192]],
    ['that gamma with colours', png(gamma(45_455), SRGB), [3, 37, 100, 193]],
    ['colours without a gamma', png(P3), [10, 42, 100, 192]],
    ['no gamma at all', png(gamma(0)), [10, 42, 100, 192]],
    ['sRGB beside a gamma', png(['sRGB', [0]], gamma(100_000)), [10, 42, 100, 192]],
    ['a profile beside a gamma', png(['iCCP', [0]], gamma(100_000)), [10, 42, 100, 192]],
    ['video', png(cicp(1, 1)), [1, 30, 91, 189]],
    ['video codes over a gamma', png(gamma(100_000), cicp(1, 13)), [10, 42, 100, 192]],
    ['video codes of limited range', png(cicp(1, 8, 0)), [10, 42, 100, 192]],
    ['unknown video codes', png(cicp(2, 13)), [10, 42, 100, 192]],
  ])('reads %s', (_, bytes, expected) => {
    const found = greys(bytes);
    for (const [i, value] of expected.entries()) expect(Math.abs(found[i]! - value)).toBeLessThanOrEqual(1);
  });

  it('converts colours, and keeps white', () => {
    expect(colour(png(cicp(12, 13)), [255, 255, 255])).toEqual([255, 255, 255]);
    expect(colour(png(cicp(9, 1)), [255, 255, 255])).toEqual([255, 255, 255]);
    // Display P3's (0, 42, 0) lies outside sRGB: red and blue are clipped.
    expect(colour(png(cicp(12, 13)), [0, 42, 0])).toEqual([0, 43, 0]);
    expect(colour(png(gamma(45_455), P3), [0, 42, 0])).toEqual([0, 38, 0]);
  });

  it('ignores a profile beside video codes, and tells HDR', () => {
    expect(pngColour(png(['iCCP', [0]], cicp(12, 13))).ignoreProfile).toBe(true);
    for (const transfer of [16, 18]) expect(pngColour(png(cicp(9, transfer))).hdr).toBe(true);
  });

  it('takes a cut file as far as it goes', () => {
    expect(pngColour(png(gamma(100_000)).subarray(0, 40)).apply).toBeUndefined();
  });
});
