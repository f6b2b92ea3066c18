import { useEffect } from 'react';
import { useStore } from 'zustand';
import { Notice } from '../../ui/Notice';
import { Later } from '../../views/Later';
import { type ColumnParts, ColumnPartsContext } from './column-parts';
import { useLab, useTextState } from './context';
import styles from './EmbedView.module.css';
import { Pane } from './Pane';

const loadAnnouncer = async () => (await import('./Announcer')).Announcer;

const PARTS: ColumnParts = {
  Missing: ({ name }) => (
    <p className={styles.missing}>
      The file of this tokenizer does not travel in links. Open the experiment in Tokenoscope, and drop{' '}
      <strong>{name}</strong> there.
    </p>
  ),
};

/** The columns of an experiment, and nothing to change its text or tokenizers. */
export function EmbedView() {
  const { jobs, intake } = useLab();
  useEffect(() => jobs.start(), [jobs]);
  const isReading = useStore(intake.store, ({ job }) => job !== null);
  const problem = useStore(intake.store, ({ message }) => (message?.tone === 'error' ? message : null));
  const note = useTextState((state) => state.note);
  return (
    <div className={styles.experiment} aria-busy={isReading}>
      {problem ? (
        <Notice tone="error" title={problem.title}>
          {problem.hint}
        </Notice>
      ) : null}
      {note ? <Notice tone={note.tone} title={note.title} /> : null}
      <ColumnPartsContext value={PARTS}>{isReading ? null : <Pane />}</ColumnPartsContext>
      <Later load={loadAnnouncer} props={{}} />
    </div>
  );
}
