import { type PreTokenizer, Tokenizer } from 'tokenizers';
import { AlignedText } from '../aligned-text';
import { onigurumaPattern } from '../pretokenizers/oniguruma';
import { matchPattern, splitAt } from '../pretokenizers/split';

/** A tokenizer.json that does nothing but split. */
function splittingJson(Regex: string, behavior: string, invert: boolean): Record<string, unknown> {
  return {
    version: '1.0',
    added_tokens: [],
    normalizer: null,
    pre_tokenizer: { type: 'Split', pattern: { Regex }, behavior, invert },
    post_processor: null,
    decoder: null,
    model: { type: 'WordLevel', vocab: { a: 0 }, unk_token: 'a' },
  };
}

/** What Hugging Face's library makes of an expression; undefined where Oniguruma refuses it. */
export class PatternOracle {
  readonly #isolated: PreTokenizer;
  readonly #matches: PreTokenizer;

  /** @throws Error where Oniguruma refuses the expression */
  constructor(pattern: string) {
    const split = (behavior: string, invert: boolean) =>
      Tokenizer.fromString(JSON.stringify(splittingJson(pattern, behavior, invert))).getPreTokenizer()!;
    this.#isolated = split('Isolated', false);
    this.#matches = split('Removed', true);
  }

  /** Pieces between and of matches, so that empty matches show as well; and matches alone. */
  parts(text: string): [pieces: string[], matches: string[]] {
    const parts = (one: PreTokenizer) => one.preTokenizeString(text).map(([part]) => part);
    return [parts(this.#isolated), parts(this.#matches)];
  }
}

/** The same here. */
function partsHere(pattern: RegExp, text: string): [pieces: string[], matches: string[]] {
  const aligned = AlignedText.from(text);
  const pieces = splitAt(aligned, matchPattern(aligned, pattern), 'Isolated');
  const matches = splitAt(aligned, matchPattern(aligned, pattern, true), 'Removed');
  return [pieces.map((part) => part.text), matches.map((part) => part.text)];
}

/**
 * The first difference on texts, in words; undefined where there is none.
 * @throws PatternError where the expression is refused here
 */
export function patternDifference(
  pattern: string,
  oracle: PatternOracle,
  texts: readonly string[],
): string | undefined {
  const ours = onigurumaPattern(pattern);
  for (const text of texts) {
    const here = JSON.stringify(partsHere(ours, text));
    const there = JSON.stringify(oracle.parts(text));
    if (here !== there) return `${pattern} on ${JSON.stringify(text)}: ${here} instead of ${there}`;
  }
  return undefined;
}
