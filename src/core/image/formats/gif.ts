import { ByteReader, EndOfData, type PictureInfo } from './bytes';

/** Size of the colour table that a flags byte announces. */
export const tableBytes = (flags: number) => (flags & 0x80 ? 3 << ((flags & 7) + 1) : 0);

/** Moves past data in blocks of up to 255 bytes, the empty one at their end included. */
export function skipSubBlocks(reader: ByteReader): void {
  for (let size = reader.u8(); size !== 0; size = reader.u8()) reader.skip(size);
}

/** GIF blocks up to the trailer. A missing trailer after a whole frame is forgiven, as browsers do. */
export function inspectGif(bytes: Uint8Array): PictureInfo {
  const reader = new ByteReader(bytes, 6);
  const width = reader.u16(true);
  const height = reader.u16(true);
  let frames = 0;
  let truncated = false;
  try {
    const flags = reader.u8();
    reader.skip(2 + tableBytes(flags));
    while (reader.left > 0 || frames === 0) {
      const block = reader.u8();
      if (block === 0x3b) break;
      if (block === 0x21) {
        reader.skip(1); // the extension's label
        skipSubBlocks(reader);
      } else if (block === 0x2c) {
        reader.skip(8);
        reader.skip(tableBytes(reader.u8()) + 1);
        skipSubBlocks(reader);
        frames++;
      } else break; // bytes after the last frame that are not a block: decoders stop here too
    }
  } catch (error) {
    if (!(error instanceof EndOfData)) throw error;
    truncated = frames === 0;
  }
  return { format: 'GIF', width, height, animated: frames > 1, truncated };
}
