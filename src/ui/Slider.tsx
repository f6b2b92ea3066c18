import { type KeyboardEvent, type PointerEvent, type ReactNode, useRef } from 'react';
import { cx } from './cx';
import { useHorizontalDrag } from './horizontal-drag';
import type { LogScale } from './log-scale';
import styles from './Slider.module.css';

export interface SliderProps {
  /** Its name for screen readers. */
  readonly label: string;
  readonly min: number;
  readonly max: number;
  readonly value: number;
  /** The value in words and units. */
  readonly valueText: string;
  /** Called in the task of the event, so that what it moves is painted in the same frame. */
  readonly onChange: (value: number) => void;
  /** Where PageUp and PageDown go, ascending. */
  readonly marks: readonly number[];
  /** Called with the keys that are not the slider's own. */
  readonly onKey?: (key: string) => void;
  /** The cell under a mouse that hovers, or null. */
  readonly onHover?: (value: number | null) => void;
  readonly className?: string | undefined;
  /** Places values otherwise than in cells of equal width. */
  readonly scale?: Pick<LogScale, 'shareOf' | 'valueAt' | 'cellAt'>;
  /** The track: one cell a value, all equally wide, unless there is a scale. The thumb is at the end of the value's cell. */
  readonly children: ReactNode;
}

/** The smallest moves that can be aimed at, in CSS pixels. */
const FINGER = 4;
const MOUSE = 0.75;

/**
 * A slider over a row of cells: mouse, touch and pen drag it sideways, arrows move by one, PageUp and PageDown to the
 * next mark, Home and End to the ends (WAI-ARIA slider pattern).
 */
export function Slider(props: SliderProps) {
  const { label, min, max, value, valueText, onChange, onKey, onHover, className, scale, children } = props;
  const root = useRef<HTMLDivElement>(null);
  const cells = max - min + 1;

  /** `edge` rounds to the nearest end of a cell (dragging the thumb), else to the cell itself (pointing). */
  const at = (event: PointerEvent, edge: boolean) => {
    const box = root.current!.getBoundingClientRect();
    const share = (event.clientX - box.left) / box.width;
    if (scale) {
      const grain = (event.pointerType === 'touch' ? FINGER : MOUSE) / box.width;
      const inside = Math.min(1, Math.max(0, share));
      return edge ? scale.valueAt(inside, grain) : scale.cellAt(inside);
    }
    const place = share * cells;
    const cell = edge ? Math.round(place) : Math.floor(place) + 1;
    return min - 1 + Math.min(cells, Math.max(1, cell));
  };

  const drag = useHorizontalDrag({
    onStart: () => {
      root.current?.focus({ preventScroll: true });
      onHover?.(null);
    },
    onMove: (event) => onChange(at(event, true)),
    onHover: (event) => onHover?.(at(event, false)),
  });
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const next = keyTarget(event.key, props);
    if (next === undefined) {
      onKey?.(event.key);
      return;
    }
    event.preventDefault();
    onChange(Math.min(max, Math.max(min, next)));
  };

  return (
    <div
      ref={root}
      role="slider"
      tabIndex={0}
      aria-label={label}
      aria-orientation="horizontal"
      aria-valuemin={min}
      aria-valuemax={max}
      aria-valuenow={value}
      aria-valuetext={valueText}
      className={cx(styles.slider, className)}
      {...drag}
      onPointerLeave={() => onHover?.(null)}
      onKeyDown={onKeyDown}
    >
      {children}
      <span
        className={styles.thumb}
        style={{ left: `${(scale ? scale.shareOf(value) : (value - min + 1) / cells) * 100}%` }}
      />
    </div>
  );
}

function keyTarget(key: string, { min, max, value, marks }: SliderProps): number | undefined {
  switch (key) {
    case 'ArrowRight':
    case 'ArrowUp':
      return value + 1;
    case 'ArrowLeft':
    case 'ArrowDown':
      return value - 1;
    case 'PageUp':
      return marks.find((mark) => mark > value) ?? max;
    case 'PageDown':
      return marks.findLast((mark) => mark < value) ?? min;
    case 'Home':
      return min;
    case 'End':
      return max;
    default:
      return undefined;
  }
}
