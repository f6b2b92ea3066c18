import { hashBytes } from '../hash';
import type { Frame } from '../image.api';
import { FramePlayer, type Player } from '../player';
import type { CodecFacts, CodecPicture } from './codec';
import type { CodecFrame } from './codecs.api';
import type { CodecWorker } from './codecs.client';

/** Most bytes that a lane asks a codec for. */
export const MOST_BYTES = 32_768;

/** Sizes that are made ahead, for the chart: two to an octave, from 16 bytes to 8 kB. */
const AHEAD = Array.from({ length: 19 }, (_, i) => Math.round(16 * 2 ** (i / 2)));

/** Plays a codec's files of one picture: a position is the number of bytes that is asked for, a frame's k that of its file. */
export function codecPlayer(
  worker: Pick<CodecWorker, 'encode'>,
  codec: Pick<CodecFacts, 'id' | 'sizes'>,
  picture: CodecPicture,
): Player {
  const key = `codec:${codec.id} ${hashBytes(picture.rgba)} ${picture.width}`;
  return new FramePlayer({
    key: () => key,
    order: codec.sizes === 'one' ? [1] : AHEAD,
    ticks: AHEAD.filter((_, i) => i % 2 === 0),
    greedy: true, // a search has many encodings
    make: async (asked, { signal, background }) =>
      frameOf(await worker.encode(codec.id, picture, asked, { signal, background }), picture, asked),
  });
}

/** Plays one file that came from elsewhere, whatever is asked for. */
export function filePlayer(
  worker: Pick<CodecWorker, 'decode'>,
  codec: Pick<CodecFacts, 'id'>,
  file: Uint8Array<ArrayBuffer>,
  size: Pick<CodecPicture, 'width' | 'height'>,
): Player {
  const key = `codec:${codec.id} file ${hashBytes(file)}`;
  return new FramePlayer({
    key: () => key,
    order: [file.length],
    ticks: [file.length],
    greedy: false,
    make: async (asked, { signal }) =>
      frameOf(await worker.decode(codec.id, file, size, { signal }), size, asked),
  });
}

function frameOf(
  { bytes, rgba, isSmallest, metrics, ms }: CodecFrame,
  { width, height }: Pick<CodecPicture, 'width' | 'height'>,
  asked: number,
): Frame {
  return { k: bytes.length, width, height, rgba, file: { bytes, asked, isSmallest }, metrics, ms };
}
