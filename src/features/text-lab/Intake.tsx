import { Button } from '../../ui/Button';
import { Notice } from '../../ui/Notice';
import { Progress } from '../../ui/Progress';
import styles from './Intake.module.css';
import { cancelIntake, dismissIntake, showAsText, useIntake } from './intake';

/** Files on their way in: how far they are, and what became of them. */
export function Intake() {
  const { job, message } = useIntake();
  if (job) {
    return (
      <div className={styles.job}>
        <div className={styles.progress}>
          <Progress label={`${job.doing} ${job.name}`} loaded={job.loaded} total={job.total} />
        </div>
        <Button size="sm" onClick={cancelIntake}>
          Cancel
        </Button>
      </div>
    );
  }
  if (!message) return null;
  return (
    <Notice
      tone={message.tone}
      title={message.title}
      onDismiss={dismissIntake}
      actions={
        message.asText ? (
          <Button size="sm" onClick={() => void showAsText()}>
            Show it as text instead
          </Button>
        ) : undefined
      }
    >
      {message.hint}
    </Notice>
  );
}
