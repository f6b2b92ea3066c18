import {
  type CSSProperties,
  type KeyboardEvent,
  type SyntheticEvent,
  useLayoutEffect,
  useRef,
  useState,
} from 'react';
import { rowOfByte, rowOfToken, rowStart } from '../../core/text/rows';
import type { Segmentation } from '../../engine/text/text.api';
import { contentHeight } from './row-window';
import { TokenRow } from './TokenRow';
import styles from './TokenRows.module.css';
import { tokenAfterKey } from './token-keys';
import type { TokenLooks } from './token-look';
import { PROBE_TEXT, useColumnWidth } from './use-column-width';
import { useRowWindow } from './use-row-window';

/** Heights of a row in pixels; the style sheet draws to the same grid. */
const ROW = 26;
const ROW_WITH_IDS = 42;

/** How columns of one text scroll together. */
export interface SharedScroll {
  /** @returns the way to leave */
  join(follow: (byte: number) => void): () => void;
  /** The visitor has started to move this column. */
  lead(): void;
  /** This column has scrolled to a byte (with its fraction). */
  moved(byte: number): void;
}

export interface TokenRowsProps {
  /** The tokenizer's name. */
  readonly label: string;
  readonly segmentation: Segmentation;
  /** UTF-8 of the text that was tokenized. */
  readonly bytes: Uint8Array;
  /** A different number for a different text, which is then shown from its beginning. */
  readonly sheet: number;
  readonly showWhitespace: boolean;
  /** How tokens are drawn where not by their ids. */
  readonly looks?: TokenLooks | undefined;
  /** The bytes that are outlined. */
  readonly mark: { readonly start: number; readonly end: number } | null;
  /** The pinned token; -1 where there is none. */
  readonly pinned: number;
  /** A token to scroll to; another object for every request. */
  readonly asked?: { readonly index: number } | null;
  readonly scroll: SharedScroll;
  readonly onWidth: (halfCells: number) => void;
  /** The token under the pointer or the keyboard, or null. */
  readonly onPoint: (token: number | null) => void;
  readonly onPin: (token: number) => void;
  readonly onUnpin: () => void;
}

/** A text's tokens in rows, only the visible ones drawn. */
export function TokenRows(props: TokenRowsProps) {
  const { label, segmentation, bytes, sheet, showWhitespace, looks, mark, pinned, asked, scroll } = props;
  const { onWidth, onPoint, onPin, onUnpin } = props;
  const { tokens, rows, options } = segmentation;
  const rowHeight = options.ids ? ROW_WITH_IDS : ROW;
  const viewport = useRef<HTMLDivElement>(null);
  const list = useRef<HTMLDivElement>(null);
  const probe = useRef<HTMLSpanElement>(null);
  useColumnWidth(onWidth, list, probe);
  const { window, onScroll, topRow, scrollToRow, reveal } = useRowWindow(viewport, rows.count, rowHeight);

  useLayoutEffect(
    () =>
      scroll.join((byte) => {
        const row = rowOfByte(rows, tokens, byte);
        const begin = rowStart(rows, tokens, row);
        const length = rowStart(rows, tokens, row + 1) - begin;
        scrollToRow(row + (length > 0 ? Math.min(1, (byte - begin) / length) : 0));
      }),
    [scroll, rows, tokens, scrollToRow],
  );

  // Another layout of the same text keeps the scroll place; another text is shown from its beginning.
  const anchor = useRef({ sheet, byte: 0 });
  // biome-ignore lint/correctness/useExhaustiveDependencies: runs when the rows change, not when the place does
  useLayoutEffect(() => {
    if (anchor.current.sheet !== sheet) {
      anchor.current = { sheet, byte: 0 };
      scrollToRow(0);
    } else if (anchor.current.byte > 0) scrollToRow(rowOfByte(rows, tokens, anchor.current.byte));
  }, [rows, sheet]);

  const handleScroll = () => {
    onScroll();
    const top = topRow();
    const row = Math.floor(top);
    const begin = rowStart(rows, tokens, row);
    const byte = begin + (top - row) * (rowStart(rows, tokens, row + 1) - begin);
    anchor.current.byte = top < 1 ? 0 : Math.ceil(byte);
    scroll.moved(byte);
  };

  const [current, setCurrent] = useState(0);
  const wanted = useRef(-1);
  /** The token that has the focus; -1 where none has. */
  const focused = useRef(-1);
  // A layout of another width may put it into another row, where it is another element.
  // biome-ignore lint/correctness/useExhaustiveDependencies: runs when the rows change
  useLayoutEffect(() => {
    if (focused.current >= 0 && document.activeElement === document.body) wanted.current = focused.current;
  }, [rows]);
  useLayoutEffect(() => {
    if (wanted.current < 0) return;
    const element = list.current?.querySelector<HTMLElement>(`[data-token="${wanted.current}"][role]`);
    if (!element) return;
    wanted.current = -1;
    element.focus({ preventScroll: true });
  });

  // biome-ignore lint/correctness/useExhaustiveDependencies: once for every request
  useLayoutEffect(() => {
    if (!asked) return;
    setCurrent(asked.index);
    scroll.lead();
    reveal(rowOfToken(rows, asked.index));
  }, [asked]);

  const tokenOf = (event: SyntheticEvent): number | undefined => {
    const element = (event.target as Element).closest<HTMLElement>('[data-token]');
    const index = Number(element?.dataset['token'] ?? Number.NaN);
    return index < tokens.ids.length ? index : undefined;
  };

  // Tokens that scroll past a resting pointer have not been pointed at.
  const byKeyboard = useRef(false);

  const handleKey = (event: KeyboardEvent) => {
    byKeyboard.current = true;
    const here = tokenOf(event);
    if (here === undefined || event.altKey || event.metaKey) return;
    if (event.key === 'Enter' || event.key === ' ') {
      onPin(here);
    } else if (event.key === 'Escape') {
      onUnpin();
    } else {
      const page = Math.max(1, Math.floor((viewport.current?.clientHeight ?? 0) / rowHeight) - 1);
      const next = tokenAfterKey(segmentation, here, event.key, event.ctrlKey, page);
      if (next === undefined) return;
      wanted.current = next;
      setCurrent(next);
      scroll.lead();
      reveal(rowOfToken(rows, next));
    }
    event.preventDefault();
  };

  // Tab must reach a token that is drawn: the current one, or else the first in view.
  const { first, last } = window;
  const firstDrawn = rows.count > 0 ? rows.tokens[Math.min(first, rows.count - 1)]! : 0;
  const currentRow = rows.count > 0 ? rowOfToken(rows, Math.min(current, tokens.ids.length - 1)) : 0;
  const currentDrawn = currentRow >= first && currentRow < last;
  const firstWhole = firstDrawn + (first < rows.count && rows.offsets[first]! > 0 ? 1 : 0);
  const tabStop = currentDrawn ? Math.min(current, tokens.ids.length - 1) : firstWhole;

  const lead = () => scroll.lead();
  const drawn = [];
  for (let row = first; row < Math.min(last, rows.count); row++) {
    const begin = rowStart(rows, tokens, row);
    const end = rowStart(rows, tokens, row + 1);
    const marked = mark !== null && mark.start < end && mark.end > begin;
    const from = rows.tokens[row]!;
    const to = row + 1 < rows.count ? rows.tokens[row + 1]! : tokens.ids.length;
    const within = (token: number) => (token >= from && token <= to ? token : -1);
    drawn.push(
      <TokenRow
        key={row}
        segmentation={segmentation}
        bytes={bytes}
        row={row}
        showIds={options.ids}
        showWhitespace={showWhitespace}
        looks={looks}
        markStart={marked ? mark.start : -1}
        markEnd={marked ? mark.end : -1}
        pinned={within(pinned)}
        tabStop={within(tabStop)}
      />,
    );
  }

  return (
    <div
      ref={viewport}
      className={styles.viewport}
      style={{ '--row': `${rowHeight}px` } as CSSProperties}
      onScroll={handleScroll}
      onPointerEnter={lead}
      onWheel={lead}
      onTouchStart={lead}
    >
      <span ref={probe} className={styles.probe} aria-hidden="true">
        {PROBE_TEXT}
      </span>
      <div
        ref={list}
        className={styles.list}
        role="listbox"
        aria-label={`${label} tokens`}
        style={{ height: contentHeight(rows.count, rowHeight) }}
        onPointerOver={(event) => {
          if (!byKeyboard.current) onPoint(tokenOf(event) ?? null);
        }}
        onPointerMove={(event) => {
          if (!byKeyboard.current || (event.movementX === 0 && event.movementY === 0)) return;
          byKeyboard.current = false;
          onPoint(tokenOf(event) ?? null);
        }}
        onPointerLeave={() => {
          if (!byKeyboard.current) onPoint(null);
        }}
        onFocus={(event) => {
          const here = tokenOf(event);
          if (here === undefined) return;
          focused.current = here;
          setCurrent(here);
          onPoint(here);
        }}
        onBlur={() => {
          focused.current = -1;
          onPoint(null);
        }}
        onClick={(event) => {
          const here = tokenOf(event);
          if (here !== undefined) onPin(here);
        }}
        onKeyDown={handleKey}
      >
        <div className={styles.rows} role="presentation" style={{ transform: `translateY(${window.top}px)` }}>
          {drawn}
        </div>
      </div>
    </div>
  );
}
