import {
  type KeyboardEvent,
  type Ref,
  type SyntheticEvent,
  useCallback,
  useImperativeHandle,
  useLayoutEffect,
  useRef,
} from 'react';
import { lowerBound } from '../../../../core/text/boundaries';
import type { TextDiff } from '../../../../engine/text/compare.api';
import type { Segmentation } from '../../../../engine/text/text.api';
import { contentHeight } from '../../../../views/token-text/row-window';
import { PROBE_TEXT, useColumnWidth } from '../../../../views/token-text/use-column-width';
import { useRowWindow } from '../../../../views/token-text/use-row-window';
import { useLab, useTextState, useTokenFocus } from '../../context';
import type { TextDocument } from '../../documents';
import { placeOf, type TokenPlace } from '../../token-focus';
import { DiffRow } from './DiffRow';
import styles from './DiffRows.module.css';
import { rowAt, tokenAt } from './row-parts';

/** Height of a row in pixels; the style sheet draws to the same grid. */
const ROW = 56;

/** One of the two tokenizers. */
export interface DiffLine {
  readonly tokenizer: string;
  readonly label: string;
  readonly segmentation: Segmentation;
}

export interface DiffRowsHandle {
  /** Scrolls to a difference. */
  reveal(place: number): void;
}

export interface DiffRowsProps {
  readonly ref: Ref<DiffRowsHandle>;
  readonly diff: TextDiff;
  readonly document: TextDocument;
  readonly lines: readonly [over: DiffLine, under: DiffLine];
  /** The difference that is read; -1 before any. */
  readonly current: number;
  readonly onCurrent: (place: number) => void;
  readonly onWidth: (halfCells: number) => void;
}

/** A text as two tokenizers divide it, in rows of two lines; only the visible ones drawn. */
export function DiffRows({ ref, diff, document, lines, current, onCurrent, onWidth }: DiffRowsProps) {
  const { focus } = useLab();
  const showWhitespace = useTextState((state) => state.showWhitespace);
  const mark = useTokenFocus((state) => {
    const place = state.pointed ?? state.pinned;
    return place?.document === document ? place : null;
  });
  const pinned = useTokenFocus((state) => (state.pinned?.document === document ? state.pinned : null));
  const viewport = useRef<HTMLDivElement>(null);
  const list = useRef<HTMLDivElement>(null);
  const probe = useRef<HTMLSpanElement>(null);
  useColumnWidth(onWidth, list, probe);
  const { rows, places, bytes } = diff;
  const { window, onScroll, reveal } = useRowWindow(viewport, rows.length, ROW);
  const count = places.starts.length;
  const rowOf = useCallback((place: number) => rowAt(rows, places.starts[place] ?? 0), [rows, places]);
  useImperativeHandle(ref, () => ({ reveal: (place) => reveal(rowOf(place)) }), [reveal, rowOf]);

  const wanted = useRef(-1);
  useLayoutEffect(() => {
    if (wanted.current < 0) return;
    const element = list.current?.querySelector<HTMLElement>(`[data-place="${wanted.current}"][role]`);
    if (!element) return;
    wanted.current = -1;
    element.focus({ preventScroll: true });
  });

  /** The token of a line at a byte. */
  const tokenPlace = (line: 0 | 1, at: number): TokenPlace | null => {
    const { tokenizer, segmentation } = lines[line];
    const index = tokenAt(segmentation.tokens, at);
    return index < 0 ? null : placeOf(tokenizer, document, segmentation, index);
  };
  const under = (event: SyntheticEvent): TokenPlace | null => {
    const element = (event.target as Element).closest<HTMLElement>('[data-at]');
    if (!element) return null;
    return tokenPlace(element.dataset['line'] === '1' ? 1 : 0, Number(element.dataset['at']));
  };
  const differenceOf = (event: SyntheticEvent): number => {
    const element = (event.target as Element).closest<HTMLElement>('[data-place]');
    return element ? Number(element.dataset['place']) : -1;
  };

  const handleKey = (event: KeyboardEvent) => {
    if (event.altKey || event.metaKey || event.ctrlKey) return;
    const here = differenceOf(event);
    if (here < 0) return;
    if (event.key === 'Enter' || event.key === ' ') {
      const place = tokenPlace(0, places.starts[here]!);
      if (place) focus.togglePin(place);
    } else if (event.key === 'Escape') {
      focus.unpin();
    } else {
      const steps: Readonly<Record<string, number>> = {
        ArrowLeft: here - 1,
        ArrowUp: here - 1,
        ArrowRight: here + 1,
        ArrowDown: here + 1,
        Home: 0,
        End: count - 1,
      };
      const next = steps[event.key];
      if (next === undefined) return;
      const to = Math.min(count - 1, Math.max(0, next));
      wanted.current = to;
      onCurrent(to);
      reveal(rowOf(to));
    }
    event.preventDefault();
  };

  const { first, last } = window;
  const firstByte = rows[first] ?? 0;
  const endByte = rows[Math.min(last, rows.length)] ?? bytes;
  // Tab must reach a difference that is drawn: the current one, or else the first in view.
  const start = places.starts[current] ?? -1;
  const firstDrawn = lowerBound(places.starts, firstByte);
  const isDrawn = start >= firstByte && start < endByte;
  const tabStop = isDrawn ? current : firstDrawn;
  const drawn = [];
  for (let row = first; row < Math.min(last, rows.length); row++) {
    const begin = rows[row]!;
    const end = rows[row + 1] ?? bytes;
    const isIn = (place: { readonly start: number; readonly end: number } | null) =>
      place !== null && place.start < end && place.end > begin;
    const holds = (place: number) => {
      const from = places.starts[place] ?? end;
      return from < end && places.ends[place]! > begin ? place : -1;
    };
    drawn.push(
      <DiffRow
        key={row}
        diff={diff}
        row={row}
        bytes={document.bytes}
        over={lines[0].segmentation}
        under={lines[1].segmentation}
        overLabel={lines[0].label}
        underLabel={lines[1].label}
        showWhitespace={showWhitespace}
        markStart={isIn(mark) ? mark!.start : -1}
        markEnd={isIn(mark) ? mark!.end : -1}
        pinnedAt={isIn(pinned) ? pinned!.start : -1}
        pinnedLine={
          pinned?.tokenizer === lines[0].tokenizer ? 0 : pinned?.tokenizer === lines[1].tokenizer ? 1 : -1
        }
        current={holds(current)}
        tabStop={holds(tabStop)}
      />,
    );
  }
  return (
    <div ref={viewport} className={styles.viewport} onScroll={onScroll}>
      <div className={styles.probe} aria-hidden="true">
        <span ref={probe}>{PROBE_TEXT}</span>
      </div>
      <div
        ref={list}
        className={styles.list}
        role="listbox"
        aria-label={`Differences of ${lines[0].label} and ${lines[1].label}`}
        style={{ height: contentHeight(rows.length, ROW) }}
        onPointerOver={(event) => focus.pointAt(under(event))}
        onPointerLeave={() => focus.pointAt(null)}
        onFocus={(event) => {
          const here = differenceOf(event);
          if (here < 0) return;
          onCurrent(here);
          focus.pointAt(tokenPlace(0, places.starts[here]!));
        }}
        onBlur={() => focus.pointAt(null)}
        onClick={(event) => {
          const here = differenceOf(event);
          if (here >= 0) onCurrent(here);
          const place = under(event);
          if (place) focus.togglePin(place);
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
