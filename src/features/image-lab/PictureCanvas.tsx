import { useLayoutEffect, useRef } from 'react';
import { cx } from '../../ui/cx';
import styles from './PictureCanvas.module.css';
import { difference, paint } from './paint';
import { opened, shown } from './screen';
import { useImageLab } from './store';

export interface PictureCanvasProps {
  readonly show: 'original' | 'reconstruction' | 'difference';
  readonly className?: string | undefined;
}

/** A canvas that follows the picture and the slider by itself, without rendering. */
export function PictureCanvas({ show, className }: PictureCanvasProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const smooth = useImageLab((state) => state.smooth);

  useLayoutEffect(() => {
    const draw = () => {
      if (canvas.current) drawPicture(canvas.current, show);
    };
    draw();
    const unsubscribe = [opened.subscribe(draw), ...(show === 'original' ? [] : [shown.subscribe(draw)])];
    return () => {
      for (const stop of unsubscribe) stop();
    };
  }, [show]);

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

function drawPicture(canvas: HTMLCanvasElement, show: PictureCanvasProps['show']): void {
  const picture = opened.get();
  const frame = shown.get();
  const name = picture?.label ?? 'nothing';
  if (show === 'original') {
    if (!picture?.original) return;
    paint(canvas, picture.width, picture.height, picture.original);
    canvas.setAttribute('aria-label', `Original: ${name}`);
  } else if (frame) {
    const original = show === 'difference' ? picture?.original : undefined;
    paint(canvas, frame.width, frame.height, original ? difference(original, frame.rgba) : frame.rgba);
    canvas.dataset.k = String(frame.k);
    const what = show === 'difference' ? 'Difference from the original' : 'Reconstruction';
    canvas.setAttribute('aria-label', `${what}: ${name}, from ${frame.k} of ${picture?.ids.length} tokens`);
  }
}
