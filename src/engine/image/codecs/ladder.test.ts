import { describe, expect, it } from 'vitest';
import type { CodecPicture } from './codec';
import { byQuality } from './ladder';

const picture = (): CodecPicture => ({ width: 1, height: 1, rgba: new Uint8ClampedArray(4) });
const never = new AbortController().signal;

/** A codec whose file at a quality has so many bytes. */
function codecOf(sizeAt: (quality: number) => number) {
  const asked: number[] = [];
  const codec = byQuality({
    most: 100,
    open: async () => {},
    async encodeAt(_, quality) {
      asked.push(quality);
      return new Uint8Array(sizeAt(quality));
    },
    decode: async () => new Uint8ClampedArray(4),
  });
  return { codec, asked };
}

describe('a codec by quality', () => {
  it('finds the size nearest to what is asked for, as trying all would', async () => {
    const sizeAt = (quality: number) => 400 + quality * quality;
    const { codec } = codecOf(sizeAt);
    const one = picture();
    const sizes = Array.from({ length: 101 }, (_, quality) => sizeAt(quality));
    for (let target = 1; target < 12_000; target += 131) {
      const { bytes, isSmallest } = await codec.encode(one, target, never);
      const nearest = Math.min(...sizes.map((size) => Math.abs(size - target)));
      expect(Math.abs(bytes.length - target)).toBe(nearest);
      expect(isSmallest).toBe(bytes.length === 400);
    }
  });

  it('encodes every quality of a picture once, and few of them', async () => {
    const { codec, asked } = codecOf((quality) => 400 + 10 * quality);
    const one = picture();
    await codec.encode(one, 700, never);
    expect(asked.length).toBeLessThan(10);
    const before = asked.length;
    await codec.encode(one, 700, never);
    expect(asked).toHaveLength(before);
    expect(new Set(asked).size).toBe(before);
    await codec.encode(picture(), 700, never);
    expect(asked.length).toBeGreaterThan(before);
  });

  it('says the same of its smallest file whatever was searched for before', async () => {
    // A quality above the lowest whose file is a few bytes smaller: WebP has such.
    const { codec } = codecOf((quality) => (quality === 1 ? 398 : 400 + 10 * quality));
    const one = picture();
    const first = await codec.encode(one, 2, never);
    await codec.encode(one, 405, never);
    const again = await codec.encode(one, 2, never);
    expect([first.bytes.length, first.isSmallest]).toEqual([400, true]);
    expect([again.bytes.length, again.isSmallest]).toEqual([400, true]);
  });

  it('asks for one file where nothing smaller can be had', async () => {
    const { codec, asked } = codecOf(() => 454);
    expect(await codec.encode(picture(), 30, never)).toMatchObject({ isSmallest: true });
    expect(asked).toEqual([0]);
  });

  it('stops between two qualities', async () => {
    const abort = new AbortController();
    const { codec, asked } = codecOf((quality) => {
      if (quality === 100) abort.abort();
      return 10 + quality;
    });
    await expect(codec.encode(picture(), 50, abort.signal)).rejects.toMatchObject({ code: 'aborted' });
    expect(asked).toEqual([0, 100]);
  });
});
