import { TokenoscopeError } from '../../../core/errors';
import type { Frame } from '../../../engine/image/image.api';
import { FramePlayer } from '../../../engine/image/player';
import type { CodecTools } from '../lanes/codec-lanes';

const SMALLEST = 100;

const FACTS = { label: 'Tiny', note: 'Tiny.', licence: 'none', bytes: 0, sizes: 'many', place: 1 } as const;

/** Codecs that compute next to nothing, in this thread: `codec:tiny` writes any size from 100 bytes on. */
export const tinyCodecs: CodecTools = {
  all: [{ id: 'tiny', ...FACTS }],
  async open(id, lead, file) {
    const [facts] = tinyCodecs.all;
    if (id !== 'codec:tiny') throw new TokenoscopeError('model-unknown', `${id} is not here.`);
    const { source, label, width, height, original, size } = lead;
    if (!original && !file) throw new TokenoscopeError('link-invalid', 'Tiny needs the original.');
    if (!original && file![0] !== 1)
      throw new TokenoscopeError('link-invalid', 'That is not a Tiny picture.');
    const frame = (asked: number): Frame => {
      const bytes = original ? new Uint8Array(Math.max(SMALLEST, asked)).fill(1) : file!;
      const rgba = new Uint8ClampedArray(width * height * 4);
      const metrics: Record<string, number> = original ? { psnr: bytes.length / 10 } : {};
      const isSmallest = bytes.length === SMALLEST;
      return { k: bytes.length, width, height, rgba, file: { bytes, asked, isSmallest }, metrics, ms: 1 };
    };
    return {
      model: id,
      source,
      label,
      ids: new Uint32Array(0),
      width,
      height,
      original,
      size,
      notes: [],
      file: null,
      codec: {
        facts: facts!,
        most: original ? 32_768 : 1,
        ...(original ? {} : { linked: file! }),
        play: () =>
          new FramePlayer({
            key: () => `tiny ${width} ${original ? '' : file!.length}`,
            order: [128, 256, 1024],
            ticks: [128],
            greedy: false,
            make: async (k) => frame(k),
          }),
      },
    };
  },
  release: () => {},
  dispose: () => {},
};
