import { TokenoscopeError } from '../../../core/errors';
import { dropAlpha } from '../../../core/image/convert';
import type { RgbImage } from '../../../core/image/pixels';
import { measure } from '../../../measures/image-measures';
import type { Handlers } from '../../rpc/server';
import { hashBytes } from '../hash';
import type { Codec, CodecPicture } from './codec';
import type { CodecsApi } from './codecs.api';

const modules = import.meta.glob<Codec>('./*.codec.ts', { import: 'codec' });

/** Pictures whose files are kept: as many as there may be lanes of different sizes, and what was open before. */
const KEPT = 12;

interface Known {
  readonly picture: CodecPicture;
  readonly image: RgbImage;
}

/** The handlers of the codecs' worker. */
export function codecHandlers(): Handlers<CodecsApi> {
  const known = new Map<string, Known>();

  /** The same object for the same pixels, so that what was made of them is found again. */
  function knownPicture(picture: CodecPicture): Known {
    const { width, height, rgba } = picture;
    const key = `${width} ${height} ${hashBytes(rgba)}`;
    const found = known.get(key) ?? { picture, image: dropAlpha({ width, height, data: rgba }) };
    known.delete(key); // and added again: the last one used comes last
    known.set(key, found);
    if (known.size > KEPT) known.delete(known.keys().next().value!);
    return found;
  }

  return {
    async open({ codec }) {
      await (await find(codec)).open();
      return null;
    },

    async encode({ codec, picture: given, target }, { signal }) {
      const began = performance.now();
      const { picture, image } = knownPicture(given);
      const { bytes, rgba, isSmallest } = await (await find(codec)).encode(picture, target, signal);
      const ms = performance.now() - began;
      const { width, height } = picture;
      return {
        bytes,
        rgba,
        isSmallest,
        metrics: measure(image, dropAlpha({ width, height, data: rgba })),
        ms,
      };
    },

    async decode({ codec, file, width, height }) {
      const began = performance.now();
      const rgba = await (await find(codec)).decode(file, { width, height });
      return { bytes: file, rgba, isSmallest: false, metrics: {}, ms: performance.now() - began };
    },
  };
}

async function find(name: string): Promise<Codec> {
  const load = modules[`./${name}.codec.ts`];
  if (load) return load();
  throw new TokenoscopeError(
    'model-unknown',
    `The codec "${name}" is not here.`,
    'Choose another one in the lane’s menu.',
  );
}
