/** How merges make one token of its own smallest symbols, whatever a pre-tokenizer would do with its text. */
export interface MergedToken {
  /**
   * Whether all merges of its symbols, the lowest rank first, end in this one token. If they do not, they do not in any
   * text: merges within a token are chosen without regard to what stands beside it.
   */
  readonly isMade: boolean;
  /** The two tokens of its last merge; undefined for a symbol, and where merges do not make it. */
  readonly halves: readonly [left: number, right: number] | undefined;
  /** Whether a piece that is this token becomes it without any merge. */
  readonly isTakenWhole: boolean;
}
