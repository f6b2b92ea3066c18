import { Button } from '../../ui/Button';
import { Notice } from '../../ui/Notice';
import { Progress } from '../../ui/Progress';
import type { LabTokenizer } from './lab-tokenizers';
import styles from './study.module.css';
import type { Answers } from './use-each-tokenizer';

export interface StudyWorkProps {
  /** What is being done, as "Counting tokens". */
  readonly label: string;
  readonly tokenizers: readonly LabTokenizer[];
  readonly answers: Answers<unknown>;
}

/** What a pane is waiting for, with a way to stop; and what went wrong, with a way to try again. */
export function StudyWork({ label, tokenizers, answers }: StudyWorkProps) {
  const busy = tokenizers.filter(({ id }) => answers.of(id).busy);
  const failed = tokenizers.filter(({ id }) => answers.of(id).error);
  const share =
    tokenizers.reduce((sum, { id }) => sum + shareOf(answers.of(id)), 0) / Math.max(1, tokenizers.length);
  const what =
    busy.length === 1
      ? `${label}: ${busy[0]!.label}`
      : `${label}: ${tokenizers.length - busy.length} of ${tokenizers.length} tokenizers done`;
  return (
    <>
      {busy.length > 0 ? (
        <div className={styles.work}>
          <Progress label={what} name={label} share={share} />
          <Button size="sm" onClick={answers.stop}>
            Stop
          </Button>
        </div>
      ) : null}
      {failed.map(({ id, label: name }) => {
        const { error } = answers.of(id);
        const isStopped = error?.code === 'aborted';
        return (
          <Notice
            key={id}
            tone={isStopped ? 'info' : 'error'}
            title={isStopped ? `${name}: stopped.` : `${name}: ${error?.message}`}
            actions={
              <Button size="sm" onClick={() => answers.retry(id)}>
                {isStopped ? 'Go on' : 'Try again'}
              </Button>
            }
          >
            {error?.hint}
          </Notice>
        );
      })}
    </>
  );
}

function shareOf({ busy, progress }: ReturnType<Answers<unknown>['of']>): number {
  if (!busy) return 1;
  return progress?.phase === 'encode' ? progress.share : 0;
}
