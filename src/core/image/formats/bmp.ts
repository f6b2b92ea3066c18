import { ByteReader, type PictureInfo } from './bytes';

/** BITMAPFILEHEADER and BITMAPINFOHEADER (or the older core header). */
export function inspectBmp(bytes: Uint8Array): PictureInfo {
  const reader = new ByteReader(bytes, 10);
  const dataOffset = reader.u32(true);
  const headerSize = reader.u32(true);
  const core = headerSize === 12;
  const width = core ? reader.u16(true) : reader.i32(true);
  const height = Math.abs(core ? reader.u16(true) : reader.i32(true));
  reader.skip(2);
  const bitsPerPixel = reader.u16(true);
  const compression = core ? 0 : reader.u32(true);
  const rowBytes = Math.ceil((width * bitsPerPixel) / 32) * 4;
  const truncated = (compression === 0 || compression === 3) && dataOffset + rowBytes * height > bytes.length;
  return { format: 'BMP', width, height, animated: false, truncated };
}
