import { levelOf, visualOrder } from '../../core/text/levels';
import { rowOfToken } from '../../core/text/rows';
import type { Segmentation } from '../../engine/text/text.api';
import { isRtlRow } from './rtl-rows';

/**
 * The token that a key leads to from `token`; undefined for keys that lead nowhere.
 * Left and right follow the tokens' order on screen, up and down the rows, Home and End lead to the row's ends (with
 * Ctrl the text's).
 */
export function tokenAfterKey(
  segmentation: Segmentation,
  token: number,
  key: string,
  ctrl: boolean,
  pageRows: number,
): number | undefined {
  const { tokens, rows } = segmentation;
  const last = tokens.ids.length - 1;
  const row = rowOfToken(rows, token);
  switch (key) {
    case 'ArrowLeft':
      return beside(segmentation, token, row, -1);
    case 'ArrowRight':
      return beside(segmentation, token, row, 1);
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
    // A token that spans several rows must not block the way up or down.
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

/** The token to the left (-1) or right (+1) on screen; beyond a row's edge, where reading goes on. */
function beside(segmentation: Segmentation, token: number, row: number, step: -1 | 1): number {
  const { tokens, levels } = segmentation;
  const last = tokens.ids.length - 1;
  const within = (to: number) => Math.min(last, Math.max(0, to));
  if (!levels) return within(token + step);
  const order = rowOrder(segmentation, row);
  const next = order[order.indexOf(token) + step];
  if (next !== undefined) return next;
  const isForward = (step === 1) !== isRtlRow(segmentation, row);
  // Into the row that is read next, or before: at the edge at which reading enters it.
  for (
    let to = row + (isForward ? 1 : -1);
    to >= 0 && to < segmentation.rows.count;
    to += isForward ? 1 : -1
  ) {
    const entered = rowOrder(segmentation, to);
    if (entered.length === 0) continue;
    return isForward !== isRtlRow(segmentation, to) ? entered[0]! : entered.at(-1)!;
  }
  return token;
}

/** The tokens that begin in a row, from left to right. */
function rowOrder({ tokens, rows, levels }: Segmentation, row: number): number[] {
  const first = rows.tokens[row]! + (rows.offsets[row]! > 0 ? 1 : 0);
  const next =
    row + 1 < rows.count ? rows.tokens[row + 1]! + (rows.offsets[row + 1]! > 0 ? 1 : 0) : tokens.ids.length;
  const own = Array.from({ length: Math.max(0, next - first) }, (_, i) => levelOf(levels?.[first + i] ?? 0));
  return visualOrder(own).map((i) => first + i);
}
