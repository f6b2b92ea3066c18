import { type CSSProperties, useLayoutEffect, useRef } from 'react';
import { cx } from '../../../ui/cx';
import { formatSignificant } from '../../../ui/format';
import pictureStyles from '../../../views/picture/PictureCanvas.module.css';
import { blank, paint } from '../../../views/picture/paint';
import { useSignal } from '../../../views/signal';
import type { tokenScale } from '../../../views/tokens/token-scale';
import styles from '../Filmstrip.module.css';
import { useLab, useLabState, useLead } from '../lab-context';
import { useMetric, usePoints } from '../metrics';

/** A small picture at every mark of the slider. */
export function Stills({ scale }: { readonly scale: ReturnType<typeof tokenScale> }) {
  return scale.marks.map((k) => <Still key={k} k={k} place={scale.shareOf(k)} />);
}

function Still({ k, place }: { readonly k: number; readonly place: number }) {
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
      style={{ '--place': place } as CSSProperties}
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
        {value === undefined ? '' : formatSignificant(value)}
        {value === undefined || !unit ? null : <span className={styles.unit}>{unit}</span>}
      </span>
    </button>
  );
}
