import { useEffect, useRef } from 'react';
import { Button } from '../../ui/Button';
import { Progress } from '../../ui/Progress';
import { RareIcon } from '../../ui/RareIcon';
import { useLab, useTrain } from './context';
import { nameOfCorpus } from './corpus';
import { nameOfKind } from './draft';
import { progressWords } from './progress';
import styles from './RunBar.module.css';

/** Starts a training; holds it, gives it up, and says how far it is. */
export function RunBar() {
  const { session } = useLab();
  const job = useTrain((state) => state.job);
  const draft = useTrain((state) => state.draft);
  const corpus = useTrain((state) => state.corpus);
  const train = useRef<HTMLButtonElement>(null);
  const hold = useRef<HTMLButtonElement>(null);
  const isRunning = job !== null;
  const wasPressed = useRef(false);
  useEffect(() => {
    // The button that had the focus has gone with the other state.
    if (wasPressed.current && !document.activeElement?.closest('input, textarea, select, [role=slider]')) {
      (isRunning ? hold : train).current?.focus({ preventScroll: true });
    }
    if (!isRunning) wasPressed.current = false;
  }, [isRunning]);
  if (!job) {
    return (
      <div className={styles.bar}>
        <Button
          ref={train}
          variant="primary"
          icon={<RareIcon name="play" />}
          onClick={() => {
            wasPressed.current = true;
            void session.train();
          }}
        >
          Train
        </Button>
        <span className={styles.what}>
          {nameOfKind(draft.kind)} on {nameOfCorpus(corpus)}
        </span>
      </div>
    );
  }
  const { label, share } = progressWords(job.progress, job.draft.size);
  return (
    <div className={styles.bar}>
      <Button
        ref={hold}
        icon={<RareIcon name={job.isPaused ? 'play' : 'pause'} />}
        onClick={() => void session.pause(!job.isPaused)}
      >
        {job.isPaused ? 'Go on' : 'Pause'}
      </Button>
      <Button
        onClick={() => {
          wasPressed.current = true;
          session.cancel();
        }}
      >
        Cancel
      </Button>
      <div className={styles.progress}>
        <Progress label={job.isPaused ? `Paused. ${label}` : label} name="Training" share={share} />
      </div>
    </div>
  );
}
