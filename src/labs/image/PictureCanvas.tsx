import { useLayoutEffect, useRef } from 'react';
import { cx } from '../../ui/cx';
import type { Lane } from './lane';
import styles from './PictureCanvas.module.css';
import { blank, difference, paint } from './paint';
import { describeSampling } from './sampling';
import { useImageLab } from './store';

export interface PictureCanvasProps {
  readonly lane: Lane;
  readonly show: 'original' | 'reconstruction' | 'difference';
  readonly className?: string | undefined;
}

/** A canvas that follows the picture and the slider by itself, without rendering. */
export function PictureCanvas({ lane, show, className }: PictureCanvasProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const smooth = useImageLab((state) => state.smooth);

  useLayoutEffect(() => {
    const draw = () => {
      if (canvas.current) drawPicture(canvas.current, lane, show);
    };
    draw();
    const unsubscribe = [
      lane.opened.subscribe(draw),
      ...(show === 'original' ? [] : [lane.shown.subscribe(draw)]),
    ];
    return () => {
      for (const stop of unsubscribe) stop();
    };
  }, [lane, show]);

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

function drawPicture(canvas: HTMLCanvasElement, lane: Lane, show: PictureCanvasProps['show']): void {
  const picture = lane.opened.get();
  const frame = lane.shown.get();
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
    const drawn = frame.sampling ? `, ${describeSampling(frame.sampling)}` : '';
    const words = `${what}: ${name}, from ${frame.k} of ${picture?.ids.length} tokens${drawn}`;
    canvas.setAttribute('aria-label', words);
  } else {
    blank(canvas);
    canvas.setAttribute('aria-label', 'Nothing is decoded yet');
  }
}
