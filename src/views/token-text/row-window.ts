/** Which rows of a long list are drawn, and where. */
export interface RowWindow {
  readonly first: number;
  /** Exclusive. */
  readonly last: number;
  /** Pixels from the top of the scrolled content to row `first`. */
  readonly top: number;
}

/** Browsers cut elements off somewhere above this height (Firefox at 17.9 million pixels). */
const MAX_HEIGHT = 12_000_000;

/** Rows drawn above and below the visible ones. */
const OVERSCAN = 4;

/** Height of the scrolled content. */
export function contentHeight(rows: number, rowHeight: number): number {
  return Math.min(rows * rowHeight, MAX_HEIGHT);
}

/**
 * Rows to draw at a scroll position. All rows have one height, so the time does not depend on their number (a
 * general virtualiser keeps an object per row). Where all rows together are taller than an element may be, the
 * scroll bar shows the share of the way.
 */
export function rowWindow(rows: number, rowHeight: number, view: number, scrollTop: number): RowWindow {
  const shift = scrollShift(rows, rowHeight, view, scrollTop);
  const at = scrollTop + shift;
  const first = Math.max(0, Math.floor(at / rowHeight) - OVERSCAN);
  const last = Math.min(rows, Math.ceil((at + view) / rowHeight) + OVERSCAN);
  return { first, last, top: first * rowHeight - shift };
}

/** Scroll position that puts `row` (with its fraction) at the top of the view. */
export function scrollTopOf(rows: number, rowHeight: number, view: number, row: number): number {
  const total = rows * rowHeight;
  if (total <= MAX_HEIGHT) return row * rowHeight;
  return ((row * rowHeight) / (total - view)) * (MAX_HEIGHT - view);
}

/** The row (with its fraction) at the top of the view. */
export function rowAtTop(rows: number, rowHeight: number, view: number, scrollTop: number): number {
  return (scrollTop + scrollShift(rows, rowHeight, view, scrollTop)) / rowHeight;
}

/** How far the rows are ahead of the scroll bar, in pixels; 0 unless the content is too tall. */
function scrollShift(rows: number, rowHeight: number, view: number, scrollTop: number): number {
  const total = rows * rowHeight;
  if (total <= MAX_HEIGHT) return 0;
  return (scrollTop / (MAX_HEIGHT - view)) * (total - MAX_HEIGHT);
}
