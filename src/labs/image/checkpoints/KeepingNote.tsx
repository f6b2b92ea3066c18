import type { ReactNode } from 'react';
import { Button } from '../../../ui/Button';
import { Notice } from '../../../ui/Notice';
import { Progress } from '../../../ui/Progress';
import { useLab, useModelIds } from '../lab-context';
import { choose, misfit, putAway, stop } from './actions';
import { useAdding } from './adding';
import { KeepingBar } from './Found';
import styles from './KeepingNote.module.css';

/** How far a checkpoint is that is being added while the dialog is closed, and what became of it. */
export function KeepingNote() {
  const note = useNote();
  return note ? <div data-adding>{note}</div> : null;
}

/** Null where there is nothing to say. */
function useNote(): ReactNode {
  const lab = useLab();
  const { phase, plan, added, problem, official, surprise, device } = useAdding((state) => state);
  const shown = useModelIds();
  const open = () => lab.store.setState({ dialog: { lane: lab.session.lead, wanted: '' }, dropped: [] });
  const name = official ?? plan?.name ?? added?.name;
  if (phase === 'looking' || phase === 'keeping') {
    // The lane that waits for it says so itself.
    if (plan && plan.id !== null && shown.includes(plan.id)) return null;
    return (
      <section className={styles.note} aria-label={`Adding ${name}`}>
        <p className={styles.name}>{name}</p>
        <div className={styles.bar}>
          {plan ? (
            <KeepingBar isLocal={plan.origin.kind === 'files'} />
          ) : (
            <Progress label="Asking what its repository holds" />
          )}
        </div>
        <div className={styles.buttons}>
          <Button size="sm" variant="quiet" onClick={open}>
            Details
          </Button>
          <Button
            size="sm"
            onClick={() => {
              stop(lab);
              if (phase === 'looking') putAway(lab);
            }}
          >
            Cancel
          </Button>
        </div>
      </section>
    );
  }
  const reason = problem ?? (plan && misfit(lab, plan, device));
  if (reason || surprise) {
    return (
      <Notice
        tone={problem ? 'error' : 'warning'}
        title={reason?.message ?? surprise}
        actions={
          <Button size="sm" onClick={open}>
            Open the list
          </Button>
        }
        onDismiss={() => putAway(lab)}
      >
        {reason?.hint}
      </Notice>
    );
  }
  if (!added || shown.includes(added.id)) return null;
  const show = () => {
    choose(lab, added.id);
    putAway(lab);
  };
  return (
    <Notice
      tone="done"
      title={`${name} is on this device.`}
      actions={
        <Button size="sm" variant="primary" onClick={show}>
          Show it
        </Button>
      }
      onDismiss={() => putAway(lab)}
    />
  );
}
