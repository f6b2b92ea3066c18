import { type PointerEvent, useRef } from 'react';

/** What a drag sideways calls. */
export interface HorizontalDrag {
  /** The drag begins. */
  readonly onStart?: () => void;
  /** The pointer's place, at the beginning and after every move. */
  readonly onMove: (event: PointerEvent) => void;
  /** A mouse or a pen that moves without being pressed. */
  readonly onHover?: (event: PointerEvent) => void;
}

/** Until a finger has moved this far, its direction is unknown. CSS pixels. */
const SLOP = 6;

/**
 * Handlers of something that is dragged sideways. A mouse drags at once. A finger first shows where it goes: sideways
 * it drags, up or down the page scrolls and nothing moves (with `touch-action: pan-y`), and a tap is a drag of no length.
 */
export function useHorizontalDrag({ onStart, onMove, onHover }: HorizontalDrag) {
  /** Undefined while nothing is pressed; `from` is where a finger touched down, while its direction is unknown. */
  const state = useRef<{ readonly from?: { readonly x: number; readonly y: number } } | undefined>(undefined);

  const begin = (event: PointerEvent) => {
    state.current = {};
    onStart?.();
    onMove(event);
  };
  return {
    onPointerDown: (event: PointerEvent) => {
      if (event.button !== 0) return;
      event.currentTarget.setPointerCapture(event.pointerId);
      if (event.pointerType === 'touch') {
        state.current = { from: { x: event.clientX, y: event.clientY } };
        return;
      }
      event.preventDefault();
      begin(event);
    },
    onPointerMove: (event: PointerEvent) => {
      const { current } = state;
      if (!current) {
        if (event.pointerType === 'mouse') onHover?.(event);
        return;
      }
      if (!current.from) {
        onMove(event);
        return;
      }
      const [dx, dy] = [Math.abs(event.clientX - current.from.x), Math.abs(event.clientY - current.from.y)];
      if (Math.max(dx, dy) < SLOP) return;
      if (dx >= dy) begin(event);
      else state.current = undefined;
    },
    onPointerUp: (event: PointerEvent) => {
      if (state.current?.from) begin(event);
      state.current = undefined;
    },
    onPointerCancel: () => {
      state.current = undefined;
    },
  };
}
