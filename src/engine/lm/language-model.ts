/** The vocabulary of a language model. Ids are 0 to `size` - 1. */
export interface LmVocabulary {
  readonly size: number;
  /** What a token adds to a text; none for a control token. Do not change it. */
  bytes(id: number): Uint8Array;
}

/**
 * The tokens before a place, the newest first: a list that shares its tail with all that began alike, so that a step
 * costs one object. A model may remember by it what it has computed.
 */
export interface Prefix {
  /** Undefined at the start of a text. */
  readonly before: Prefix | undefined;
  /** The newest token; -1 at the start of a text. */
  readonly id: number;
  /** Tokens. */
  readonly length: number;
}

/** The start of a text. */
export const START: Prefix = { before: undefined, id: -1, length: 0 };

/** A prefix and one token more. */
export function extend(prefix: Prefix, id: number): Prefix {
  return { before: prefix, id, length: prefix.length + 1 };
}

/** A prefix and more tokens. */
export function extendBy(prefix: Prefix, ids: ArrayLike<number>): Prefix {
  let longer = prefix;
  for (let i = 0; i < ids.length; i++) longer = extend(longer, ids[i]!);
  return longer;
}

/** The tokens of a prefix, the oldest first. */
export function idsOf(prefix: Prefix): number[] {
  const ids = new Array<number>(prefix.length);
  for (let at: Prefix = prefix; at.before; at = at.before) ids[at.length - 1] = at.id;
  return ids;
}

/** Tokens that may follow a prefix. */
export interface Continuation {
  readonly prefix: Prefix;
  readonly ids: ArrayLike<number>;
}

/** An autoregressive language model: a distribution over the next token, whatever it is computed by. */
export interface LanguageModel {
  readonly vocabulary: LmVocabulary;
  /**
   * The distributions of the token that follows each prefix, computed together.
   * @returns one array of `vocabulary.size` probabilities for each prefix, which sum to 1; do not change them
   * @throws TokenoscopeError `aborted`
   */
  next(prefixes: readonly Prefix[], signal?: AbortSignal): Promise<readonly Float64Array[]>;
  /**
   * How likely continuations are, computed together.
   * @returns for each continuation the base-2 logarithm of every token's probability
   * @throws TokenoscopeError `aborted`
   */
  score(continuations: readonly Continuation[], signal?: AbortSignal): Promise<readonly Float64Array[]>;
}

/** The vocabulary of single bytes: 256 tokens, whose ids are their bytes. */
export const byteVocabulary: LmVocabulary = (() => {
  const all = Array.from({ length: 256 }, (_, byte) => Uint8Array.of(byte));
  return { size: 256, bytes: (id) => all[id]! };
})();

/** What a tokenizer says of itself, as far as a model's vocabulary needs it. */
export interface TokenBytes {
  readonly vocabularySize: number;
  tokenBytes(id: number): Uint8Array;
}

/** The vocabulary of a tokenizer. */
export function vocabularyOf(tokenizer: TokenBytes): LmVocabulary {
  const known: Uint8Array[] = [];
  return {
    size: tokenizer.vocabularySize,
    bytes(id) {
      known[id] ??= tokenizer.tokenBytes(id);
      return known[id];
    },
  };
}

/** What a text costs under a model. */
export interface TextCost {
  /** -log2 of each token's probability. */
  readonly bits: Float64Array;
  /** UTF-8 bytes of the text. */
  readonly bytes: number;
  /** Bits of all tokens over bytes: the only measure that compares models of different vocabularies. */
  readonly bitsPerByte: number;
}

/**
 * Scores a text from its start.
 * @param ids its tokens
 * @throws TokenoscopeError `aborted`
 */
export async function textCost(
  model: LanguageModel,
  ids: ArrayLike<number>,
  signal?: AbortSignal,
): Promise<TextCost> {
  const [logs] = await model.score([{ prefix: START, ids }], signal);
  const bits = logs!.map((log) => -log);
  let bytes = 0;
  for (let i = 0; i < ids.length; i++) bytes += model.vocabulary.bytes(ids[i]!).length;
  return { bits, bytes, bitsPerByte: bits.reduce((sum, each) => sum + each, 0) / bytes };
}
