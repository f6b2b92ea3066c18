import { type CSSProperties, type KeyboardEvent, type PointerEvent, useRef, useState } from 'react';
import type { Lane } from './lane';
import { PictureCanvas } from './PictureCanvas';
import { LaneFrame } from './Reconstruction';
import { useSignal } from './signal';
import styles from './Wipe.module.css';

/** Original and reconstruction in one place; a divider wipes from one to the other. */
export function Wipe({ lane }: { readonly lane: Lane }) {
  const picture = useSignal(lane.opened);
  const [split, setSplit] = useState(50);
  const box = useRef<HTMLDivElement>(null);
  const dragging = useRef(false);

  const follow = (event: PointerEvent) => {
    const { left, width } = box.current!.getBoundingClientRect();
    setSplit(Math.round(Math.min(100, Math.max(0, ((event.clientX - left) / width) * 100))));
  };
  const onPointerDown = (event: PointerEvent) => {
    if (event.button !== 0) return;
    event.preventDefault();
    box.current?.focus({ preventScroll: true });
    event.currentTarget.setPointerCapture(event.pointerId);
    dragging.current = true;
    follow(event);
  };
  const stop = () => {
    dragging.current = false;
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const to = {
      ArrowLeft: split - 2,
      ArrowRight: split + 2,
      PageDown: split - 10,
      PageUp: split + 10,
      Home: 0,
      End: 100,
    }[event.key];
    if (to === undefined || event.ctrlKey || event.altKey || event.metaKey) return;
    event.preventDefault();
    setSplit(Math.min(100, Math.max(0, to)));
  };

  return (
    <LaneFrame lane={lane}>
      {picture ? <PictureCanvas lane={lane} show="reconstruction" /> : null}
      {picture?.original ? (
        <div
          ref={box}
          role="slider"
          tabIndex={0}
          aria-label="Wipe between original and reconstruction"
          aria-valuemin={0}
          aria-valuemax={100}
          aria-valuenow={split}
          aria-valuetext={`${split} % original`}
          className={styles.wipe}
          style={{ '--split': `${split}%` } as CSSProperties}
          onPointerDown={onPointerDown}
          onPointerMove={(event) => dragging.current && follow(event)}
          onPointerUp={stop}
          onPointerCancel={stop}
          onKeyDown={onKeyDown}
        >
          <PictureCanvas lane={lane} show="original" className={styles.original} />
          <span className={styles.divider} />
          <span className={styles.left}>Original</span>
          <span className={styles.right}>Reconstruction</span>
        </div>
      ) : null}
      {picture && !picture.original ? (
        <p className={styles.missing}>The original is not included in this link.</p>
      ) : null}
    </LaneFrame>
  );
}
