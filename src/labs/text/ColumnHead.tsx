import { Button } from '../../ui/Button';
import { cx } from '../../ui/cx';
import { Icon } from '../../ui/Icon';
import { lossText } from '../../views/token-text/loss';
import styles from './ColumnHead.module.css';
import type { Column } from './column-list';
import { useLab } from './context';
import { figuresOf } from './figures';
import { LookUp } from './LookUp';
import type { LabTokenizer } from './lab-tokenizers';

export interface ColumnHeadProps {
  readonly entry: LabTokenizer;
  readonly column: Column;
  readonly isFirst: boolean;
  readonly isLast: boolean;
}

/** Name, figures and what can be done with a column. */
export function ColumnHead({ entry, column, isFirst, isLast }: ColumnHeadProps) {
  const { columns } = useLab();
  const { id, label } = entry;
  const segmentation = column.result?.segmentation;
  const figures = segmentation ? figuresOf(segmentation) : undefined;
  const loss = segmentation ? lossText(segmentation) : '';
  // No text takes more tokens than it has bytes: that is a full bar.
  const share =
    segmentation && segmentation.bytes > 0 ? segmentation.tokens.ids.length / segmentation.bytes : 0;
  return (
    <header className={styles.head}>
      <div className={styles.title}>
        <h2 className={styles.name} title={entry.summary}>
          {label}
        </h2>
        <div className={styles.actions}>
          {entry.isMissing ? null : <LookUp tokenizer={entry} />}
          <Button
            variant="quiet"
            size="sm"
            icon={<Icon name="left" />}
            aria-label={`Move ${label} left`}
            disabled={isFirst}
            onClick={() => columns.move(id, -1)}
          />
          <Button
            variant="quiet"
            size="sm"
            icon={<Icon name="right" />}
            aria-label={`Move ${label} right`}
            disabled={isLast}
            onClick={() => columns.move(id, 1)}
          />
          <Button
            variant="quiet"
            size="sm"
            icon={<Icon name="close" />}
            aria-label={`Remove ${label}`}
            onClick={() => columns.remove(id)}
          />
        </div>
      </div>
      {entry.isMissing ? null : (
        <>
          <div className={cx(styles.figures, column.busy && figures && styles.stale)}>
            <dl className={cx(styles.count, (figures?.tokens.length ?? 0) > 7 && styles.long)}>
              <Figure name="tokens" value={figures?.tokens} />
            </dl>
            <dl className={styles.rates}>
              <Figure name="bytes/token" value={figures?.bytesPerToken} />
              <Figure
                name="chars/token"
                title="Unicode code points per token"
                value={figures?.charactersPerToken}
              />
              <Figure name="vocabulary" title="Tokens it can choose from" value={figures?.vocabulary} />
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

interface FigureProps {
  readonly name: string;
  readonly title?: string;
  readonly value: string | undefined;
}

function Figure({ name, title, value }: FigureProps) {
  return (
    <div className={styles.figure}>
      <dt title={title}>{name}</dt>
      <dd>{value ?? '–'}</dd>
    </div>
  );
}
