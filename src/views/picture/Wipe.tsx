import { type CSSProperties, type KeyboardEvent, type ReactNode, useRef } from 'react';
import { useHorizontalDrag } from '../../ui/horizontal-drag';
import styles from './Wipe.module.css';

export interface WipeProps {
  /** Its name for screen readers. */
  readonly label: string;
  /** What shows at the left of the divider, over what is behind. */
  readonly left: ReactNode;
  /** Where the divider is, in per cent from the left. */
  readonly split: number;
  readonly onSplit: (split: number) => void;
  readonly leftName: string;
  readonly rightName: string;
}

/** A picture over another one in the same place; a divider wipes from one to the other. */
export function Wipe({ label, left, leftName, rightName, split, onSplit }: WipeProps) {
  const box = useRef<HTMLDivElement>(null);
  const drag = useHorizontalDrag({
    onStart: () => box.current?.focus({ preventScroll: true }),
    onMove: ({ clientX }) => {
      const { left: from, width } = box.current!.getBoundingClientRect();
      onSplit(Math.round(Math.min(100, Math.max(0, ((clientX - from) / width) * 100))));
    },
  });
  const onKeyDown = (event: KeyboardEvent) => {
    const to = {
      ArrowLeft: split - 2,
      ArrowDown: split - 2,
      ArrowRight: split + 2,
      ArrowUp: split + 2,
      PageDown: split - 10,
      PageUp: split + 10,
      Home: 0,
      End: 100,
    }[event.key];
    if (to === undefined || event.ctrlKey || event.altKey || event.metaKey) return;
    event.preventDefault();
    onSplit(Math.min(100, Math.max(0, to)));
  };

  return (
    <div
      ref={box}
      role="slider"
      data-press
      tabIndex={0}
      aria-label={label}
      aria-orientation="horizontal"
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={split}
      aria-valuetext={`${split} % ${leftName}`}
      className={styles.wipe}
      style={{ '--split': `${split}%` } as CSSProperties}
      {...drag}
      onKeyDown={onKeyDown}
    >
      <div className={styles.layer}>{left}</div>
      <span className={styles.divider} data-divider />
      <span className={styles.left}>{leftName}</span>
      <span className={styles.right}>{rightName}</span>
    </div>
  );
}
