import { downloadBytes } from '../../../engine/weights/plan';
import { Button } from '../../../ui/Button';
import { formatBytes } from '../../../ui/format';
import { useCheckpoints, useLab } from '../lab-context';
import styles from './AddCheckpoint.module.css';
import { deleteCheckpoint, deleteUnfinished, goOn } from './actions';
import { useAdding } from './adding';
import { DeleteButton } from './DeleteButton';
import { isListed } from './official/status';

/** What this browser keeps, whole or in part, beside the official models, whose rows say so themselves. */
export function Kept() {
  const lab = useLab();
  const all = useCheckpoints((state) => state.checkpoints);
  const { unfinished, plan, phase, catalogue } = useAdding((state) => state);
  const checkpoints = all.filter((one) => !isListed(catalogue ?? [], one));
  const paused = unfinished.filter(
    (one) =>
      (phase !== 'keeping' || one.plan.key !== plan?.key) &&
      (one.plan.origin.kind === 'files' || !isListed(catalogue ?? [], one.plan)),
  );
  if (checkpoints.length === 0 && paused.length === 0) return null;
  const total = checkpoints.reduce((sum, { bytes }) => sum + bytes, 0);
  return (
    <section className={styles.kept} aria-label="Others on this device">
      <h3 className={styles.label}>
        Others on this device{total > 0 ? <span className={styles.total}>{formatBytes(total)}</span> : null}
      </h3>
      <ul>
        {checkpoints.map(({ id, name, origin, bytes, precision }) => (
          <li key={id} className={styles.item}>
            <span className={styles.grow}>
              <span className={styles.itemName}>{name}</span>
              <span className={styles.small}>
                {formatBytes(bytes)} · {precision === 'half' ? 'half precision · ' : ''}
                {origin.kind === 'hub' ? `${origin.repository} @ ${origin.commit.slice(0, 8)}` : 'from files'}
              </span>
            </span>
            <DeleteButton
              name={name}
              back={`To get it back, ${origin.kind === 'files' ? 'give its files again' : 'download it again'}.`}
              onDelete={() => void deleteCheckpoint(lab, id)}
            />
          </li>
        ))}
        {paused.map((one) => (
          <li key={one.plan.key} className={styles.item}>
            <span className={styles.grow}>
              <span className={styles.itemName}>{one.plan.name}</span>
              <span className={styles.small}>
                Not complete: {formatBytes(one.stored)} of {formatBytes(downloadBytes(one.plan))}
                {one.plan.precision === 'half' ? ', kept in half precision' : ''}
                {one.plan.origin.kind === 'files' ? '. Give its files again to resume.' : ''}
              </span>
            </span>
            {one.plan.origin.kind === 'files' ? null : (
              <Button size="sm" disabled={phase === 'keeping'} onClick={() => void goOn(lab, one)}>
                Resume
              </Button>
            )}
            <DeleteButton
              name={`the part of ${one.plan.name}`}
              back="The download would start again."
              onDelete={() => void deleteUnfinished(lab, one.plan.key)}
            />
          </li>
        ))}
      </ul>
    </section>
  );
}
