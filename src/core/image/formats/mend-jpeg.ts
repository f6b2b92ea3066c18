import { ByteReader, EndOfData, joinBytes } from './bytes';
import { nextMarker, skipScan } from './jpeg';

const END_OF_IMAGE = Uint8Array.of(0xff, 0xd9);

/**
 * Ends a JPEG where its data end; decoders fill the missing part of a scan with grey. An incomplete segment is dropped.
 * @returns undefined where the file ends before its first scan
 */
export function mendJpeg(bytes: Uint8Array): Uint8Array<ArrayBuffer> | undefined {
  const reader = new ByteReader(bytes, 2);
  let whole = 2;
  let scans = 0;
  try {
    for (;;) {
      const marker = nextMarker(reader);
      if (marker === 0xd9) break;
      reader.skip(reader.u16() - 2);
      whole = reader.offset;
      if (marker !== 0xda) continue;
      scans++;
      whole = bytes.length; // a scan may end anywhere
      skipScan(reader);
      whole = reader.offset;
    }
  } catch (error) {
    if (!(error instanceof EndOfData)) throw error;
  }
  if (scans === 0) return undefined;
  // A lone 0xff at the end would stuff the marker behind it.
  const end = bytes[whole - 1] === 0xff ? whole - 1 : whole;
  return joinBytes(bytes.subarray(0, end), END_OF_IMAGE);
}
