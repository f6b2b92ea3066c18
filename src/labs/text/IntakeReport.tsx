import { useStore } from 'zustand';
import { Button } from '../../ui/Button';
import { Icon } from '../../ui/Icon';
import { Notice } from '../../ui/Notice';
import { Progress } from '../../ui/Progress';
import { useLab } from './context';
import styles from './IntakeReport.module.css';

/** Files that are coming in: their progress, and the outcome. */
export function IntakeReport() {
  const { intake } = useLab();
  const { job, message } = useStore(intake.store);
  if (job) {
    return (
      <div className={styles.job}>
        <div className={styles.progress}>
          <Progress label={`${job.doing} ${job.name}`} loaded={job.loaded} total={job.total} />
        </div>
        <Button size="sm" onClick={() => intake.cancel()}>
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
      onClick={() => void intake.showAsText()}
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
          onClick={() => intake.dismiss()}
        />
      </div>
    );
  }
  return (
    <Notice tone={message.tone} title={message.title} onDismiss={() => intake.dismiss()} actions={asText}>
      {message.hint}
    </Notice>
  );
}
