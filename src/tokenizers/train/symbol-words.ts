/**
 * Words as symbols, one behind the other, with how often each word occurs: what merges are learned from. Merging
 * leaves gaps: a symbol points to its neighbours within the word.
 */
export interface SymbolWords {
  /** Symbol ids; -1 where a symbol has become part of the one before it. */
  readonly ids: Int32Array;
  /** Where each word begins in `ids`, and the end of the last one: one number more than words. */
  readonly starts: Uint32Array;
  /** How often each word occurs. */
  readonly counts: Float64Array;
}
