import { Button } from '../../ui/Button';
import { Icon } from '../../ui/Icon';
import { Progress } from '../../ui/Progress';
import { MissingCheckpoint } from './checkpoints/MissingCheckpoint';
import { useEstimate, withTime } from './estimate';
import { ModelProgress } from './ModelProgress';
import styles from './Second.module.css';
import { retrySecond, setSecond, useSecond } from './second';
import { canRetry } from './session';
import { useImageLab, useModel } from './store';
import waiting from './Waiting.module.css';

/** Takes the second model away. */
export function StopComparing() {
  return (
    <Button
      size="sm"
      variant="quiet"
      className={styles.close}
      icon={<Icon name="close" size={14} />}
      aria-label="Stop comparing"
      onClick={() => setSecond(null)}
    />
  );
}

/** How far the second model is, or what went wrong with it; the first one is not touched by either. */
export function SecondWaiting() {
  const { phase, progress, problem } = useSecond();
  const model = useModel('second')?.label ?? 'the model';
  const seconds = useEstimate('second', 'encode');
  const id = useImageLab((state) => state.second);
  if (id !== null && problem?.code === 'checkpoint-missing') {
    return <MissingCheckpoint id={id} place="second" />;
  }
  if (problem) {
    return (
      <div className={styles.problem} role="alert">
        <p className={styles.title}>{problem.message}</p>
        <p>{problem.hint}</p>
        {canRetry(problem) ? (
          <Button size="sm" onClick={retrySecond}>
            Try again
          </Button>
        ) : null}
      </div>
    );
  }
  if (phase !== 'loading-model' && phase !== 'encoding') return null;
  return (
    <div className={waiting.card} data-late>
      <div className={waiting.bar}>
        {phase === 'encoding' ? (
          <Progress label={withTime('Encoding the picture', seconds)} name="Encoding the picture" />
        ) : (
          <ModelProgress model={model} progress={progress} />
        )}
      </div>
      <Button size="sm" variant="quiet" onClick={() => setSecond(null)}>
        Cancel
      </Button>
    </div>
  );
}
