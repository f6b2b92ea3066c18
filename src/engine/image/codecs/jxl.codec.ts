import decoderWasm from '@jsquash/jxl/codec/dec/jxl_dec.wasm?url';
import encoderWasm from '@jsquash/jxl/codec/enc/jxl_enc.wasm?url';
import type { CodecFacts } from './codec';
import { starter } from './emscripten';
import { jxlSize } from './jxl-size';
import { byQuality } from './ladder';
import { strangeFile } from './strange-file';

export const facts: CodecFacts = {
  id: 'jxl',
  label: 'JPEG XL',
  note: 'libjxl, effort 7.',
  licence: 'Apache-2.0 (@jsquash/jxl)',
  bytes: 2_213_064,
  sizes: 'many',
  place: 4,
};

/** `defaultOptions` of @jsquash/jxl, which are those of Squoosh. */
const OPTIONS = {
  effort: 7,
  quality: 75,
  progressive: false,
  epf: -1,
  lossyPalette: false,
  decodingSpeedTier: 0,
  photonNoiseIso: 0,
  lossyModular: false,
  lossless: false,
};

// The scripts of one thread: those of several start workers from addresses that a build does not know.
const encoder = starter<{
  encode(data: Uint8ClampedArray, width: number, height: number, options: typeof OPTIONS): Uint8Array | null;
}>(() => import('@jsquash/jxl/codec/enc/jxl_enc.js'), encoderWasm);
const decoder = starter<{ decode(data: Uint8Array): ImageData | null }>(
  () => import('@jsquash/jxl/codec/dec/jxl_dec.js'),
  decoderWasm,
);

export const codec = byQuality({
  most: 99, // 100 is lossless, which is another kind of file
  async open() {
    await Promise.all([encoder(), decoder()]);
  },
  async encodeAt({ width, height, rgba }, quality) {
    const file = (await encoder()).encode(rgba, width, height, { ...OPTIONS, quality });
    if (!file) throw new Error('libjxl wrote nothing.');
    return file.slice() as Uint8Array<ArrayBuffer>;
  },
  async decode(bytes, size) {
    const stated = jxlSize(bytes);
    if (stated?.width !== size.width || stated.height !== size.height) throw strangeFile('JPEG XL', size);
    const image = (await decoder()).decode(bytes);
    if (image?.width !== size.width || image.height !== size.height) throw strangeFile('JPEG XL', size);
    return image.data as Uint8ClampedArray<ArrayBuffer>;
  },
});
