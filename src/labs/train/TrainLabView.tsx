import { type DragEvent, useEffect, useState } from 'react';
import { Button } from '../../ui/Button';
import { Notice } from '../../ui/Notice';
import { collect } from '../../views/intake/collect';
import { DropOverlay } from '../../views/intake/DropOverlay';
import { linkIn } from '../../views/intake/links';
import { Later } from '../../views/Later';
import { CorpusPanel } from './CorpusPanel';
import { useLab, useTrain } from './context';
import { KindPanel } from './KindPanel';
import { RunBar } from './RunBar';
import { SizeControl } from './SizeControl';
import styles from './TrainLabView.module.css';

const loadMore = async () => (await import('./MorePanel')).MorePanel;
const loadOutcome = async () => (await import('./Outcome')).Outcome;

/** The training lab: a text, what to make of it, and what came out. */
export function TrainLabView() {
  const { session, host } = useLab();
  const problem = useTrain((state) => state.problem);
  const said = useTrain((state) => state.said);
  const [isDropping, setDropping] = useState(false);
  useEffect(() => {
    // The page has already handled this drop.
    const end = () => setDropping(false);
    window.addEventListener('dragend', end);
    return () => window.removeEventListener('dragend', end);
  }, []);
  const handleDrop = (event: DragEvent) => {
    setDropping(false);
    const { files, folders, text } = collect(event.dataTransfer);
    const isField = event.target instanceof Element && event.target.closest('input, textarea') !== null;
    const hash = linkIn(text.plain, location.href);
    if (files.length + folders.length === 0 && !hash && isField) return;
    event.preventDefault();
    if (files.length + folders.length > 0) void session.take(files, folders);
    else if (hash) host.openLink(hash);
    else if (text.plain) session.takeText(text.plain);
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: a drop target; the same is reachable by button and paste
    <div
      className={styles.lab}
      onDragOver={(event) => {
        if (!event.dataTransfer.types.includes('Files')) return;
        event.preventDefault();
        setDropping(true);
      }}
      onDragLeave={(event) => {
        if (!event.currentTarget.contains(event.relatedTarget as Node | null)) setDropping(false);
      }}
      onDrop={handleDrop}
    >
      <header className={styles.intro}>
        <h1>Train a tokenizer</h1>
        <p>
          Choose a text and a kind, and press Train. Everything happens on this device; nothing is uploaded.
        </p>
      </header>
      <div className={styles.setup}>
        <CorpusPanel />
        <KindPanel />
        <Later load={loadMore} props={{}} />
      </div>
      <div className={styles.work}>
        <SizeControl />
        <RunBar />
        {problem ? (
          <Notice tone="error" title={problem.message} onDismiss={() => session.dismiss()}>
            {problem.hint}
          </Notice>
        ) : null}
        <Later load={loadOutcome} props={{}} />
        <p role="status" className={styles.said}>
          {said}
          {said ? (
            <Button size="sm" variant="quiet" onClick={() => host.openLink('#library')}>
              Go to the library
            </Button>
          ) : null}
        </p>
      </div>
      {isDropping ? (
        <DropOverlay title="Drop texts to train on" detail="Files or folders, up to 200 MB in all" />
      ) : null}
    </div>
  );
}
