import type { Segmentation } from '../../engine/text/api';
import { CAN_SHARE } from '../../engine/text/shared-memory';
import type { TextDocument } from './document';

/** Id, start and end (4 bytes each) and hue of a token. */
const TOKEN_BYTES = 13;

/** Tokens per byte where nothing is known yet: the usual vocabularies need a token for three to five bytes. */
const USUAL_RATE = 0.3;

/** About how many bytes of memory a text and its columns take, workers included. */
export function memoryOf(document: TextDocument, columns: readonly (Segmentation | undefined)[]): number {
  const size = document.bytes.length;
  const copies = CAN_SHARE ? 1 : 2;
  let total = size * copies;
  for (const column of columns) {
    const tokens = column ? column.tokens.ids.length : size * USUAL_RATE;
    // A worker reads the text as characters as well.
    total += tokens * TOKEN_BYTES * copies;
  }
  return total + size;
}
