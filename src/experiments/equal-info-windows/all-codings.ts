import { START } from '../../engine/lm/language-model';
import { type Coded, type Costs, codeWhole, codeWindows, costsOf, unigramEntropy } from './coding';
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

/**
 * Codes a text in all ways, one after another. Yields the share that is done, and what there is so far.
 * @param keep receives the whole of each, by `SIZES`
 */
export function* codeAll(
  bytes: Uint8Array,
  predict: Predictor,
  keep: (coded: Coded) => void,
): Generator<[number, Codings?], Codings> {
  const codings: Coding[] = [];
  let costs: Costs | undefined;
  const parts = SIZES.length + 1;
  for (const [i, size] of SIZES.entries()) {
    const coding = size === 0 ? codeWhole(bytes, predict) : codeWindows(bytes, size, predict);
    const coded = yield* shares(coding, i / parts, 0.7 / parts);
    keep(coded);
    const found: Flip[] = [];
    for (const flip of flips(bytes, coded, predict)) {
      found.push(flip);
      yield [(i + 0.7 + (0.3 * found.length) / PLACES) / parts];
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
    if (size === 128) costs = yield* shares(costsOf(bytes, coded.ends, predict), (i + 1) / parts, 0);
    yield [(i + 1) / parts, { codings: [...codings], unigramBits: undefined, costs }];
  }
  const unigram = predict(START);
  const alone = yield* shares(
    codeWhole(bytes, () => unigram),
    SIZES.length / parts,
    1 / parts,
  );
  return { codings, unigramBits: alone.bits.length, costs };
}

function* shares<T>(walk: Generator<number, T>, from: number, share: number): Generator<[number], T> {
  for (;;) {
    const { done, value } = walk.next();
    if (done) return value;
    yield [from + share * value];
  }
}

function drawnOf({ size, bits, ends, used, passage }: Coded): Coding['drawn'] {
  const windows = size === 0 ? 0 : passage.bits / size;
  return { bits: bits.slice(0, passage.bits), ends: ends.slice(0, windows), used: used.slice(0, windows) };
}
