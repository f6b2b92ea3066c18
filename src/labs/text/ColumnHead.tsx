import { cx } from '../../ui/cx';
import { lossText } from '../../views/token-text/loss';
import styles from './ColumnHead.module.css';
import type { Column } from './column-list';
import { type ColumnActionsProps, useColumnParts } from './column-parts';
import { type Figure, figuresOf } from './figures';

export interface ColumnHeadProps extends ColumnActionsProps {
  readonly column: Column;
}

/** Name, figures and what can be done with a column. */
export function ColumnHead({ entry, column, isFirst, isLast }: ColumnHeadProps) {
  const { Actions } = useColumnParts();
  const { label, model } = entry;
  const segmentation = column.result?.segmentation;
  const [count, ...rates] = figuresOf(segmentation);
  const loss = segmentation ? lossText(segmentation) : '';
  // No text takes more tokens than it has bytes: that is a full bar.
  const share =
    segmentation && segmentation.bytes > 0 ? segmentation.tokens.ids.length / segmentation.bytes : 0;
  return (
    <header className={styles.head}>
      <div className={styles.title}>
        <div className={styles.names} title={entry.summary || label}>
          <h2 className={styles.name}>{label}</h2>
          {model ? <span className={styles.model}>{model}</span> : null}
        </div>
        {Actions ? (
          <div className={styles.actions}>
            <Actions entry={entry} isFirst={isFirst} isLast={isLast} />
          </div>
        ) : null}
      </div>
      {entry.isMissing ? null : (
        <>
          <div className={cx(styles.figures, column.busy && segmentation && styles.stale)}>
            <dl className={cx(styles.count, (count?.value?.length ?? 0) > 7 && styles.long)}>
              {count ? <OneFigure {...count} /> : null}
            </dl>
            <dl className={styles.rates}>
              {rates.map((rate) => (
                <OneFigure key={rate.id} {...rate} />
              ))}
            </dl>
          </div>
          {/* Lost text costs no tokens, so the bar of such a column cannot be compared. */}
          <div className={cx(styles.bar, loss && styles.lossy)} aria-hidden="true">
            <div style={{ transform: `scaleX(${share})` }} />
          </div>
          {loss ? (
            <p
              className={styles.loss}
              title="This column needs few tokens because it holds less than the whole text."
            >
              {loss}
            </p>
          ) : null}
        </>
      )}
    </header>
  );
}

function OneFigure({ name, summary, value }: Figure) {
  return (
    <div className={styles.figure}>
      <dt title={summary}>{name}</dt>
      <dd>{value ?? '–'}</dd>
    </div>
  );
}
