import { scaleLinear } from 'd3-scale';
import { cx } from '../../../../ui/cx';
import styles from './Measures.module.css';

export interface ValueCellProps {
  /** Undefined where there is none. */
  readonly value: number | undefined;
  /** What a full bar stands for. */
  readonly full: number;
  readonly show: (value: number) => string;
  readonly isBest?: boolean;
}

/** A value with a bar under it. */
export function ValueCell({ value, full, show, isBest = false }: ValueCellProps) {
  const x = scaleLinear([0, full > 0 ? full : 1], [0, 100]).clamp(true);
  return (
    <td className={styles.cell}>
      <span className={cx(styles.value, isBest && styles.best)}>
        {isBest ? <small>best</small> : null}
        {value === undefined ? '–' : show(value)}
      </span>
      <span className={styles.track} aria-hidden="true">
        <span className={cx(styles.bar, isBest && styles.bestBar)} style={{ width: `${x(value ?? 0)}%` }} />
      </span>
    </td>
  );
}
