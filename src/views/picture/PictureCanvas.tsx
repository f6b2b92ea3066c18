import { useLayoutEffect, useRef } from 'react';
import { cx } from '../../ui/cx';
import type { Signal } from '../signal';
import styles from './PictureCanvas.module.css';
import { blank, paint } from './paint';

/** A picture to paint, and what to call it. */
export interface Drawn {
  readonly width: number;
  readonly height: number;
  readonly rgba: Uint8ClampedArray<ArrayBuffer>;
  readonly label: string;
  /** Prefix length, where it is a reconstruction. */
  readonly k?: number;
}

export interface PictureCanvasProps {
  /** What the picture is made of: it is painted again, in the same task, whenever one of them changes. */
  readonly sources: readonly Pick<Signal<unknown>, 'subscribe'>[];
  /** The picture right now; null where there is none. */
  readonly picture: () => Drawn | null;
  /** False shows pixels as squares. */
  readonly smooth: boolean;
  readonly className?: string | undefined;
}

/** A canvas that follows its sources without a React render. */
export function PictureCanvas({ sources, picture, smooth, className }: PictureCanvasProps) {
  const canvas = useRef<HTMLCanvasElement>(null);

  useLayoutEffect(() => {
    const draw = () => {
      if (canvas.current) drawOn(canvas.current, picture());
    };
    draw();
    const stops = sources.map((source) => source.subscribe(draw));
    return () => {
      for (const stop of stops) stop();
    };
  }, [sources, picture]);

  return (
    <canvas
      ref={canvas}
      role="img"
      width="1"
      height="1"
      className={cx(styles.canvas, !smooth && styles.pixels, className)}
    />
  );
}

function drawOn(canvas: HTMLCanvasElement, drawn: Drawn | null): void {
  if (!drawn) {
    blank(canvas);
    canvas.setAttribute('aria-label', 'Nothing is decoded yet');
    return;
  }
  paint(canvas, drawn.width, drawn.height, drawn.rgba);
  canvas.setAttribute('aria-label', drawn.label);
  if (drawn.k !== undefined) canvas.dataset.k = String(drawn.k);
}
