import { useEffect } from 'react';
import { Button } from '../../ui/Button';
import { Icon } from '../../ui/Icon';
import { Notice } from '../../ui/Notice';
import { Later } from '../../views/Later';
import { About } from './About';
import { useLab, usePapers } from './context';
import styles from './ExperimentPage.module.css';
import { Figures } from './Figures';
import { RunBar } from './RunBar';
import type { Fields } from './state';

/** With the texts of the catalogue. */
const loadInput = async () => (await import('./InputPanel')).InputPanel;

/** One experiment: what it is and what is claimed on the left; input, control, picture and figures on the right. */
export function ExperimentPage() {
  const { session } = useLab();
  const loaded = usePapers((state) => state.loaded);
  const fields = usePapers((state) => state.fields);
  const outcome = usePapers((state) => state.outcome);
  const problem = usePapers((state) => state.problem);
  const notice = usePapers((state) => state.notice);
  // Nothing has gone wrong where there is no text yet.
  const isEmpty = usePapers(({ source }) => source.kind === 'text' && source.text.trim() === '');
  const isRunning = usePapers(({ job }) => job !== null);
  useEffect(() => {
    // It gives a promise in newer browsers.
    void scrollTo({ top: 0 });
  }, []);
  return (
    <article className={styles.page} aria-labelledby={loaded ? 'experiment-title' : undefined}>
      <div className={styles.about}>
        <Button
          size="sm"
          variant="quiet"
          className={styles.back}
          icon={<Icon name="left" />}
          onClick={() => void session.open(null)}
        >
          All papers
        </Button>
        {loaded ? <About paper={loaded.paper} /> : null}
      </div>
      <div className={styles.work}>
        <div className={styles.input}>
          <Later load={loadInput} props={{}} />
        </div>
        <RunBar />
        {problem ? (
          <Notice
            tone={isEmpty ? 'info' : 'error'}
            title={problem.message}
            onRetry={isEmpty ? undefined : () => void session.retry()}
            onDismiss={() => session.dismiss()}
          >
            {problem.hint}
          </Notice>
        ) : null}
        {notice ? <Notice tone="warning" title={notice} onDismiss={() => session.dismiss()} /> : null}
        {loaded ? (
          <div className={styles.view} data-picture aria-busy={isRunning}>
            <loaded.View
              state={fields}
              result={outcome?.result}
              onChange={(next: Fields) => session.change(next)}
            />
          </div>
        ) : problem ? null : (
          <p className={styles.loading} role="status">
            The experiment is loading …
          </p>
        )}
        <Figures />
      </div>
    </article>
  );
}
