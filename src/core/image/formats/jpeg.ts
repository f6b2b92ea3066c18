import { ByteReader, EndOfData, type PictureInfo } from './bytes';

/** Frame headers SOF0..SOF15, without DHT, JPG and DAC that lie between them. */
const isFrameHeader = (marker: number) =>
  marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc;

/**
 * Reads the orientation tag (0x0112) of the first IFD; 1 where there is none.
 * @param tiff the TIFF structure that follows `Exif\0\0`
 */
function exifOrientation(tiff: Uint8Array): number {
  try {
    const reader = new ByteReader(tiff);
    const littleEndian = reader.text(2) === 'II';
    reader.skip(2);
    reader.offset = reader.u32(littleEndian);
    for (let entries = reader.u16(littleEndian); entries > 0; entries--) {
      const tag = reader.u16(littleEndian);
      reader.skip(6);
      if (tag === 0x0112) return reader.u16(littleEndian);
      reader.skip(4);
    }
  } catch (error) {
    if (!(error instanceof EndOfData)) throw error; // a damaged tag is no reason to refuse the picture
  }
  return 1;
}

/** Moves past entropy-coded data to the next marker that ends it. */
export function skipScan(reader: ByteReader): void {
  for (;;) {
    const at = reader.bytes.indexOf(0xff, reader.offset);
    if (at < 0 || at + 1 >= reader.bytes.length) throw new EndOfData();
    const next = reader.bytes[at + 1]!;
    const inside = next === 0 || (next >= 0xd0 && next <= 0xd7); // stuffed byte or restart marker
    reader.offset = inside ? at + 2 : at + (next === 0xff ? 1 : 0);
    if (!inside && next !== 0xff) return;
  }
}

/**
 * The next marker that has a length, or EOI (0xd9), over stray and fill bytes; the reader stands behind it.
 * @throws EndOfData
 */
export function nextMarker(reader: ByteReader): number {
  for (;;) {
    while (reader.u8() !== 0xff); // to the next marker, over stray bytes
    let marker = reader.u8();
    while (marker === 0xff) marker = reader.u8(); // fill bytes
    const hasNoLength = marker === 0 || marker === 1 || (marker >= 0xd0 && marker <= 0xd8);
    if (!hasNoLength) return marker;
  }
}

/** ITU T.81 markers up to the end of image. A JPEG without its EOI marker has lost its lower part. */
export function inspectJpeg(bytes: Uint8Array): PictureInfo {
  const reader = new ByteReader(bytes, 2);
  let size: { width: number; height: number } | undefined;
  let orientation = 1;
  let truncated = false;
  try {
    for (;;) {
      const marker = nextMarker(reader);
      if (marker === 0xd9) break;
      const end = reader.offset + reader.u16();
      if (isFrameHeader(marker)) {
        reader.skip(1);
        const height = reader.u16();
        size = { width: reader.u16(), height };
      } else if (marker === 0xe1 && reader.left >= 6 && reader.text(6) === 'Exif\0\0') {
        orientation = exifOrientation(bytes.subarray(reader.offset, end));
      }
      if (end > bytes.length) throw new EndOfData();
      reader.offset = end;
      if (marker === 0xda) skipScan(reader);
    }
  } catch (error) {
    if (!(error instanceof EndOfData) || !size) throw error;
    truncated = true;
  }
  if (!size) throw new EndOfData();
  const turned = orientation >= 5 && orientation <= 8;
  return {
    format: 'JPEG',
    width: turned ? size.height : size.width,
    height: turned ? size.width : size.height,
    animated: false,
    truncated,
  };
}
