import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { packBits, packedLength, unpackBits } from './bits';

describe('packBits', () => {
  it('writes the most significant bit first and fills the last byte with zeros', () => {
    expect([...packBits([0b101, 0b011, 0b111], 3)]).toEqual([0b10101111, 0b10000000]);
    expect([...packBits([0xabcdef], 24)]).toEqual([0xab, 0xcd, 0xef]);
  });

  it('takes exactly two bytes a token at 16 bits', () => {
    expect(packedLength(64, 16)).toBe(128);
    expect([...packBits([0x1234, 0xffff], 16)]).toEqual([0x12, 0x34, 0xff, 0xff]);
  });

  it('gives back what was packed, at every width', () => {
    const values = fc
      .integer({ min: 1, max: 24 })
      .chain((bits) => fc.tuple(fc.constant(bits), fc.array(fc.nat(2 ** bits - 1), { maxLength: 300 })));
    fc.assert(
      fc.property(values, ([bits, list]) => {
        expect([...unpackBits(packBits(list, bits), list.length, bits)]).toEqual(list);
      }),
    );
  });

  it('refuses a value that is too wide, and too few bytes', () => {
    expect(() => packBits([256], 8)).toThrow(RangeError);
    expect(() => unpackBits(new Uint8Array(1), 2, 5)).toThrow(RangeError);
  });
});
