import type { Tokenizer } from '../core/text/tokens';
import { type Encodings, type Merge, MergeEncodings } from '../engine/lm/encodings';
import { vocabularyOf } from '../engine/lm/language-model';
import type { TrainedMerges } from '../tokenizers/train/bpe';
import { learnMerges, mergeTokenizer, type Work } from './language-models';

/**
 * How texts are cut here before they are merged: a space goes with the letters, digits or marks behind it, any other
 * character of control or space stands alone. Every character beyond ASCII is a letter, so that two neighbouring bytes
 * decide where a cut is, also within characters: what `Encodings` needs to be exact.
 */
const PATTERN = String.raw` ?(?:[A-Za-z]|[^\x00-\x7F])+| ?[0-9]+| ?[!-/:-@\[-\x60{-~]+|[\s\S]`;

/** Whether texts are cut between two bytes: `PATTERN` in other words. */
export function cutsBetween(left: number, right: number): boolean {
  const kind = kindOf(right);
  return kind === 'alone' || (left !== 0x20 && kindOf(left) !== kind);
}

function kindOf(byte: number): 'letter' | 'digit' | 'mark' | 'alone' {
  if (byte >= 0x80 || (byte >= 0x41 && byte <= 0x5a) || (byte >= 0x61 && byte <= 0x7a)) return 'letter';
  if (byte >= 0x30 && byte <= 0x39) return 'digit';
  return byte > 0x20 && byte < 0x7f ? 'mark' : 'alone';
}

/** A byte-level BPE of which it is known which sequences of its tokens encode a text. */
export interface LocalTokenizer {
  readonly tokenizer: Tokenizer;
  readonly encodings: Encodings;
}

/**
 * Learns byte-level BPE tokenizers from a text, all at once: a smaller one has the first merges of a larger one.
 * @param sizes tokens of each vocabulary, the 256 bytes among them; fewer where no pair occurs twice any more
 * @throws TokenoscopeError `aborted`
 */
export async function learnLocalTokenizers(
  text: string,
  sizes: readonly number[],
  work: Work = {},
): Promise<readonly LocalTokenizer[]> {
  const trained = await learnMerges(text, Math.max(256, ...sizes), PATTERN, work);
  const ids = new Map(trained.names.map((name, id) => [name, id]));
  const merges = trained.merges.map(([left, right]): Merge => {
    const merged = ids.get(trained.names[left]! + trained.names[right]!)!;
    return [left, right, merged];
  });
  return await Promise.all(
    sizes.map(async (size) => {
      const end = merges.findIndex(([, , merged]) => merged >= size);
      const kept = end < 0 ? merges.length : end;
      const smaller: TrainedMerges = {
        ...trained,
        names: trained.names.slice(0, size),
        merges: trained.merges.slice(0, kept),
      };
      const tokenizer = await mergeTokenizer(smaller, PATTERN, work.signal);
      const encodings = new MergeEncodings(vocabularyOf(tokenizer), merges.slice(0, kept), cutsBetween);
      return { tokenizer, encodings };
    }),
  );
}
