import { useEffect, useRef } from 'react';
import type { Signal } from '../signal';
import styles from './ChangeOverlay.module.css';
import { paintChange } from './paint-change';

export interface ChangeOverlayProps {
  /** The squared change of each pixel, by rows; null where nothing is pointed at. Followed without a React render. */
  readonly effect: Signal<{
    readonly map: Float32Array;
    readonly width: number;
    readonly height: number;
  } | null>;
}

/** Where a picture changes: one colour over it, stronger where more changes, and a line around where most does. */
export function ChangeOverlay({ effect }: ChangeOverlayProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    const draw = () => {
      const shown = effect.get();
      if (!canvas.current) return;
      canvas.current.hidden = !shown;
      if (shown) paintChange(canvas.current, shown.map, shown.width, shown.height);
    };
    draw();
    return effect.subscribe(draw);
  }, [effect]);
  // The same is said in words beside the slider.
  return <canvas ref={canvas} hidden className={styles.overlay} />;
}
