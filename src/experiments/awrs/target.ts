import type { Tokenizer } from '../../core/text/tokens';
import { encodeUtf8 } from '../../core/text/utf8';
import { trainNgram } from '../../engine/lm/kneser-ney';
import {
  byteVocabulary,
  extendBy,
  type LanguageModel,
  type LmVocabulary,
  type Prefix,
  START,
  vocabularyOf,
} from '../../engine/lm/language-model';

/** A model of whole strings: a language model one of whose tokens ends the string. */
export interface Target {
  readonly model: Pick<LanguageModel, 'next' | 'score' | 'vocabulary'>;
  /** What stands in front of every string. */
  readonly start: Prefix;
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
  return { model: await trainNgram(texts, vocabulary, options), start: START, end };
}

/** Bytes of the sentences in front of a string, at most: what a network has to keep for every string grows with them. */
const BEFORE = 120;

const LINE_FEED = 10;

/**
 * A network over bytes as a model of whole strings: a string is a paragraph, and what ends it is a line's end. Short
 * sentences of the text stand in front, with an empty line behind each as in the books that it has read, so that it goes on
 * in their manner.
 */
export function paragraphTarget(model: LanguageModel, sentences: readonly string[]): Target {
  const none = new Uint8Array(0);
  const { size, bytes } = model.vocabulary;
  let before: readonly number[] = [];
  for (const sentence of sentences) {
    const longer = [...before, ...encodeUtf8(sentence), LINE_FEED, LINE_FEED];
    if (longer.length <= BEFORE) before = longer;
  }
  return {
    model: {
      vocabulary: { size, bytes: (id) => (id === LINE_FEED ? none : bytes(id)) },
      next: (prefixes, signal) => model.next(prefixes, signal),
      score: (continuations, signal) => model.score(continuations, signal),
    },
    start: extendBy(START, before),
    end: LINE_FEED,
  };
}
