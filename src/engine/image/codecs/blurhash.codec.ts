import type { Codec, CodecFacts } from './codec';
import { strangeFile } from './strange-file';

export const facts: CodecFacts = {
  id: 'blurhash',
  label: 'BlurHash',
  note: 'A placeholder of 28 characters: 4 × 3 cosines.',
  licence: 'MIT (blurhash)',
  bytes: 0,
  sizes: 'one',
  place: 6,
};

/** Cosines in each direction, as its authors recommend. */
const ACROSS = 4;
const DOWN = 3;
/** Characters of nine by nine cosines. */
const LONGEST = 166;

export const codec: Codec = {
  async open() {
    await import('blurhash');
  },
  async encode(picture) {
    const { encode } = await import('blurhash');
    const text = encode(picture.rgba, picture.width, picture.height, ACROSS, DOWN);
    const bytes = new TextEncoder().encode(text);
    return { bytes, rgba: await decode(bytes, picture), isSmallest: true };
  },
  decode,
};

async function decode(
  bytes: Uint8Array<ArrayBuffer>,
  size: { readonly width: number; readonly height: number },
) {
  const blurhash = await import('blurhash');
  const text = new TextDecoder().decode(bytes);
  if (bytes.length > LONGEST || !blurhash.isBlurhashValid(text).result) throw strangeFile('BlurHash', size);
  return new Uint8ClampedArray(blurhash.decode(text, size.width, size.height));
}
