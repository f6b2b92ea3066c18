import { useEffect, useRef } from 'react';
import type { Paper } from '../../experiments/paper';
import { Notice } from '../../ui/Notice';
import { Claims } from './Claims';
import styles from './ExperimentPage.module.css';

/** What an experiment is about, what is claimed, and what is simpler here. */
export function About({ paper }: { readonly paper: Paper }) {
  const title = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    // What had the focus, a card, is gone.
    if (document.activeElement === document.body) title.current?.focus({ preventScroll: true });
  }, []);
  const { origin } = paper;
  return (
    <>
      <header className={styles.head}>
        <h1 ref={title} id="experiment-title" tabIndex={-1}>
          {paper.title}
        </h1>
        {origin.kind === 'paper' ? (
          <p className={styles.origin}>
            {origin.authors} · {origin.venue} {origin.venue.includes(String(origin.year)) ? '' : origin.year}
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
    </>
  );
}
