import { ByteReader, EndOfData, type PictureInfo } from './bytes';

/** PNG chunks up to IEND; an acTL chunk makes it an animation (APNG). */
export function inspectPng(bytes: Uint8Array): PictureInfo {
  const reader = new ByteReader(bytes, 16);
  const width = reader.u32();
  const height = reader.u32();
  let animated = false;
  let truncated = false;
  reader.offset = 8;
  try {
    for (let type = ''; type !== 'IEND'; ) {
      const length = reader.u32();
      type = reader.text(4);
      if (type === 'acTL') animated = true;
      reader.skip(length + 4); // data and CRC
    }
  } catch (error) {
    if (!(error instanceof EndOfData)) throw error;
    truncated = true;
  }
  return { format: 'PNG', width, height, animated, truncated };
}
