import { Button } from '../../ui/Button';
import styles from './LaneWaiting.module.css';
import { LoadingCard } from './LoadingCard';
import { useLab, useLaneState } from './lab-context';
import type { Lane } from './lane';
import { useLaneParts } from './lane-parts';
import { canRetry } from './load';

/** The progress or failure of a lane beside the lead; the other lanes are not affected. */
export function LaneWaiting({ lane }: { readonly lane: Lane }) {
  const { session } = useLab();
  const { Missing } = useLaneParts();
  const phase = useLaneState(lane, (state) => state.phase);
  const problem = useLaneState(lane, (state) => state.problem);
  if (problem?.code === 'checkpoint-missing') return <Missing id={lane.model} lane={lane} />;
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
