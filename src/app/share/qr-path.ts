import encodeQR from 'qr';

/** More characters than this make more modules (version 25 at the lowest correction) than a phone reads off a projector. */
export const MOST_IN_CODE = 1273;

/**
 * A QR code (ISO/IEC 18004) as a path of unit squares, its quiet zone of four modules included.
 * @param text at most MOST_IN_CODE bytes of UTF-8
 */
export function qrPath(text: string): { readonly size: number; readonly path: string } {
  const rows = encodeQR(text, 'raw', { ecc: 'low', border: 4 });
  const squares = rows.flatMap((row, y) => row.map((isDark, x) => (isDark ? `M${x} ${y}h1v1h-1z` : '')));
  return { size: rows.length, path: squares.join('') };
}
