import { START } from '../../engine/lm/language-model';
import {
  type Coded,
  type Costs,
  codeWhole,
  codeWindows,
  costsOf,
  type Pause,
  unigramEntropy,
} from './coding';
import { type Flip, flips, PLACES } from './damage';
import type { Ending, Predictor } from './windows';

/** Bits of a window; 0 for none, which is plain arithmetic coding. */
export const SIZES = [16, 32, 64, 128, 0] as const;

/** A text in bits, as far as it is shown. */
export interface Coding {
  readonly size: (typeof SIZES)[number];
  readonly bits: number;
  readonly windows: number;
  readonly endings: Readonly<Record<Ending, number>>;
  /** Bits per 8-bit token that a unigram model pays; undefined where there are too few. */
  readonly unigram: number | undefined;
  /** Bytes of the passage: windows that begin in its first thousand are taken whole. */
  readonly passage: number;
  /** Its bits, and where its windows end. */
  readonly drawn: Pick<Coded, 'bits' | 'ends' | 'used'>;
  /** One for each place. */
  readonly flips: readonly Flip[];
}

export interface Codings {
  /** By `SIZES`; fewer while they are computed. */
  readonly codings: readonly Coding[];
  /** Bits with an M1 that knows only how frequent bytes are; undefined until it is computed. */
  readonly unigramBits: number | undefined;
  readonly costs: Costs | undefined;
}

interface Work {
  /** Receives the whole of each, by `SIZES`. */
  readonly keep: (coded: Coded) => void;
  /** Receives what there is so far. */
  readonly preview: (codings: Codings) => void;
  readonly pause: Pause;
  /** Bytes of the passage that is drawn; the usual ones by default. */
  readonly passage?: number;
}

/** Codes a text in all ways, one after another. @throws TokenoscopeError `aborted` */
export async function codeAll(
  bytes: Uint8Array,
  predict: Predictor,
  { keep, preview, pause, ...drawn }: Work,
): Promise<Codings> {
  const codings: Coding[] = [];
  let costs: Costs | undefined;
  const parts = SIZES.length + 1;
  for (const [i, size] of SIZES.entries()) {
    const work = { pause: (share: number) => pause((i + 0.7 * share) / parts), ...drawn };
    const coded =
      size === 0 ? await codeWhole(bytes, predict, work) : await codeWindows(bytes, size, predict, work);
    keep(coded);
    const found: Flip[] = [];
    for await (const flip of flips(bytes, coded, predict)) {
      found.push(flip);
      await pause((i + 0.7 + (0.3 * found.length) / PLACES) / parts);
    }
    codings.push({
      size,
      bits: coded.bits.length,
      windows: coded.ends.length,
      endings: coded.endings,
      unigram: unigramEntropy(coded.bits),
      passage: coded.passage.bytes,
      drawn: drawnOf(coded),
      flips: found,
    });
    if (size === 128) costs = await costsOf(bytes, coded.ends, predict, () => pause((i + 1) / parts));
    preview({ codings: [...codings], unigramBits: undefined, costs });
  }
  const unigram = await predict(START);
  const alone = await codeWhole(bytes, () => unigram, {
    pause: (share) => pause((SIZES.length + share) / parts),
  });
  return { codings, unigramBits: alone.bits.length, costs };
}

function drawnOf({ size, bits, ends, used, passage }: Coded): Coding['drawn'] {
  const windows = size === 0 ? 0 : passage.bits / size;
  return { bits: bits.slice(0, passage.bits), ends: ends.slice(0, windows), used: used.slice(0, windows) };
}
