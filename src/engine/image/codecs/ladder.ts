import { throwIfAborted } from '../../../core/errors';
import type { Codec, CodecPicture } from './codec';

/** A codec with a quality from 0 to `most`, as most have. */
export interface QualityCodec {
  readonly most: number;
  open(): Promise<void>;
  encodeAt(picture: CodecPicture, quality: number): Promise<Uint8Array<ArrayBuffer>>;
  decode: Codec['decode'];
}

/** A codec that finds sizes by its quality. Every quality of a picture is encoded at most once. */
export function byQuality({ most, open, encodeAt, decode }: QualityCodec): Codec {
  const ladders = new WeakMap<CodecPicture, Map<number, Uint8Array<ArrayBuffer>>>();
  return {
    open,
    decode,
    async encode(picture, target, signal) {
      const ladder = ladders.get(picture) ?? new Map<number, Uint8Array<ArrayBuffer>>();
      ladders.set(picture, ladder);
      const at = async (quality: number) => {
        const known = ladder.get(quality);
        if (known) return known;
        await new Promise((resolve) => setTimeout(resolve)); // let an abort, and other calls, in
        throwIfAborted(signal);
        const bytes = await encodeAt(picture, quality);
        ladder.set(quality, bytes);
        return bytes;
      };
      const bytes = await nearest(target, most, at);
      // Against the lowest quality and no other: what was searched for before must not change the answer.
      const { length } = await at(0);
      return { bytes, rgba: await decode(bytes, picture), isSmallest: bytes.length <= length };
    },
  };
}

/**
 * Searches for the quality whose file is nearest to a size, as if sizes grew with quality; they do but for a few bytes,
 * so that the files on the way are compared as well.
 */
async function nearest<F extends { readonly length: number }>(
  target: number,
  most: number,
  at: (quality: number) => Promise<F>,
): Promise<F> {
  let best = await at(0);
  const consider = (file: F) => {
    if (Math.abs(file.length - target) < Math.abs(best.length - target)) best = file;
  };
  let low = 0;
  let high = most;
  if (best.length >= target) return best;
  consider(await at(most));
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    const file = await at(middle);
    consider(file);
    if (file.length < target) low = middle;
    else high = middle;
  }
  return best;
}
