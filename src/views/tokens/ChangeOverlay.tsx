import { useEffect, useRef } from 'react';
import type { Signal } from '../signal';
import styles from './ChangeOverlay.module.css';
import { paintChange } from './paint-change';

/** What is passed over, as in a drag of the slider, is not painted. */
const REST_MS = 40;

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
    let timer: ReturnType<typeof setTimeout> | undefined;
    const draw = () => {
      const shown = effect.get();
      if (!canvas.current || !shown) return;
      canvas.current.hidden = false;
      paintChange(canvas.current, shown.map, shown.width, shown.height);
    };
    const follow = () => {
      clearTimeout(timer);
      if (effect.get()) timer = setTimeout(draw, REST_MS);
      else if (canvas.current) canvas.current.hidden = true;
    };
    follow();
    const stop = effect.subscribe(follow);
    return () => {
      clearTimeout(timer);
      stop();
    };
  }, [effect]);
  // The same is said in words beside the slider.
  return <canvas ref={canvas} hidden className={styles.overlay} />;
}
