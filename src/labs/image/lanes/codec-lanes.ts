import { TokenoscopeError } from '../../../core/errors';
import { codecName } from '../../../core/image/codec-id';
import type { CodecFacts } from '../../../engine/image/codecs/codec';
import { codecs } from '../../../engine/image/codecs/codecs';
import { CodecWorker } from '../../../engine/image/codecs/codecs.client';
import { codecPlayer, filePlayer, MOST_BYTES } from '../../../engine/image/codecs/player';
import type { OpenPicture } from '../source';

/** What a lab needs of codecs. It is loaded when the first of them is wanted. */
export interface CodecTools {
  /** Every codec, in the order of lists. */
  readonly all: readonly CodecFacts[];
  /**
   * Opens the lead's picture for a codec: its original to encode, or where there is none the file that came in a link.
   * @param id as in a lane
   * @param file the file of a link
   * @throws TokenoscopeError where the codec is not here, or has nothing to show
   */
  open(
    id: string,
    lead: OpenPicture,
    file: Uint8Array<ArrayBuffer> | undefined,
    signal: AbortSignal,
  ): Promise<OpenPicture>;
  release(): void;
  dispose(): void;
}

/** The codecs of this build, at work in a worker of their own. */
export function createCodecTools(worker = new CodecWorker()): CodecTools {
  return {
    all: codecs,
    async open(id, lead, file, signal) {
      const facts = codecs.find((one) => one.id === codecName(id));
      if (!facts) {
        throw new TokenoscopeError(
          'model-unknown',
          `The codec “${codecName(id)}” is not here.`,
          'Choose another one in the menu above.',
        );
      }
      const { source, label, width, height, original, size, file: photograph } = lead;
      if (!original && !file) throw noOriginal(facts.label);
      await worker.open(facts.id, { signal });
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
        file: photograph,
        codec: original
          ? {
              facts,
              most: facts.sizes === 'one' ? 1 : MOST_BYTES,
              play: () => codecPlayer(worker, facts, { width, height, rgba: original }),
            }
          : {
              facts,
              most: 1,
              linked: file!,
              play: () => filePlayer(worker, facts, file!, { width, height }),
            },
      };
    },
    release: () => worker.release(),
    dispose: () => worker.dispose(),
  };
}

function noOriginal(label: string): TokenoscopeError {
  return new TokenoscopeError(
    'link-invalid',
    `${label} needs the original, which is not in this link.`,
    'Open the picture itself, or a sample.',
  );
}
