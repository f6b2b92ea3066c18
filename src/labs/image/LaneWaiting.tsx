import { Button } from '../../ui/Button';
import { Icon } from '../../ui/Icon';
import { MissingCheckpoint } from './checkpoints/MissingCheckpoint';
import styles from './LaneWaiting.module.css';
import { LoadingCard } from './LoadingCard';
import { useLab, useLaneState } from './lab-context';
import type { Lane } from './lane';
import { canRetry } from './load';

/** Removes the lane. */
export function CloseLane({ lane }: { readonly lane: Lane }) {
  const { session } = useLab();
  return (
    <Button
      size="sm"
      variant="quiet"
      className={styles.close}
      icon={<Icon name="close" size={14} />}
      aria-label="Stop comparing"
      onClick={() => session.removeLane(lane)}
    />
  );
}

/** The progress or failure of a lane beside the lead; the other lanes are not affected. */
export function LaneWaiting({ lane }: { readonly lane: Lane }) {
  const { session } = useLab();
  const phase = useLaneState(lane, (state) => state.phase);
  const problem = useLaneState(lane, (state) => state.problem);
  if (problem?.code === 'checkpoint-missing') return <MissingCheckpoint id={lane.model} lane={lane} />;
  if (problem) {
    return (
      <div className={styles.problem} role="alert">
        <p className={styles.title}>{problem.message}</p>
        <p>{problem.hint}</p>
        {canRetry(problem) ? (
          <Button size="sm" onClick={() => session.retry(lane)}>
            Try again
          </Button>
        ) : null}
      </div>
    );
  }
  if (phase !== 'loading-model' && phase !== 'encoding') return null;
  return <LoadingCard lane={lane} onCancel={() => session.removeLane(lane)} />;
}
