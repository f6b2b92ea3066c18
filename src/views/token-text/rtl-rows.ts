import { RTL_PARAGRAPH } from '../../core/text/levels';
import type { Segmentation } from '../../engine/text/text.api';

/** Whether a row belongs to a paragraph that runs from right to left. */
export function isRtlRow({ levels, rows, tokens }: Segmentation, row: number): boolean {
  if (!levels) return false;
  const first = rows.tokens[row]!;
  const end = row + 1 < rows.count ? rows.tokens[row + 1]! : tokens.ids.length;
  // A token that continues from the previous row may have begun in another line.
  const token = rows.offsets[row]! > 0 && first + 1 < end ? first + 1 : first;
  return ((levels[token] ?? 0) & RTL_PARAGRAPH) !== 0;
}
