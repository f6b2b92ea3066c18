import { Button } from '../../ui/Button';
import { Notice } from '../../ui/Notice';
import { Progress } from '../../ui/Progress';
import { Later } from '../../views/Later';
import { TokenLegend } from '../../views/token-text/TokenLegend';
import styles from './Column.module.css';
import { ColumnHead } from './ColumnHead';
import type { Column as ColumnState } from './column-list';
import { type ColumnActionsProps, useColumnParts } from './column-parts';
import { useColumn, useLab, useTextState } from './context';
import { TokenView } from './TokenView';

const loadSpecialLine = async () => (await import('./SpecialLine')).SpecialLine;
const loadRefused = async () => (await import('./SpecialRefused')).SpecialRefused;
const loadRemarks = async () => (await import('./Remarks')).Remarks;

/** One tokenizer: its figures and its tokens. */
export function Column({ entry, isFirst, isLast }: ColumnActionsProps) {
  const { jobs } = useLab();
  const { Missing } = useColumnParts();
  const column = useColumn(entry.id);
  if (!column) return null;
  const { result, error } = column;
  const notes = result?.segmentation.notes ?? [];
  return (
    <section className={styles.column} aria-label={entry.label} aria-busy={column.busy}>
      <ColumnHead entry={entry} column={column} isFirst={isFirst} isLast={isLast} />
      <Work label={entry.label} column={column} />
      {error ? (
        <Notice
          tone={error.code === 'aborted' ? 'info' : 'error'}
          title={error.message}
          actions={
            error.code === 'special-token' ? (
              <Later load={loadRefused} props={{}} />
            ) : (
              <Button size="sm" onClick={() => jobs.retry(entry.id)}>
                {error.code === 'aborted' ? 'Cut it' : 'Try again'}
              </Button>
            )
          }
        >
          {error.hint}
        </Notice>
      ) : null}
      {entry.isMissing ? <Missing id={entry.id} name={entry.label} /> : null}
      {result ? <TokenLegend segmentation={result.segmentation} className={styles.legend ?? ''} /> : null}
      {result?.segmentation.special ? (
        <Later
          load={loadSpecialLine}
          props={{
            reading: result.segmentation.special,
            count: result.segmentation.tokens.ids.length,
            treatment: result.document.encode,
          }}
        />
      ) : null}
      {notes.length > 0 ? (
        <Later
          load={loadRemarks}
          props={{ id: entry.id, notes, encodings: result?.segmentation.encodings }}
        />
      ) : null}
      {result && result.segmentation.rows.count === 0 ? (
        <p className={styles.nothing}>No text to tokenize yet.</p>
      ) : null}
      {result && result.segmentation.rows.count > 0 ? (
        <TokenView
          tokenizer={entry.id}
          label={entry.label}
          segmentation={result.segmentation}
          document={result.document}
        />
      ) : null}
    </section>
  );
}

/** What the column is waiting for; short waits stay unseen. */
function Work({ label, column }: { readonly label: string; readonly column: ColumnState }) {
  const { progress, busy, result } = column;
  const size = useTextState((state) => state.document.bytes.length);
  if (!busy) return null;
  const isLoading = progress ? progress.phase === 'load' : !result;
  const loaded = progress?.phase === 'encode' ? progress.share * size : progress?.loaded;
  const total = progress?.phase === 'load' ? progress.total : size;
  // What follows has no measure, and a full bar would say that nothing does.
  const isFull = loaded && total && loaded > 0.999 * total;
  const what = isLoading ? (isFull ? 'Reading the vocabulary' : `Loading ${label}`) : 'Tokenizing the text';
  return (
    <div className={result ? styles.workOver : styles.work}>
      <Progress label={what} loaded={isFull ? undefined : loaded} total={total} />
    </div>
  );
}
