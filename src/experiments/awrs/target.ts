import type { Tokenizer } from '../../core/text/tokens';
import { encodeUtf8 } from '../../core/text/utf8';
import { trainNgram } from '../../engine/lm/kneser-ney';
import {
  byteVocabulary,
  type LanguageModel,
  type LmVocabulary,
  vocabularyOf,
} from '../../engine/lm/language-model';

/** A model of whole strings: a language model one of whose tokens ends the string. */
export interface Target {
  readonly model: LanguageModel;
  /** The token that ends a string. It has no bytes. */
  readonly end: number;
}

interface Options {
  /** Tokens of an n-gram. */
  readonly order: number;
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: (share: number) => void;
}

/**
 * Learns a model of sentences, each of which begins at a start of its own and is ended by a token.
 * @param tokenizer its tokens; bytes where there is none
 * @throws TokenoscopeError `aborted`
 */
export async function learnTarget(
  sentences: readonly string[],
  tokenizer: Tokenizer | undefined,
  options: Options,
): Promise<Target> {
  const inner = tokenizer ? vocabularyOf(tokenizer) : byteVocabulary;
  const end = inner.size;
  const none = new Uint8Array(0);
  const vocabulary: LmVocabulary = { size: end + 1, bytes: (id) => (id === end ? none : inner.bytes(id)) };
  const texts = sentences.map((sentence) => {
    const ids = tokenizer ? tokenizer.encode(sentence).ids : encodeUtf8(sentence);
    return [...ids, end];
  });
  return { model: await trainNgram(texts, vocabulary, options), end };
}
