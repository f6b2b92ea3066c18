import decoderWasm from '@jsquash/avif/codec/dec/avif_dec.wasm?url';
import encoderWasm from '@jsquash/avif/codec/enc/avif_enc.wasm?url';
import { inspectPicture } from '../../../core/image/sniff';
import type { CodecFacts } from './codec';
import { starter } from './emscripten';
import { byQuality } from './ladder';
import { strangeFile } from './strange-file';

export const facts: CodecFacts = {
  id: 'avif',
  label: 'AVIF',
  note: 'libavif, speed 6, 4:2:0.',
  licence: 'Apache-2.0 (@jsquash/avif)',
  bytes: 4_656_802,
  sizes: 'many',
  place: 3,
};

/** `defaultOptions` of @jsquash/avif, which are those of Squoosh. */
const OPTIONS = {
  quality: 50,
  qualityAlpha: -1,
  denoiseLevel: 0,
  tileColsLog2: 0,
  tileRowsLog2: 0,
  speed: 6,
  subsample: 1,
  chromaDeltaQ: false,
  sharpness: 0,
  tune: 0,
  enableSharpYUV: false,
  bitDepth: 8,
  lossless: false,
};

// The scripts of one thread: those of several start workers from addresses that a build does not know.
const encoder = starter<{
  encode(data: Uint8Array, width: number, height: number, options: typeof OPTIONS): Uint8Array | null;
}>(() => import('@jsquash/avif/codec/enc/avif_enc.js'), encoderWasm);
const decoder = starter<{ decode(data: Uint8Array, bitDepth: number): ImageData | null }>(
  () => import('@jsquash/avif/codec/dec/avif_dec.js'),
  decoderWasm,
);

export const codec = byQuality({
  most: 100,
  async open() {
    await Promise.all([encoder(), decoder()]);
  },
  async encodeAt({ width, height, rgba }, quality) {
    const file = (await encoder()).encode(new Uint8Array(rgba.buffer), width, height, {
      ...OPTIONS,
      quality,
    });
    if (!file) throw new Error('libavif wrote nothing.');
    return file.slice() as Uint8Array<ArrayBuffer>;
  },
  async decode(bytes, size) {
    try {
      const { format, width, height } = inspectPicture(bytes, '');
      if (format !== 'AVIF' || width !== size.width || height !== size.height)
        throw strangeFile('AVIF', size);
    } catch {
      throw strangeFile('AVIF', size);
    }
    const image = (await decoder()).decode(bytes, 8);
    if (image?.width !== size.width || image.height !== size.height) throw strangeFile('AVIF', size);
    return image.data as Uint8ClampedArray<ArrayBuffer>;
  },
});
