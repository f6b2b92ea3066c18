import { Button } from '../../ui/Button';
import { Progress } from '../../ui/Progress';
import { MissingCheckpoint } from './checkpoints/MissingCheckpoint';
import { useEstimate, withTime } from './estimate';
import { ModelProgress } from './ModelProgress';
import { cancel, retry } from './session';
import { useImageLab, useModel } from './store';
import styles from './Waiting.module.css';

/** What is being loaded or computed, over the picture that is still shown; it appears only when that takes long. */
export function Waiting() {
  const phase = useImageLab((state) => state.phase);
  const progress = useImageLab((state) => state.progress);
  const model = useModel()?.label ?? 'the model';
  const seconds = useEstimate('model', 'encode');
  const missing = useImageLab(({ problem }) => problem?.code === 'checkpoint-missing');
  const id = useImageLab((state) => state.model);
  const stopped = useImageLab((state) => state.wanted !== null && state.phase === 'idle');
  if (missing) return <MissingCheckpoint id={id} place="model" />;
  if (phase === 'ready' || (phase === 'idle' && !stopped)) return null;
  if (phase === 'idle') {
    return (
      <div className={styles.card}>
        <p className={styles.text}>Nothing is loaded yet.</p>
        <Button size="sm" onClick={retry}>
          Load {model}
        </Button>
      </div>
    );
  }
  return (
    <div className={styles.card} data-late>
      <div className={styles.bar}>
        {phase === 'encoding' ? (
          <Progress label={withTime('Encoding the picture', seconds)} name="Encoding the picture" />
        ) : (
          <ModelProgress model={model} progress={progress} />
        )}
      </div>
      <Button size="sm" variant="quiet" onClick={cancel}>
        Cancel
      </Button>
    </div>
  );
}
