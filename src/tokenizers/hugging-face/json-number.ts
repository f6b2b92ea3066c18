/**
 * A JSON number as Hugging Face's library reads it. Rust's serde_json, as built there, does not round correctly:
 * it takes the digits as an integer and divides once by a power of ten, which may miss the nearest double by one
 * unit in the last place. Sums of such scores decide between segmentations that are equally likely otherwise.
 * Source: `f64_from_parts` in serde-rs/json, src/de.rs.
 * @param value read correctly, out of the shortest digits that mean it, as every JSON writer writes them
 */
export function asSerdeReads(value: number): number {
  if (Number.isInteger(value)) return value;
  const [mantissa = '', power = '0'] = Math.abs(value).toExponential().split('e');
  const digits = mantissa.replace('.', '');
  const exponent = Number(power) - (digits.length - 1);
  // Where one power of ten is not enough, the number is so small that no score is.
  const read = exponent < -308 ? Math.abs(value) : Number(digits) / Number(`1e${-exponent}`);
  return value < 0 ? -read : read;
}
