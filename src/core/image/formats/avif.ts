import { ByteReader, EndOfData, type PictureInfo } from './bytes';

/** Boxes whose content is boxes, and how many bytes lie before the first of them. */
const CONTAINERS: Readonly<Record<string, number>> = { meta: 4, iprp: 0, ipco: 0 };

/** The brands of an ISO base media file (ftyp box); undefined where it is none. */
export function isoBrands(bytes: Uint8Array): readonly string[] | undefined {
  const reader = new ByteReader(bytes);
  if (bytes.length < 16) return undefined;
  const size = reader.u32();
  if (reader.text(4) !== 'ftyp' || size < 16) return undefined;
  const brands = [reader.text(4)];
  reader.skip(4);
  while (reader.offset + 4 <= Math.min(size, bytes.length)) brands.push(reader.text(4));
  return brands;
}

/** ISO/IEC 23008-12 boxes: the largest image size property, and whether the top-level boxes fit the file. */
export function inspectAvif(bytes: Uint8Array, brands: readonly string[]): PictureInfo {
  let width = 0;
  let height = 0;
  /** Whether the box with the pixels is complete; what follows it may be anything. */
  let pixels = false;
  const visit = (from: number, to: number): void => {
    const reader = new ByteReader(bytes, from);
    while (reader.offset + 8 <= to) {
      const start = reader.offset;
      let size = reader.u32();
      const type = reader.text(4);
      if (size === 1) {
        reader.skip(4); // a file of more than 4 GB is refused long before
        size = reader.u32();
      }
      const end = size === 0 ? to : start + size;
      if (end > to || end < reader.offset) throw new EndOfData();
      const header = CONTAINERS[type];
      if (header !== undefined) visit(reader.offset + header, end);
      else if (type === 'ispe') {
        reader.skip(4);
        const w = reader.u32();
        const h = reader.u32();
        if (w * h > width * height) [width, height] = [w, h];
      }
      if (type === 'mdat' || type === 'idat') pixels = true;
      reader.offset = end;
    }
    if (reader.offset < to) throw new EndOfData();
  };
  let truncated = false;
  try {
    visit(0, bytes.length);
  } catch (error) {
    if (!(error instanceof EndOfData)) throw error;
    truncated = !pixels || width === 0;
  }
  return { format: 'AVIF', width, height, animated: brands.includes('avis'), truncated };
}
