import { memo, type ReactNode } from 'react';
import { type Piece, tokenPieces } from '../../core/text/display';
import { joinsAcross } from '../../core/text/joining';
import { levelOf } from '../../core/text/levels';
import { gapStart } from '../../core/text/rows';
import { CHANGED, changeOf, SPACE_ADDED } from '../../core/text/token-changes';
import { glyphOf } from '../../core/text/token-glyphs';
import type { Segmentation } from '../../engine/text/text.api';
import { cx } from '../../ui/cx';
import { isRtlRow } from './rtl-rows';
import { TokenGlyph } from './TokenGlyph';
import { TokenPieces } from './TokenPieces';
import styles from './TokenRow.module.css';
import type { TokenLooks } from './token-look';
import { glyphName, tokenName } from './token-name';

export interface TokenRowProps {
  readonly segmentation: Segmentation;
  /** UTF-8 of the text. */
  readonly bytes: Uint8Array;
  readonly row: number;
  readonly showIds: boolean;
  readonly showWhitespace: boolean;
  /** How tokens are drawn where not by their ids. */
  readonly looks?: TokenLooks | undefined;
  /** The bytes that are outlined, where this row has some of them; else -1. */
  readonly markStart: number;
  readonly markEnd: number;
  /** The pinned token, where it is in this row; else -1. */
  readonly pinned: number;
  /** The token that Tab reaches, where it is in this row; else -1. */
  readonly tabStop: number;
}

/** A token or a gap, and its embedding level: odd ones run from right to left. */
interface Item {
  readonly node: ReactNode;
  readonly level: number;
}

/** One row of tokens. Decodes only the bytes that it draws. */
export const TokenRow = memo(function TokenRow(props: TokenRowProps) {
  const { segmentation, bytes, row, showIds, showWhitespace, markStart, markEnd, pinned, tabStop } = props;
  const { looks } = props;
  const { tokens, hues, rows, glyphs, changes, levels } = segmentation;
  const firstToken = rows.tokens[row]!;
  const firstOffset = rows.offsets[row]!;
  const isLast = row + 1 >= rows.count;
  const endToken = isLast ? tokens.ids.length : rows.tokens[row + 1]!;
  const endOffset = isLast ? 0 : rows.offsets[row + 1]!;
  const isRtl = isRtlRow(segmentation, row);
  const items: Item[] = [];
  const levelAt = (token: number) => (levels ? levelOf(levels[token] ?? 0) : 0);
  for (let token = firstToken; token <= endToken; token++) {
    const start = tokens.starts[token] ?? rows.end;
    if (token !== firstToken || firstOffset < 0) {
      const gapFrom = token === firstToken ? start + firstOffset : gapStart(tokens, token, rows.end);
      const gapTo = token === endToken ? Math.min(start, start + endOffset) : start;
      if (gapFrom < gapTo) {
        items.push({
          // A gap between two tokens of one direction has their direction.
          level: Math.min(levelAt(Math.max(0, token - 1)), levelAt(token)),
          node: (
            <Gap
              key={`gap ${token}`}
              pieces={tokenPieces(bytes, gapFrom, gapTo)}
              showWhitespace={showWhitespace}
            />
          ),
        });
      }
    }
    if (token === endToken && endOffset <= 0) break;
    const end = tokens.ends[token]!;
    const from = token === firstToken ? start + Math.max(0, firstOffset) : start;
    const to = token === endToken ? Math.min(end, start + endOffset) : end;
    const id = tokens.ids[token]!;
    const continues = from > start;
    const glyph = glyphOf(glyphs, token);
    const spelling = glyph < 0 ? undefined : glyphs.spellings[glyphs.spelling[glyph]!]!;
    const isLost = glyph >= 0 && glyphs.lost[glyph] === 1;
    const isGlyph = spelling !== undefined && !isLost;
    const pieces = isGlyph ? [] : tokenPieces(bytes, from, to);
    const look = looks?.(token, continues, to < end);
    const name = () => {
      const whole = isGlyph || to === end ? pieces : tokenPieces(bytes, start, to);
      const own = spelling === undefined ? tokenName(whole, id) : glyphName(spelling, whole, id);
      return `${own}${look?.words ?? ''}`;
    };
    const change = changeOf(changes, token);
    items.push({
      level: levelAt(token),
      node: (
        <span
          key={token}
          data-token={token}
          className={cx(
            styles.token,
            spelling !== undefined
              ? isLost
                ? styles.lost
                : styles.spelled
              : (look?.fill ?? styles[`hue${hues[token]!}`]),
            look?.marks,
            continues && styles.continues,
            to < end && !isGlyph && styles.goesOn,
            (change & CHANGED) > 0 && styles.changed,
            (change & SPACE_ADDED) > 0 && !continues && styles.spaceAdded,
            // Only texts with right-to-left scripts have levels, and cursive letters among them.
            levels && joinsAt(segmentation, bytes, token, from) && styles.joinsPrevious,
            levels && joinsAt(segmentation, bytes, token, to) && styles.joinsNext,
            start < markEnd && end > markStart && styles.marked,
            token === pinned && styles.pinned,
          )}
          {...(continues
            ? { 'aria-hidden': true }
            : {
                role: 'option',
                'aria-label': name(),
                'aria-selected': token === pinned,
                'aria-posinset': token + 1,
                'aria-setsize': tokens.ids.length,
                tabIndex: token === tabStop ? 0 : -1,
              })}
        >
          {spelling !== undefined && !continues ? <TokenGlyph spelling={spelling} /> : null}
          {isLost ? (
            <s className={styles.lostText}>
              <TokenPieces pieces={pieces} showWhitespace={showWhitespace} />
            </s>
          ) : (
            <TokenPieces pieces={pieces} showWhitespace={showWhitespace} />
          )}
          {showIds ? <span className={styles.id}>{continues ? '' : id}</span> : null}
        </span>
      ),
    });
  }
  return (
    <div
      className={cx(styles.row, showIds && styles.withIds)}
      role="presentation"
      {...(isRtl ? { dir: 'rtl' } : {})}
    >
      {nested(items, isRtl ? 1 : 0)}
    </div>
  );
});

/** Text that no token holds: white space that is left out, and what is lost. */
function Gap({
  pieces,
  showWhitespace,
}: {
  readonly pieces: readonly Piece[];
  readonly showWhitespace: boolean;
}) {
  const content = <TokenPieces pieces={pieces} showWhitespace={showWhitespace} />;
  const isLost = pieces.some(({ kind }) => kind === 'text' || kind === 'bytes' || kind === 'control');
  return (
    <span className={styles.gap}>{isLost ? <s className={styles.lostText}>{content}</s> : content}</span>
  );
}

/** Whether letters on both sides of a place within or at an end of a token are written as one. */
function joinsAt({ tokens }: Segmentation, bytes: Uint8Array, token: number, at: number): boolean {
  const isStart = at === tokens.starts[token];
  const isEnd = at === tokens.ends[token];
  const before = isStart ? token - 1 : token;
  const after = isEnd ? token + 1 : token;
  if (isStart && tokens.ends[before] !== at) return false;
  if (isEnd && tokens.starts[after] !== at) return false;
  const textOf = (piece: Piece | undefined) => (piece?.kind === 'text' ? piece.text : '');
  const left = tokenPieces(bytes, tokens.starts[before]!, at).at(-1);
  const right = tokenPieces(bytes, at, tokens.ends[after]!)[0];
  return joinsAcross(textOf(left), textOf(right));
}

/** Items in runs of their direction, in the order of the text: the runs put them in the order of the screen. */
function nested(items: readonly Item[], level: number): ReactNode[] {
  const nodes: ReactNode[] = [];
  for (let i = 0; i < items.length; i++) {
    if (items[i]!.level <= level) {
      nodes.push(items[i]!.node);
      continue;
    }
    const from = i;
    while (i + 1 < items.length && items[i + 1]!.level > level) i++;
    nodes.push(
      <span key={`run ${from}`} dir={level % 2 === 0 ? 'rtl' : 'ltr'} role="presentation">
        {nested(items.slice(from, i + 1), level + 1)}
      </span>,
    );
  }
  return nodes;
}
