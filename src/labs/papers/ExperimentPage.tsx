import { useEffect, useRef } from 'react';
import { findExperiment } from '../../experiments/registry';
import { Button } from '../../ui/Button';
import { Icon } from '../../ui/Icon';
import { Notice } from '../../ui/Notice';
import { Claims } from './Claims';
import { useLab, usePapers } from './context';
import styles from './ExperimentPage.module.css';
import { Figures } from './Figures';
import { InputPanel } from './InputPanel';
import { RunBar } from './RunBar';
import type { Fields } from './state';

/** One experiment: what it is and what is claimed on the left; input, control, picture and figures on the right. */
export function ExperimentPage({ id }: { readonly id: string }) {
  const { session } = useLab();
  const { paper } = findExperiment(id)!;
  const loaded = usePapers((state) => state.loaded);
  const fields = usePapers((state) => state.fields);
  const outcome = usePapers((state) => state.outcome);
  const problem = usePapers((state) => state.problem);
  const notice = usePapers((state) => state.notice);
  const isRunning = usePapers(({ job }) => job !== null);
  const title = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    // What had the focus, a card, is gone.
    if (document.activeElement === document.body) title.current?.focus({ preventScroll: true });
    scrollTo({ top: 0 });
  }, []);
  const { origin } = paper;
  return (
    <article className={styles.page} aria-labelledby="experiment-title">
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
        <header className={styles.head}>
          <h1 ref={title} id="experiment-title" tabIndex={-1}>
            {paper.title}
          </h1>
          {origin.kind === 'paper' ? (
            <p className={styles.origin}>
              {origin.authors} · {origin.venue}{' '}
              {origin.venue.includes(String(origin.year)) ? '' : origin.year}
              {origin.arxiv ? (
                <>
                  {' · '}
                  <a href={`https://arxiv.org/abs/${origin.arxiv}`} target="_blank" rel="noreferrer">
                    arXiv {origin.arxiv}
                  </a>
                </>
              ) : null}
              {origin.code ? (
                <>
                  {' · '}
                  <a href={origin.code.url} target="_blank" rel="noreferrer">
                    code
                  </a>{' '}
                  ({origin.code.licence})
                </>
              ) : null}
            </p>
          ) : (
            <p className={styles.origin}>An experiment of this project</p>
          )}
          <p className={styles.summary}>{paper.summary}</p>
        </header>
        {paper.preview ? (
          <Notice tone="info" title="A preview of what is to come">
            {paper.preview}
          </Notice>
        ) : null}
        <section className={styles.question} aria-label="To predict">
          <h2>Before you move anything</h2>
          <p>{paper.question}</p>
        </section>
        <div className={styles.claims}>
          <Claims paper={paper} />
        </div>
        {paper.simplifications.length > 0 ? (
          <details className={styles.less}>
            <summary>What is simpler here than in the paper</summary>
            <ul>
              {paper.simplifications.map((sentence) => (
                <li key={sentence}>{sentence}</li>
              ))}
            </ul>
          </details>
        ) : null}
      </div>
      <div className={styles.work}>
        <InputPanel />
        <RunBar />
        {problem ? (
          <Notice
            tone="error"
            title={problem.message}
            onRetry={() => void session.run()}
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
