/** Bytes that `count` values of `bits` bits take when packed. */
export function packedLength(count: number, bits: number): number {
  return Math.ceil((count * bits) / 8);
}

/**
 * Packs unsigned integers at a fixed width, most significant bit first; the last byte is filled with zeros.
 * @param bits width of a value, 1 to 24
 * @throws RangeError where a value needs more bits
 */
export function packBits(values: ArrayLike<number>, bits: number): Uint8Array {
  const packed = new Uint8Array(packedLength(values.length, bits));
  let held = 0;
  let heldBits = 0;
  let at = 0;
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!;
    if (value >>> bits !== 0) throw new RangeError(`The value ${value} does not fit in ${bits} bits.`);
    // At most 7 bits are pending, and 24 more are added: always below 2^31.
    held = (held << bits) | value;
    heldBits += bits;
    while (heldBits >= 8) {
      heldBits -= 8;
      packed[at++] = held >>> heldBits;
      held &= (1 << heldBits) - 1;
    }
  }
  if (heldBits > 0) packed[at] = held << (8 - heldBits);
  return packed;
}

/**
 * The inverse of `packBits`.
 * @throws RangeError where `packed` is shorter than `count` values of `bits` bits
 */
export function unpackBits(packed: Uint8Array, count: number, bits: number): Uint32Array {
  if (packed.length < packedLength(count, bits))
    throw new RangeError('There are fewer bits than the values need.');
  const values = new Uint32Array(count);
  let held = 0;
  let heldBits = 0;
  let at = 0;
  for (let i = 0; i < count; i++) {
    while (heldBits < bits) {
      held = (held << 8) | packed[at++]!;
      heldBits += 8;
    }
    heldBits -= bits;
    values[i] = held >>> heldBits;
    held &= (1 << heldBits) - 1;
  }
  return values;
}
