import { findTextTokenizer } from '../../catalog/tokenizers';
import type { Segmentation } from '../../engine/text/text.api';
import type { TextDocument } from './documents';

/** Id, start and end (4 bytes each) and hue of a token. */
const TOKEN_BYTES = 13;

/** Tokens per byte where nothing is known yet: the usual vocabularies need a token for three to five bytes. */
const USUAL_RATE = 0.28;

/**
 * Measured: browsers free a worker's scratch space late, so that a token takes twice its size; a text takes its
 * bytes and its characters.
 */
const TOKEN_FACTOR = 2;
const TEXT_FACTOR = 3;

/**
 * About how many bytes of memory a text and its columns take, workers included.
 * @param columns tokenizers, with their tokens so far
 */
export function memoryOf(
  document: TextDocument,
  columns: readonly { readonly id: string; readonly segmentation: Segmentation | undefined }[],
): number {
  const size = document.bytes.length;
  let total = size * TEXT_FACTOR;
  for (const { id, segmentation } of columns) {
    const tokens = segmentation ? segmentation.tokens.ids.length : size * rateOf(id);
    total += tokens * TOKEN_BYTES * TOKEN_FACTOR;
  }
  return total;
}

function rateOf(id: string): number {
  const kind = findTextTokenizer(id)?.spec.kind;
  return kind === 'utf8-bytes' || kind === 'characters' ? 1 : USUAL_RATE;
}
