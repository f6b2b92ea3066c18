import { Button } from '../../ui/Button';
import { Notice } from '../../ui/Notice';
import { useLab, useLabState } from './lab-context';
import { canRetry } from './load';

/** What went wrong and what to do; the picture on screen stays. */
export function Problem() {
  const { session } = useLab();
  const problem = useLabState((state) => state.problem);
  // A checkpoint that is missing is offered where its picture would be.
  if (!problem || problem.code === 'checkpoint-missing') return null;
  return (
    <Notice
      tone="error"
      title={problem.message}
      onDismiss={() => session.dismissProblem()}
      actions={
        canRetry(problem) ? (
          <Button size="sm" onClick={() => session.retry()}>
            Try again
          </Button>
        ) : undefined
      }
    >
      {problem.hint}
    </Notice>
  );
}
