import { useLayoutEffect, useRef } from 'react';
import { prefixTicks } from '../../engine/image/player';
import { cx } from '../../ui/cx';
import { formatSignificant } from '../../ui/format';
import styles from './Filmstrip.module.css';
import { firstLane } from './lane';
import pictureStyles from './PictureCanvas.module.css';
import { blank, paint } from './paint';
import { setK } from './session';
import { useSignal } from './signal';
import { useImageLab, useKnowsTokens, useTokenCount } from './store';

/** The picture at every doubling of k; a click goes there. */
export function Filmstrip() {
  const count = useTokenCount();
  const known = useKnowsTokens();
  if (!known) return null;
  return (
    <section className={styles.strip} aria-label="Filmstrip">
      {prefixTicks(count).map((k) => (
        <Still key={k} k={k} />
      ))}
    </section>
  );
}

function Still({ k }: { readonly k: number }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const current = useImageLab((state) => state.k === k);
  const smooth = useImageLab((state) => state.smooth);
  const points = useSignal(firstLane.measured);
  const point = points[k];
  const psnr = point?.metrics.psnr;

  useLayoutEffect(() => {
    const frame = point && firstLane.cached(k);
    if (!canvas.current) return;
    if (frame) paint(canvas.current, frame.width, frame.height, frame.rgba);
    else blank(canvas.current); // what stood there is another picture's
  }, [point, k]);

  return (
    <button
      type="button"
      className={styles.still}
      aria-label={`Show ${k} ${k === 1 ? 'token' : 'tokens'}`}
      aria-current={current}
      onClick={() => setK(k)}
    >
      <span className={styles.square}>
        <canvas
          ref={canvas}
          width="1"
          height="1"
          className={cx(pictureStyles.canvas, !smooth && pictureStyles.pixels)}
        />
      </span>
      <span className={styles.label}>
        <b>{k}</b>
        <span>{psnr === undefined ? '' : `${formatSignificant(psnr)} dB`}</span>
      </span>
    </button>
  );
}
