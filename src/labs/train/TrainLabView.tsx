import { Button } from '../../ui/Button';
import { Notice } from '../../ui/Notice';
import { DropOverlay } from '../../views/intake/DropOverlay';
import { useDropTarget } from '../../views/intake/use-drop-target';
import { Later } from '../../views/Later';
import { CorpusPanel } from './CorpusPanel';
import { useLab, useTrain } from './context';
import { KindPanel } from './KindPanel';
import { RunBar } from './RunBar';
import { SizeControl } from './SizeControl';
import styles from './TrainLabView.module.css';
import { takeDrop } from './take-drop';

const loadMore = async () => (await import('./MorePanel')).MorePanel;
const loadOutcome = async () => (await import('./Outcome')).Outcome;

/** The training lab: a text, what to make of it, and what came out. */
export function TrainLabView() {
  const lab = useLab();
  const { session, host } = lab;
  const problem = useTrain((state) => state.problem);
  const said = useTrain((state) => state.said);
  const { isOver, handlers } = useDropTarget((transfer) => takeDrop(lab, transfer));
  return (
    <div className={styles.lab} {...handlers}>
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
      {isOver ? (
        <DropOverlay title="Drop texts to train on" detail="Files or folders, up to 200 MB in all" />
      ) : null}
    </div>
  );
}
