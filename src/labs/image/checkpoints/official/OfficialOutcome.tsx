import type { CheckpointSeries, OfficialCheckpoint } from '../../../../catalog/checkpoints';
import { downloadBytes } from '../../../../engine/weights/plan';
import { formatBytes } from '../../../../ui/format';
import { Notice } from '../../../../ui/Notice';
import { Progress } from '../../../../ui/Progress';
import { useLab } from '../../lab-context';
import { deleteUnfinished, misfit } from '../actions';
import { useAdding } from '../adding';
import { DeleteButton } from '../DeleteButton';
import { Found, KeepingBar } from '../Found';
import { Elsewhere } from './Elsewhere';
import styles from './OfficialModels.module.css';
import type { OfficialStatus } from './status';
import { Terms } from './Terms';

interface Props {
  readonly series: CheckpointSeries;
  readonly checkpoint: OfficialCheckpoint;
  readonly status: OfficialStatus;
  /** Whether the visitor wants it, where terms or a file come before the download. */
  readonly asks: boolean;
  readonly onAccept: () => void;
  readonly onDecline: () => void;
}

/** What comes of a row's button, under its figures: terms, progress, a part that is here, or what went wrong. */
export function OfficialOutcome({ series, checkpoint, status, asks, onAccept, onDecline }: Props) {
  const lab = useLab();
  const { official, phase, plan, problem, surprise, device } = useAdding((state) => state);
  const isMine = official === checkpoint.label;
  const { source } = checkpoint;
  const held =
    isMine && phase === 'found' && plan && (surprise !== null || misfit(lab, plan, device) !== null);
  return (
    <div className={styles.outcome}>
      {asks && status.kind === 'absent' && source.kind === 'page' ? (
        <Elsewhere source={source} terms={series.licence.terms} />
      ) : asks && status.kind === 'absent' && series.licence.terms ? (
        <Terms
          licence={series.licence}
          terms={series.licence.terms}
          onAccept={onAccept}
          onDecline={onDecline}
        />
      ) : null}
      {status.kind === 'looking' ? <Progress label="Asking what its repository holds" /> : null}
      {status.kind === 'keeping' ? <KeepingBar isLocal={false} /> : null}
      {status.kind === 'paused' ? (
        <div className={styles.part}>
          <Progress
            label={`Paused${status.unfinished.plan.precision === 'half' ? ', in half precision' : ''}`}
            name={`Paused: ${checkpoint.label}`}
            loaded={status.unfinished.stored}
            total={downloadBytes(status.unfinished.plan)}
          />
          <DeleteButton
            name={`the part of ${checkpoint.label}`}
            back={`${formatBytes(status.unfinished.stored)} would be downloaded again.`}
            onDelete={() => void deleteUnfinished(lab, status.unfinished.plan.key)}
          />
        </div>
      ) : null}
      {isMine && problem ? (
        <Notice tone="error" title={problem.message}>
          {problem.hint}
        </Notice>
      ) : null}
      {held ? (
        <>
          {surprise ? <Notice tone="warning" title={surprise} /> : null}
          <Found plan={plan} />
        </>
      ) : null}
    </div>
  );
}
