import { ByteReader, EndOfData, type PictureInfo } from './bytes';

/** The RIFF header and the first chunk (VP8, VP8L or VP8X) of a WebP file. */
export function inspectWebp(bytes: Uint8Array): PictureInfo {
  const reader = new ByteReader(bytes, 4);
  const truncated = reader.u32(true) + 8 > bytes.length;
  reader.skip(4);
  const chunk = reader.text(4);
  reader.skip(4);
  let width: number;
  let height: number;
  let animated = false;
  if (chunk === 'VP8X') {
    animated = (reader.u32(true) & 0x02) !== 0;
    width = reader.u24() + 1;
    height = reader.u24() + 1;
  } else if (chunk === 'VP8L') {
    reader.skip(1); // signature 0x2f
    const bits = reader.u32(true);
    width = (bits & 0x3fff) + 1;
    height = ((bits >>> 14) & 0x3fff) + 1;
  } else if (chunk === 'VP8 ') {
    reader.skip(6); // frame tag and start code
    width = reader.u16(true) & 0x3fff;
    height = reader.u16(true) & 0x3fff;
  } else throw new EndOfData();
  return { format: 'WebP', width, height, animated, truncated };
}
