/** Widths by the three bits of a size header: the height times one of these (ISO/IEC 18181-1, D.2). */
const RATIOS = [0, 1, 12 / 10, 4 / 3, 3 / 2, 16 / 9, 5 / 4, 2];
/** Bits of a dimension that is no multiple of 8, by its selector. */
const WIDTHS = [9, 13, 18, 30];

/**
 * The size that a bare JPEG XL codestream states, read without decoding anything.
 * @returns undefined where it is none, a file in a container included
 */
export function jxlSize(bytes: Uint8Array): { readonly width: number; readonly height: number } | undefined {
  if (bytes[0] !== 0xff || bytes[1] !== 0x0a || bytes.length < 11) return undefined;
  let at = 16;
  const bits = (count: number) => {
    let value = 0;
    for (let i = 0; i < count; i++, at++) value += ((bytes[at >> 3]! >> (at & 7)) & 1) * 2 ** i;
    return value;
  };
  const isSmall = bits(1) === 1;
  const dimension = () => (isSmall ? (bits(5) + 1) * 8 : bits(WIDTHS[bits(2)]!) + 1);
  const height = dimension();
  const ratio = bits(3);
  const width = ratio === 0 ? dimension() : Math.floor(height * RATIOS[ratio]!);
  return { width, height };
}
