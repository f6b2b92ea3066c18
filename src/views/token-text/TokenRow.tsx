import { memo } from 'react';
import { tokenPieces } from '../../core/text/display';
import { gapStart } from '../../core/text/rows';
import type { Segmentation } from '../../engine/text/text.api';
import { cx } from '../../ui/cx';
import { TokenPieces } from './TokenPieces';
import styles from './TokenRow.module.css';
import { tokenName } from './token-name';

export interface TokenRowProps {
  readonly segmentation: Segmentation;
  /** UTF-8 of the text. */
  readonly bytes: Uint8Array;
  readonly row: number;
  readonly showIds: boolean;
  readonly showWhitespace: boolean;
  /** The bytes that are outlined, where this row has some of them; else -1. */
  readonly markStart: number;
  readonly markEnd: number;
  /** The pinned token, where it is in this row; else -1. */
  readonly pinned: number;
  /** The token that Tab reaches, where it is in this row; else -1. */
  readonly tabStop: number;
}

/** One row of tokens. Decodes only the bytes that it draws. */
export const TokenRow = memo(function TokenRow(props: TokenRowProps) {
  const { segmentation, bytes, row, showIds, showWhitespace, markStart, markEnd, pinned, tabStop } = props;
  const { tokens, hues, rows } = segmentation;
  const firstToken = rows.tokens[row]!;
  const firstOffset = rows.offsets[row]!;
  const isLast = row + 1 >= rows.count;
  const endToken = isLast ? tokens.ids.length : rows.tokens[row + 1]!;
  const endOffset = isLast ? 0 : rows.offsets[row + 1]!;
  const children = [];
  for (let token = firstToken; token <= endToken; token++) {
    const start = tokens.starts[token] ?? rows.end;
    if (token !== firstToken || firstOffset < 0) {
      const gapFrom = token === firstToken ? start + firstOffset : gapStart(tokens, token, rows.end);
      const gapTo = token === endToken ? Math.min(start, start + endOffset) : start;
      if (gapFrom < gapTo) {
        children.push(
          <span key={`gap ${token}`} className={styles.gap}>
            <TokenPieces pieces={tokenPieces(bytes, gapFrom, gapTo)} showWhitespace={showWhitespace} />
          </span>,
        );
      }
    }
    if (token === endToken && endOffset <= 0) break;
    const end = tokens.ends[token]!;
    const from = token === firstToken ? start + Math.max(0, firstOffset) : start;
    const to = token === endToken ? Math.min(end, start + endOffset) : end;
    const id = tokens.ids[token]!;
    const pieces = tokenPieces(bytes, from, to);
    const continues = from > start;
    children.push(
      <span
        key={token}
        data-token={token}
        className={cx(
          styles.token,
          styles[`hue${hues[token]!}`],
          continues && styles.continues,
          to < end && styles.goesOn,
          start < markEnd && end > markStart && styles.marked,
          token === pinned && styles.pinned,
        )}
        {...(continues
          ? { 'aria-hidden': true }
          : {
              role: 'option',
              'aria-label': tokenName(to === end ? pieces : tokenPieces(bytes, start, to), id),
              'aria-selected': token === pinned,
              'aria-posinset': token + 1,
              'aria-setsize': tokens.ids.length,
              tabIndex: token === tabStop ? 0 : -1,
            })}
      >
        <TokenPieces pieces={pieces} showWhitespace={showWhitespace} />
        {showIds ? <span className={styles.id}>{continues ? '' : id}</span> : null}
      </span>,
    );
  }
  return (
    <div className={cx(styles.row, showIds && styles.withIds)} role="presentation">
      {children}
    </div>
  );
});
