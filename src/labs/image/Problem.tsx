import { Button } from '../../ui/Button';
import { Notice } from '../../ui/Notice';
import { canRetry, dismissProblem, retry } from './session';
import { useImageLab } from './store';

/** What went wrong and what to do; the picture on screen stays. */
export function Problem() {
  const problem = useImageLab((state) => state.problem);
  // A checkpoint that is missing is offered where its picture would be.
  if (!problem || problem.code === 'checkpoint-missing') return null;
  return (
    <Notice
      tone="error"
      title={problem.message}
      onDismiss={dismissProblem}
      actions={
        canRetry(problem) ? (
          <Button size="sm" onClick={retry}>
            Try again
          </Button>
        ) : undefined
      }
    >
      {problem.hint}
    </Notice>
  );
}
