/** A number beyond what half precision holds. */
export interface TooLarge {
  /** Which of the numbers, from 0. */
  readonly index: number;
  readonly value: number;
}

/** Where rounding to the nearest goes to infinity: 65,504 is the largest number, and 65,520 half a step above it. */
const OVERFLOW = 0x477ff000;
const INFINITE = 0x7f800000;
/** 2^-14, the smallest normal number. */
const NORMAL = 0x38800000;
/** 2^-25, half of the smallest positive number: a tie that rounds to even, which is zero. */
const VANISHES = 0x33000000;
/** Difference of the two exponents' biases, 127 - 15, in place. */
const REBIAS = 0x38000000;

/**
 * Rounds 32-bit floats to 16 bits (IEEE 754 binary16): to the nearest, ties to even, subnormal numbers included.
 * Infinities and NaNs stay what they are.
 * @param source little-endian 32-bit floats, at any address; the length is a multiple of 4
 * @returns little-endian 16-bit floats, or the first finite number that would become infinite
 */
export function toHalf(source: Uint8Array): Uint8Array<ArrayBuffer> | TooLarge {
  // A view of words needs an aligned address. (A Buffer's `slice` would copy nothing.)
  const aligned = source.byteOffset % 4 === 0 ? source : new Uint8Array(source);
  const words = new Uint32Array(aligned.buffer, aligned.byteOffset, aligned.length >> 2);
  const halves = new Uint16Array(words.length);
  for (let i = 0; i < words.length; i++) {
    const word = words[i]!;
    const size = word & 0x7fffffff;
    let half: number;
    if (size >= NORMAL && size < OVERFLOW) {
      const moved = size - REBIAS;
      half = (moved + 0xfff + ((moved >>> 13) & 1)) >>> 13;
    } else if (size <= VANISHES) {
      half = 0;
    } else if (size < NORMAL) {
      half = subnormal(size);
    } else if (size < INFINITE) {
      return { index: i, value: new Float32Array(words.buffer, words.byteOffset + 4 * i, 1)[0]! };
    } else {
      half = size === INFINITE ? 0x7c00 : 0x7e00;
    }
    halves[i] = ((word >>> 16) & 0x8000) | half;
  }
  return new Uint8Array(halves.buffer);
}

/** Multiples of 2^-24, out of the bits of a number below 2^-14. */
function subnormal(size: number): number {
  const mantissa = (size & 0x7fffff) | 0x800000;
  const shift = 126 - (size >>> 23);
  const half = mantissa >>> shift;
  const rest = mantissa & ((1 << shift) - 1);
  const middle = 1 << (shift - 1);
  return rest > middle || (rest === middle && (half & 1) === 1) ? half + 1 : half;
}
