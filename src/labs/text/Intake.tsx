import { Button } from '../../ui/Button';
import { Icon } from '../../ui/Icon';
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
  const asText = message.asText ? (
    <Button
      size="sm"
      variant={message.tone === 'done' ? 'quiet' : 'framed'}
      className={styles.asText}
      onClick={() => void showAsText()}
    >
      Show it as text instead
    </Button>
  ) : null;
  if (message.tone === 'done') {
    return (
      <div className={styles.done}>
        <p role="status">
          <Icon name="check" />
          <span>
            {message.title} <span className={styles.hint}>{message.hint}</span>
          </span>
        </p>
        {asText}
        <Button
          variant="quiet"
          size="sm"
          icon={<Icon name="close" />}
          aria-label="Dismiss"
          onClick={dismissIntake}
        />
      </div>
    );
  }
  return (
    <Notice tone={message.tone} title={message.title} onDismiss={dismissIntake} actions={asText}>
      {message.hint}
    </Notice>
  );
}
