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
      onRetry={canRetry(problem) ? () => session.retry() : undefined}
    >
      {problem.hint}
    </Notice>
  );
}
