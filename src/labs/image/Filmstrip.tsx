import { useLayoutEffect, useRef } from 'react';
import { prefixTicks } from '../../engine/image/player';
import { cx } from '../../ui/cx';
import { formatSignificant } from '../../ui/format';
import pictureStyles from '../../views/picture/PictureCanvas.module.css';
import { blank, paint } from '../../views/picture/paint';
import { useSignal } from '../../views/signal';
import styles from './Filmstrip.module.css';
import { useLab, useLabState, useLead, useTokenCount } from './lab-context';
import { useMetric, usePoints } from './metrics';

/** The picture at every doubling of k; a click goes there. */
export function Filmstrip() {
  const count = useTokenCount();
  if (count === undefined) return null;
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
  const { session } = useLab();
  const lead = useLead();
  const current = useLabState((state) => state.k === k);
  const smooth = useLabState((state) => state.smooth);
  const point = useSignal(lead.measured)[k];
  const { id, unit } = useMetric();
  const value = usePoints(lead)[k]?.metrics[id];

  useLayoutEffect(() => {
    const frame = point && lead.cached(k);
    if (!canvas.current) return;
    if (frame) paint(canvas.current, frame.width, frame.height, frame.rgba);
    else blank(canvas.current); // it showed another picture
  }, [point, k, lead]);

  return (
    <button
      type="button"
      className={styles.still}
      aria-label={`Show ${k} ${k === 1 ? 'token' : 'tokens'}`}
      aria-current={current}
      onClick={() => session.setK(k)}
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
        <span>{value === undefined ? '' : `${formatSignificant(value)}${unit && ` ${unit}`}`}</span>
      </span>
    </button>
  );
}
