import { memo } from 'react';
import { tokenPieces } from '../../../../core/text/display';
import { levelOf, RTL_PARAGRAPH, visualOrder } from '../../../../core/text/levels';
import { glyphOf } from '../../../../core/text/token-glyphs';
import type { TextDiff } from '../../../../engine/text/compare.api';
import type { Segmentation } from '../../../../engine/text/text.api';
import { cx } from '../../../../ui/cx';
import { TokenPieces } from '../../../../views/token-text/TokenPieces';
import { tokenName } from '../../../../views/token-text/token-name';
import styles from './DiffRows.module.css';
import { divide, partsOf, type Stretch, tokenAt } from './row-parts';

export interface DiffRowProps {
  readonly diff: TextDiff;
  readonly row: number;
  /** UTF-8 of the text. */
  readonly bytes: Uint8Array;
  readonly over: Segmentation;
  readonly under: Segmentation;
  /** What the two tokenizers are called. */
  readonly overLabel: string;
  readonly underLabel: string;
  readonly showWhitespace: boolean;
  /** The bytes that are outlined, where this row has some of them; else -1. */
  readonly markStart: number;
  readonly markEnd: number;
  /** Where the pinned token begins, where it is in this row; else -1. */
  readonly pinnedAt: number;
  /** The line that it is in; -1 for another tokenizer's. */
  readonly pinnedLine: number;
  /** The difference that is read, and the one that Tab reaches, where this row has some of it; else -1. */
  readonly current: number;
  readonly tabStop: number;
}

/** One row: what both have once, and what differs twice. */
export const DiffRow = memo(function DiffRow(props: DiffRowProps) {
  const { diff, row, bytes, over, under, overLabel, underLabel, current, tabStop } = props;
  const parts = partsOf(diff, row);
  const { levels } = over;
  // The order on screen, where the text has scripts that run from right to left.
  const levelAt = (at: number) => levels?.[Math.max(0, tokenAt(over.tokens, at))] ?? 0;
  const own = levels ? parts.map(({ start }) => levelAt(start)) : null;
  const order = own && visualOrder(own.map(levelOf));
  const isRtl = ((own?.[0] ?? 0) & RTL_PARAGRAPH) !== 0;
  const shown = order
    ? order.map((i) => [parts[i]!, own![i]!] as const)
    : parts.map((part) => [part, 0] as const);
  return (
    <div className={cx(styles.row, isRtl && styles.rtl)} role="presentation">
      {shown.map(([part, level]) => {
        const dir = levelOf(level) % 2 === 1 ? { dir: 'rtl' as const } : {};
        if (part.place < 0) {
          return (
            <span key={part.start} className={styles.same} role="presentation" {...dir}>
              {part.over.map((stretch) => (
                <Segment
                  key={stretch[0]}
                  {...props}
                  stretch={stretch}
                  line={0}
                  segmentation={over}
                  isShared
                />
              ))}
            </span>
          );
        }
        const { starts, ends } = diff.places;
        const [from, to] = [starts[part.place]!, ends[part.place]!];
        const name = () =>
          `${overLabel}: ${spoken(bytes, over, divide(diff.over, from, to))}; ${underLabel}: ${spoken(bytes, under, divide(diff.under, from, to))}`;
        return (
          <span
            key={part.start}
            data-place={part.place}
            className={cx(styles.place, part.place === current && styles.current)}
            {...dir}
            {...(part.continues
              ? { 'aria-hidden': true }
              : {
                  role: 'option',
                  'aria-label': name(),
                  'aria-selected': part.place === current,
                  'aria-posinset': part.place + 1,
                  'aria-setsize': starts.length,
                  tabIndex: part.place === tabStop ? 0 : -1,
                })}
          >
            <span className={styles.over}>
              {part.over.map((stretch) => (
                <Segment key={stretch[0]} {...props} stretch={stretch} line={0} segmentation={over} />
              ))}
            </span>
            <span className={styles.under}>
              {part.under.map((stretch) => (
                <Segment key={stretch[0]} {...props} stretch={stretch} line={1} segmentation={under} />
              ))}
            </span>
          </span>
        );
      })}
    </div>
  );
});

/** A token as far as it is in the row, or text that no token covers. */
function Segment({
  stretch: [start, end],
  line,
  segmentation: { tokens, glyphs },
  isShared = false,
  bytes,
  showWhitespace,
  markStart,
  markEnd,
  pinnedAt,
  pinnedLine,
}: DiffRowProps & {
  readonly stretch: Stretch;
  readonly line: 0 | 1;
  readonly segmentation: Segmentation;
  readonly isShared?: boolean;
}) {
  const token = tokenAt(tokens, start);
  const glyph = token < 0 ? -1 : glyphOf(glyphs, token);
  const isPinned =
    token >= 0 && tokens.starts[token] === pinnedAt && (pinnedLine === line || (isShared && pinnedLine >= 0));
  const text = <TokenPieces pieces={tokenPieces(bytes, start, end)} showWhitespace={showWhitespace} />;
  return (
    <span
      data-at={start}
      data-line={line}
      className={cx(
        styles.segment,
        token < 0 && styles.gap,
        start < markEnd && end > markStart && styles.marked,
        isPinned && styles.pinned,
      )}
    >
      {glyph >= 0 && glyphs.lost[glyph] === 1 ? <s className={styles.lost}>{text}</s> : text}
    </span>
  );
}

/** The tokens of a stretch for screen readers. */
function spoken(bytes: Uint8Array, { tokens }: Segmentation, stretches: readonly Stretch[]): string {
  return stretches
    .slice(0, SPOKEN)
    .map(([start, end]) => {
      const token = tokenAt(tokens, start);
      return tokenName(tokenPieces(bytes, start, end), token < 0 ? -1 : tokens.ids[token]!);
    })
    .join(', ')
    .concat(stretches.length > SPOKEN ? ` and ${stretches.length - SPOKEN} more` : '');
}

/** Tokens of a difference that are read aloud. */
const SPOKEN = 12;
