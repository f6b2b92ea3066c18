import { type RefObject, useLayoutEffect } from 'react';

/** Characters in the probe: enough to see a fraction of a pixel per character. */
const PROBE = 100;

/** The probe's text, as wide as that many cells of the token face. */
export const PROBE_TEXT = '0'.repeat(PROBE);

/**
 * Measures a column in half cells of its face. Follows the column's size and the face: when
 * a font arrives late, the probe changes its width.
 */
export function useColumnWidth(
  onWidth: (halfCells: number) => void,
  column: RefObject<HTMLElement | null>,
  probe: RefObject<HTMLElement | null>,
): void {
  useLayoutEffect(() => {
    if (!column.current || !probe.current) return;
    const box = column.current;
    const text = probe.current;
    const measure = () => {
      const cell = text.getBoundingClientRect().width / PROBE;
      if (cell > 0 && box.clientWidth > 0) onWidth(Math.floor((2 * box.clientWidth) / cell));
    };
    const observer = new ResizeObserver(measure);
    observer.observe(box);
    observer.observe(text);
    return () => observer.disconnect();
  }, [onWidth, column, probe]);
}
