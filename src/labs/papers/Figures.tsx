import { formatFigure } from '../../ui/format';
import { FigureExport } from './FigureExport';
import styles from './Figures.module.css';
import { useFigures } from './use-figures';

/** Every figure of the run, with its unit. */
export function Figures() {
  const figures = useFigures()?.filter(({ value, note }) => value !== undefined || note === undefined);
  if (!figures) return null;
  return (
    <section className={styles.figures} data-result aria-labelledby="experiment-figures">
      <div className={styles.head}>
        <h2 id="experiment-figures">Figures</h2>
        <FigureExport figures={figures} />
      </div>
      <dl className={styles.list}>
        {figures.map(({ id, label, value, unit }) => (
          <div key={id} data-figure={id}>
            <dt>{label}</dt>
            <dd>
              {value === undefined ? '–' : formatFigure(value)} <small>{unit}</small>
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
