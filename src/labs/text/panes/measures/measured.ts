import type { MeasuredText } from '../../../../engine/text/study.api';
import type { TextDocument } from '../../documents';

/** What a tokenizer's worker measured, and what it was asked. */
export interface Measured extends MeasuredText {
  readonly by: string;
  readonly measures: readonly string[];
  readonly document: TextDocument;
}
