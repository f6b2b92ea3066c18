import type { RgbaImage } from './pixels';

const HEADERS = 54;

/**
 * A picture as an uncompressed BMP file of 24 bits a pixel, for what takes files only. Alpha is left out.
 * @param image opaque
 */
export function encodeBmp({ width, height, data }: RgbaImage): Uint8Array<ArrayBuffer> {
  const stride = Math.ceil((width * 3) / 4) * 4;
  const file = new Uint8Array(HEADERS + stride * height);
  const view = new DataView(file.buffer);
  file.set([0x42, 0x4d]);
  view.setUint32(2, file.length, true);
  view.setUint32(10, HEADERS, true);
  view.setUint32(14, HEADERS - 14, true);
  view.setInt32(18, width, true);
  view.setInt32(22, -height, true); // rows from the top
  view.setUint16(26, 1, true);
  view.setUint16(28, 24, true);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const from = (y * width + x) * 4;
      file.set([data[from + 2]!, data[from + 1]!, data[from]!], HEADERS + y * stride + x * 3);
    }
  }
  return file;
}
