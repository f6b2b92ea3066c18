import sharp, { type Sharp } from 'sharp';
import type { RgbImage } from '../core/image/pixels';

/** An image codec to compare models with. */
export interface Codec {
  readonly id: 'jpeg' | 'webp' | 'avif';
  /** On the codec's own scale. */
  readonly qualities: readonly number[];
  compress(image: Sharp, quality: number): Sharp;
}

/** Dense at the low end, where models compete. */
const QUALITIES = [1, 10, 25, 50, 75, 90];

// The pictures are tiny: several at a time use the cores better than several threads for one.
sharp.concurrency(1);

/** With the encoders' usual settings (4:2:0 chroma), and optimal Huffman tables for JPEG. */
export const codecs: readonly Codec[] = [
  {
    id: 'jpeg',
    qualities: QUALITIES,
    compress: (image, quality) => image.jpeg({ quality, optimiseCoding: true }),
  },
  {
    id: 'webp',
    qualities: QUALITIES,
    compress: (image, quality) => image.webp({ quality, effort: 6 }),
  },
  {
    id: 'avif',
    qualities: QUALITIES,
    compress: (image, quality) => image.avif({ quality, chromaSubsampling: '4:2:0', effort: 4 }),
  },
];

/** A picture after a codec, and how large the file was. */
export async function throughCodec(
  codec: Codec,
  image: RgbImage,
  quality: number,
): Promise<{ readonly bytes: number; readonly image: RgbImage }> {
  const { width, height } = image;
  const file = await codec
    .compress(sharp(image.data, { raw: { width, height, channels: 3 } }), quality)
    .toBuffer();
  const data = await sharp(file).toColourspace('srgb').removeAlpha().raw().toBuffer();
  return { bytes: file.length, image: { width, height, data: new Uint8Array(data) } };
}
