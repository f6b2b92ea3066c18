type Numbers = Uint8Array | Uint16Array | Uint32Array | Int32Array | Float64Array;

/** A longer copy of an array, with zeros behind what it holds. @param length by default twice as long */
export function enlarged<T extends Numbers>(array: T, length = array.length * 2): T {
  const larger = new (array.constructor as new (length: number) => T)(length);
  larger.set(array);
  return larger;
}
