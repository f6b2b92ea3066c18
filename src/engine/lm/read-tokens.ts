import type { LmTokens, OpenModel } from './open-model';

/** Alternatives that are kept of each place, the likeliest ones. */
export const ALTERNATIVES = 8;

/** What a model expected at each token of a text. Typed arrays of equal count, of which the first `count` are known. */
export interface TokenReading {
  readonly ids: Uint32Array;
  /** The first byte of each token, and the text's end. */
  readonly starts: Uint32Array;
  /** -log2 of each token's probability. */
  readonly bits: Float64Array;
  /** How many tokens were likelier. */
  readonly ranks: Uint16Array;
  /** Ids of the `ALTERNATIVES` likeliest tokens in its place, and their probabilities. */
  readonly best: Uint16Array;
  readonly chances: Float32Array;
  /** Tokens that have been read. */
  readonly count: number;
}

/** A reading of which nothing is known but what begins like another one. */
export function beginReading({ ids, starts, ends }: LmTokens, like?: TokenReading): TokenReading {
  const n = ids.length;
  const at = new Uint32Array(n + 1);
  at.set(starts);
  at[n] = n > 0 ? ends[n - 1]! : 0;
  const reading = {
    ids: Uint32Array.from(ids),
    starts: at,
    bits: new Float64Array(n),
    ranks: new Uint16Array(n),
    best: new Uint16Array(n * ALTERNATIVES),
    chances: new Float32Array(n * ALTERNATIVES),
  };
  let count = 0;
  if (like) {
    while (count < Math.min(like.count, n) && like.ids[count] === reading.ids[count]) count++;
    reading.bits.set(like.bits.subarray(0, count));
    reading.ranks.set(like.ranks.subarray(0, count));
    reading.best.set(like.best.subarray(0, count * ALTERNATIVES));
    reading.chances.set(like.chances.subarray(0, count * ALTERNATIVES));
  }
  return { ...reading, count };
}

/**
 * Reads the next tokens of a text: as many as one window of the model gives.
 * @returns the same arrays with more of them known
 * @throws TokenoscopeError `aborted`, `model-run`
 */
export async function readOn(
  { model }: Pick<OpenModel, 'model'>,
  reading: TokenReading,
  signal?: AbortSignal,
): Promise<TokenReading> {
  const { ids, bits, ranks, best, chances, count } = reading;
  const end = Math.min(ids.length, model.readEnd(count));
  await model.read(
    ids,
    count,
    end,
    (index, logits, normalizer) => {
      const own = logits[ids[index]!]!;
      bits[index] = (normalizer - own) / Math.LN2;
      let rank = 0;
      for (let id = 0; id < logits.length; id++) if (logits[id]! > own) rank++;
      ranks[index] = rank;
      const first = index * ALTERNATIVES;
      likeliest(logits, best.subarray(first, first + ALTERNATIVES));
      for (let i = first; i < first + ALTERNATIVES; i++) {
        chances[i] = Math.exp(logits[best[i]!]! - normalizer);
      }
    },
    signal,
  );
  return { ...reading, count: end };
}

/** The indices of the largest values, the largest first. */
export function likeliest(values: ArrayLike<number>, into: Uint16Array | Uint8Array): void {
  let count = 0;
  for (let id = 0; id < values.length; id++) {
    if (count === into.length && values[id]! <= values[into[count - 1]!]!) continue;
    let at = count < into.length ? count++ : count - 1;
    while (at > 0 && values[into[at - 1]!]! < values[id]!) {
      into[at] = into[at - 1]!;
      at--;
    }
    into[at] = id;
  }
}
