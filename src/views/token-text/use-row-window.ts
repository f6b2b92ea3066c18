import { type RefObject, useCallback, useLayoutEffect, useRef, useState } from 'react';
import { type RowWindow, rowAtTop, rowWindow, scrollTopOf } from './row-window';

/** Pixels at the lower end of the view in which rows fade out; as in the style sheet. */
const FADE = 16;

/** Drives `rowWindow` from a scrolling element. */
export interface RowWindowHandle {
  readonly window: RowWindow;
  /** To be called on every scroll event. */
  readonly onScroll: () => void;
  /** The row (with its fraction) at the top. */
  readonly topRow: () => number;
  /** Puts a row (with its fraction) at the top. */
  readonly scrollToRow: (row: number) => void;
  /** Scrolls only if the row is not fully visible. */
  readonly reveal: (row: number) => void;
}

export function useRowWindow(
  element: RefObject<HTMLElement | null>,
  rows: number,
  rowHeight: number,
): RowWindowHandle {
  const [window, setWindow] = useState<RowWindow>({ first: 0, last: 0, top: 0 });
  const size = useRef({ rows, rowHeight, view: 0 });

  const update = useCallback(() => {
    const { rows, rowHeight, view } = size.current;
    const next = rowWindow(rows, rowHeight, view, element.current?.scrollTop ?? 0);
    setWindow((old) =>
      old.first === next.first && old.last === next.last && old.top === next.top ? old : next,
    );
  }, [element]);

  useLayoutEffect(() => {
    size.current = { ...size.current, rows, rowHeight };
    update();
  }, [rows, rowHeight, update]);

  useLayoutEffect(() => {
    const box = element.current;
    if (!box) return;
    const observer = new ResizeObserver(() => {
      size.current.view = box.clientHeight - FADE;
      update();
    });
    observer.observe(box);
    return () => observer.disconnect();
  }, [element, update]);

  const topRow = useCallback(() => {
    const { rows, rowHeight, view } = size.current;
    return rowAtTop(rows, rowHeight, view, element.current?.scrollTop ?? 0);
  }, [element]);

  const scrollToRow = useCallback(
    (row: number) => {
      const { rows, rowHeight, view } = size.current;
      if (element.current) element.current.scrollTop = scrollTopOf(rows, rowHeight, view, row);
      update();
    },
    [element, update],
  );

  const reveal = useCallback(
    (row: number) => {
      const { rowHeight, view } = size.current;
      const top = topRow();
      const visible = view / rowHeight;
      if (row < top) scrollToRow(row);
      else if (row + 1 > top + visible) scrollToRow(row + 1 - visible);
    },
    [topRow, scrollToRow],
  );

  return { window, onScroll: update, topRow, scrollToRow, reveal };
}
