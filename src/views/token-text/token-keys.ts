import { rowOfToken } from '../../core/text/rows';
import type { Segmentation } from '../../engine/text/text.api';

/**
 * The token that a key leads to from `token`; undefined for keys that lead nowhere.
 * Left and right go by tokens, up and down by rows, Home and End to the row's ends (with Ctrl the text's).
 */
export function tokenAfterKey(
  { tokens, rows }: Segmentation,
  token: number,
  key: string,
  ctrl: boolean,
  pageRows: number,
): number | undefined {
  const last = tokens.ids.length - 1;
  const row = rowOfToken(rows, token);
  switch (key) {
    case 'ArrowLeft':
      return Math.max(0, token - 1);
    case 'ArrowRight':
      return Math.min(last, token + 1);
    case 'ArrowUp':
      return inRow(row - 1);
    case 'ArrowDown':
      return inRow(row + 1);
    case 'PageUp':
      return inRow(row - pageRows);
    case 'PageDown':
      return inRow(row + pageRows);
    case 'Home':
      return ctrl ? 0 : rows.tokens[row];
    case 'End':
      return ctrl ? last : Math.max(token, lastOf(row));
    default:
      return undefined;
  }

  /** The token of another row about as far from its beginning. */
  function inRow(wanted: number): number {
    const to = Math.min(rows.count - 1, Math.max(0, wanted));
    if (to === row) return wanted < row ? 0 : last;
    const step = token - rows.tokens[row]!;
    const first = rows.tokens[to]! + (rows.offsets[to]! > 0 ? 1 : 0);
    const reached = Math.min(first + step, Math.max(first, lastOf(to)));
    // A token that spans several rows must not hold the way up or down.
    return Math.min(
      last,
      to > row ? Math.max(reached, token + 1) : Math.min(reached, Math.max(0, token - 1)),
    );
  }

  function lastOf(of: number): number {
    if (of + 1 >= rows.count) return last;
    return rows.tokens[of + 1]! - (rows.offsets[of + 1]! > 0 ? 0 : 1);
  }
}
