import type { TokenSequence } from '../core/text/token-sequence';
import type { ByteSpans } from '../core/text/words';
import type { CutText, TextMeasure } from './text-measures';

/**
 * A tokenized text, or a part of one (a line, what is in one script), with what dear measures look at. All spans are in
 * bytes of `utf8`, the whole text; of a part only its own tokens and words are listed, in the order of the text.
 */
export interface StudiedText extends CutText {
  readonly tokens: TokenSequence;
  /** UTF-8 of the whole text; `bytes` counts those of the part. */
  readonly utf8: Uint8Array;
  readonly wordSpans: ByteSpans;
  readonly words: number;
  /** The unknown token's id; absent where the vocabulary has none. */
  readonly unknownId?: number | undefined;
}

/** A measure that takes more than one pass over the tokens, or the text's bytes: one file in ./text-dear/. */
export interface DearTextMeasure extends Omit<TextMeasure, 'cost' | 'compute'> {
  /** Dear: computed in a worker, and only where it is asked for. */
  readonly cost: 'dear';
  /** @returns undefined where the text has nothing to divide by */
  compute(text: StudiedText): number | undefined;
}

const modules = import.meta.glob<Record<string, DearTextMeasure>>(['./text-dear/*.ts'], { eager: true });

/** Every dear measure of a text, in the order of lists. Adding a file to ./text-dear/ is the only step to add one. */
export const dearTextMeasures: readonly DearTextMeasure[] = Object.values(modules)
  .flatMap((module) => Object.values(module))
  .sort((a, b) => a.place - b.place);
