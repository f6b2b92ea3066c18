/** Says what the file is; part of the format. */
export const LEXICON_FORMAT = 'tokenoscope-lexicon';

/** A lexicon of Less-is-Better as a file: chunks, the best one first; the place is the id. */
export interface LexiconFile {
  readonly format: typeof LEXICON_FORMAT;
  readonly version: 1;
  /** How texts are segmented: at each place the longest chunk competes with the second longest one. */
  readonly model: 'Less-is-Better';
  readonly chunks: readonly string[];
}

export function lexiconJson(chunks: readonly string[]): LexiconFile {
  return { format: LEXICON_FORMAT, version: 1, model: 'Less-is-Better', chunks: [...chunks] };
}
