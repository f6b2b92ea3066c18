import { ByteReader, EndOfData, joinBytes } from './bytes';
import { skipSubBlocks, tableBytes } from './gif';

/**
 * Ends a GIF after its last whole frame.
 * @returns undefined where its first frame is cut: decoders refuse a frame without all of its pixels
 */
export function mendGif(bytes: Uint8Array): Uint8Array<ArrayBuffer> | undefined {
  const reader = new ByteReader(bytes, 10);
  let whole = 0;
  try {
    const flags = reader.u8();
    reader.skip(2 + tableBytes(flags));
    for (let block = reader.u8(); block !== 0x3b; block = reader.u8()) {
      if (block === 0x21) {
        reader.skip(1); // the extension's label
        skipSubBlocks(reader);
      } else if (block === 0x2c) {
        reader.skip(8);
        reader.skip(tableBytes(reader.u8()) + 1);
        skipSubBlocks(reader);
        whole = reader.offset;
      } else break;
    }
  } catch (error) {
    if (!(error instanceof EndOfData)) throw error;
  }
  return whole > 0 ? joinBytes(bytes.subarray(0, whole), Uint8Array.of(0x3b)) : undefined;
}
