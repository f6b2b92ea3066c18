import { Button } from '../../ui/Button';
import { LoadingCard } from './LoadingCard';
import { useLab, useLabState, useLaneState } from './lab-context';
import type { Lane } from './lane';
import { useLaneParts } from './lane-parts';
import styles from './Waiting.module.css';

/** Progress of the lead with the requested picture. */
export function Waiting({ lane }: { readonly lane: Lane }) {
  const { session, models } = useLab();
  const { Missing } = useLaneParts();
  const { model, phase } = useLaneState(lane, (state) => state);
  const missing = useLabState(({ problem }) => problem?.code === 'checkpoint-missing');
  const isStopped = useLabState(({ wanted }) => wanted !== null) && phase === 'idle';
  if (missing) return <Missing id={model} lane={lane} />;
  if (phase === 'loading-model' || phase === 'encoding') {
    return <LoadingCard lane={lane} onCancel={() => session.cancel()} />;
  }
  if (!isStopped) return null;
  return (
    <div className={styles.card}>
      <p className={styles.text}>Nothing is loaded yet.</p>
      <Button size="sm" onClick={() => session.retry()}>
        Load {models.label(model)}
      </Button>
    </div>
  );
}
