import { trainNgram } from '../../engine/lm/kneser-ney';
import { type LanguageModel, textCost } from '../../engine/lm/language-model';
import { type Coded, tokensOf } from './coding';

/** What a byte of text costs in tokens that nothing was learned from, bits. */
export interface Learned {
  /** A model for which every token is equally likely. */
  readonly uniform: number;
  readonly m2: number;
  /** Tokens of an n-gram of M2. */
  readonly order: number;
}

/** Tokens of an n-gram of M2, at most. */
const MOST = 3;

/** Bytes of text under which M2 has too little to learn from. */
const ENOUGH = 10_000;

const NOTHING = new Uint8Array();

/**
 * M2: an n-gram model that learns to predict the tokens of the first four fifths of a text in bits, and is measured on those
 * of the last fifth. It looks back as many tokens as served best on the last tenth of what it learns from, which it does
 * not count: where tokens are like noise, none.
 * @param bytes of the text
 * @param width bits of a token
 * @returns undefined for a short text
 * @throws TokenoscopeError `aborted`
 */
export async function learnTokens(
  { bits, learnable }: Coded,
  bytes: number,
  width: 8 | 16,
  signal: AbortSignal | undefined,
): Promise<Learned | undefined> {
  if (bytes < ENOUGH) return undefined;
  const cut = Math.floor(learnable.bits / width);
  const tokens = tokensOf(bits, width);
  const counted = Math.floor(0.9 * cut);
  let best: { readonly model: LanguageModel; readonly cost: number; readonly order: number } | undefined;
  for (let order = 1; order <= MOST; order++) {
    const vocabulary = { size: 2 ** width, bytes: () => NOTHING };
    const model = await trainNgram([tokens.subarray(0, counted)], vocabulary, { order, signal });
    const cost = await bitsOf(model, tokens.subarray(counted, cut), signal);
    if (!best || cost < best.cost) best = { model, cost, order };
  }
  const rest = tokens.subarray(cut);
  const measured = bytes - learnable.bytes;
  return {
    uniform: (rest.length * width) / measured,
    m2: (await bitsOf(best!.model, rest, signal)) / measured,
    order: best!.order,
  };
}

async function bitsOf(
  model: LanguageModel,
  tokens: Uint32Array,
  signal: AbortSignal | undefined,
): Promise<number> {
  const { bits } = await textCost(model, tokens, signal);
  return bits.reduce((sum, each) => sum + each, 0);
}
