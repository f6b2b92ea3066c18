import { describe, expect, it } from 'vitest';
import { toHalf } from './half';

/** The value of 16 bits by the definition (IEEE 754-2019, section 3.4). */
function numberOf(half: number): number {
  const sign = half & 0x8000 ? -1 : 1;
  const exponent = (half >> 10) & 31;
  const fraction = half & 1023;
  if (exponent === 31) return fraction ? Number.NaN : sign * Number.POSITIVE_INFINITY;
  return sign * (exponent === 0 ? fraction * 2 ** -24 : (1 + fraction / 1024) * 2 ** (exponent - 15));
}

function bytesOf(...values: number[]): Uint8Array {
  return new Uint8Array(Float32Array.from(values).buffer);
}

function halvesOf(...values: number[]): number[] {
  const bytes = toHalf(bytesOf(...values));
  if (!(bytes instanceof Uint8Array)) throw new Error(`${bytes.value} is too large`);
  return [...new Uint16Array(bytes.buffer)];
}

const FINITE = Array.from({ length: 0x7c00 }, (_, half) => half);

describe('rounding to half precision', () => {
  it('gives every number that half precision has back', () => {
    const all = [...FINITE, ...FINITE.map((half) => half | 0x8000)];
    expect(halvesOf(...all.map(numberOf))).toEqual(all);
  });

  it('goes to the even side from the middle between any two neighbours, and to the nearer from beside it', () => {
    const middles = FINITE.slice(0, -1).map((half) => (numberOf(half) + numberOf(half + 1)) / 2);
    expect(halvesOf(...middles)).toEqual(FINITE.slice(0, -1).map((half) => half + (half & 1)));
    // The next 32-bit floats above and below the middle.
    const words = new Uint32Array(Float32Array.from(middles).buffer);
    const shifted = (by: number) => [...new Float32Array(words.map((word) => word + by).buffer)];
    expect(halvesOf(...shifted(1))).toEqual(FINITE.slice(1));
    expect(halvesOf(...shifted(-1))).toEqual(FINITE.slice(0, -1));
  });

  it('keeps signs, zero, infinities and NaN', () => {
    expect(halvesOf(0, -0, -1.5, Infinity, -Infinity)).toEqual([0, 0x8000, 0xbe00, 0x7c00, 0xfc00]);
    expect(numberOf(halvesOf(Number.NaN)[0]!)).toBeNaN();
    // A NaN whose bits all lie below those that are kept, and a 32-bit subnormal.
    const odd = new Uint8Array(Uint32Array.of(0x7f800001, 0x00000001, 0x807fffff).buffer);
    expect([...new Uint16Array((toHalf(odd) as Uint8Array).buffer)]).toEqual([0x7e00, 0, 0x8000]);
  });

  it('says which number is too large', () => {
    expect(halvesOf(65_504, -65_519.996)).toEqual([0x7bff, 0xfbff]);
    expect(toHalf(bytesOf(1, 65_520))).toEqual({ index: 1, value: 65_520 });
    expect(toHalf(bytesOf(-3e38))).toMatchObject({ index: 0, value: Math.fround(-3e38) });
  });

  it('reads from any address', () => {
    const shifted = Buffer.concat([Buffer.from('x'), bytesOf(1, -2)]).subarray(1);
    expect([...(toHalf(shifted) as Uint8Array)]).toEqual([0, 0x3c, 0, 0xc0]);
    expect(toHalf(new Uint8Array(0))).toHaveLength(0);
  });
});
