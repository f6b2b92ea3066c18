import type { EncodeOptions } from '../../core/text/token-sequence';
import type { VocabularyComparison } from '../vocabulary-listing';
import { nastyTexts } from './corpus';
import { type Difference, explain, type Side } from './explain';
import type { CompareBy } from './parting';

/** One text on which two tokenizers were compared. */
export interface ComparedText {
  readonly label: string;
  readonly text: string;
  /** Null where they agree. */
  readonly difference: Difference | null;
}

/** Where two tokenizers differ. */
export interface DifferReport {
  readonly by: CompareBy;
  /** The visitor's text first, where there is one; then those of the corpus. */
  readonly texts: readonly ComparedText[];
}

/** Ids are comparable where most of what both vocabularies have is numbered the same. */
export function compareBy({ same, moved }: VocabularyComparison): CompareBy {
  return same > moved ? 'ids' : 'cuts';
}

/**
 * Runs two tokenizers over a text and over the corpus.
 * @param own the visitor's text; none where it is empty
 * @param onProgress receives the share done
 * @throws what the sides throw
 */
export async function differ(
  first: Side,
  second: Side,
  by: CompareBy,
  own: string,
  options: EncodeOptions,
  onProgress: (share: number) => void = () => {},
): Promise<DifferReport> {
  const all = own === '' ? nastyTexts : [{ label: 'Your text', text: own }, ...nastyTexts];
  const texts: ComparedText[] = [];
  for (const [i, { label, text }] of all.entries()) {
    texts.push({ label, text, difference: (await explain(text, first, second, by, options)) ?? null });
    onProgress((i + 1) / all.length);
  }
  return { by, texts };
}
