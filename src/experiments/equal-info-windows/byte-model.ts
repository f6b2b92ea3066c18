import { type Cumulative, quantised } from '../../engine/lm/arithmetic-coder';
import { type KneserNey, trainNgram } from '../../engine/lm/kneser-ney';
import { byteVocabulary, type Prefix } from '../../engine/lm/language-model';

/** An M1 that answers at once. */
type Counted = (prefix: Prefix) => Cumulative;

/** Bytes of an n-gram, at most. */
const ORDER = 6;

/** Distributions that are remembered, of half a kilobyte each. */
const REMEMBERED = 40_000;

/**
 * Trains M1: behind a context of k bytes the n-gram model of order k + 1, up to the sixth. A context that begins empty at
 * every window is thus no rare case that training never met, as the start of a text would be.
 * @throws TokenoscopeError `aborted`
 */
export async function trainByteModel(
  bytes: Uint8Array,
  work: { readonly signal?: AbortSignal | undefined; readonly onProgress?: (share: number) => void },
): Promise<Counted> {
  const models: KneserNey[] = [];
  for (let order = 1; order <= ORDER; order++) {
    const model = await trainNgram([bytes], byteVocabulary, {
      order,
      signal: work.signal,
      onProgress: (share) => work.onProgress?.((order - 1 + share) / ORDER),
    });
    models.push(model);
  }
  return remembering((prefix) => quantised(models[Math.min(prefix.length, ORDER - 1)]!.distribution(prefix)));
}

/** The same, with what was asked before at hand. */
function remembering(predict: Counted): Counted {
  const known = new Map<number, Cumulative>();
  return (prefix) => {
    const key = contextOf(prefix);
    let found = known.get(key);
    if (!found) {
      found = predict(prefix);
      if (known.size < REMEMBERED) known.set(key, found);
    }
    return found;
  };
}

/** The last five bytes and how many there are, in one number: 43 bits. */
function contextOf(prefix: Prefix): number {
  let key = 0;
  let length = 0;
  for (let at = prefix; at.before && length < ORDER - 1; at = at.before, length++) key = key * 256 + at.id;
  return key * ORDER + length;
}
