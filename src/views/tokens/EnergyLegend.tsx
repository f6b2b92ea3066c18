import { LEAST_SHARE, MOST_SHARE, onShareScale } from '../../core/image/token-change';
import styles from './EnergyLegend.module.css';

const TICKS = [LEAST_SHARE, 1e-3, 1e-2, MOST_SHARE];

/** What the colours of tokens mean: a share of all change, on a logarithmic scale. */
export function EnergyLegend() {
  return (
    <div className={styles.legend}>
      <span className={styles.name}>Each token changes</span>
      <span className={styles.scale} aria-hidden="true">
        {TICKS.map((tick) => (
          <span key={tick} className={styles.tick} style={{ left: `${onShareScale(tick) * 100}%` }}>
            {tick * 100} %
          </span>
        ))}
      </span>
      <span className="visually-hidden">{`from ${LEAST_SHARE * 100} % to ${MOST_SHARE * 100} %`}</span>
      <span className={styles.name}>of all change</span>
    </div>
  );
}
