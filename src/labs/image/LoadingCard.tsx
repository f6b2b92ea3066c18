import { Button } from '../../ui/Button';
import { Progress } from '../../ui/Progress';
import { useEstimate, withTime } from './estimate';
import { useLab, useLabState, useLaneState } from './lab-context';
import type { Lane } from './lane';
import { ModelProgress } from './ModelProgress';
import { nameOf } from './source';
import styles from './Waiting.module.css';

export interface LoadingCardProps {
  readonly lane: Lane;
  readonly onCancel: () => void;
}

/** What is being loaded or computed, over the picture that is still shown; it appears only after a delay. */
export function LoadingCard({ lane, onCancel }: LoadingCardProps) {
  const { models } = useLab();
  const { model, phase, progress } = useLaneState(lane, (state) => state);
  const seconds = useEstimate(lane, 'encode');
  const source = useLabState(({ wanted, source: shown }) => wanted ?? shown);
  const encoding = `Encoding ${nameOf(source)}`;
  return (
    <div className={styles.card} data-late>
      <div className={styles.bar}>
        {phase === 'encoding' ? (
          <Progress label={withTime(encoding, seconds)} name={encoding} />
        ) : (
          <ModelProgress model={models.label(model)} progress={progress} />
        )}
      </div>
      <Button size="sm" variant="quiet" onClick={onCancel}>
        Cancel
      </Button>
    </div>
  );
}
