import { useStore } from 'zustand';
import { Notice } from '../../ui/Notice';
import { ErrorBoundary } from '../ErrorBoundary';
import { Mark } from '../Mark';
import styles from './EmbedPage.module.css';
import type { EmbeddedExperiment } from './embedded-experiment';

/** One experiment, and the way to the whole page. */
export function EmbedPage({ experiment }: { readonly experiment: EmbeddedExperiment }) {
  const { lab, instance, failure, problems, hash } = useStore(experiment.store);
  const name = lab?.title ?? 'Experiment';
  return (
    <main className={styles.page}>
      <title>{`${name} · Tokenoscope`}</title>
      <h1 className="visually-hidden">{name}</h1>
      {failure ? (
        <Notice tone="error" title={failure.message}>
          {failure.hint}
        </Notice>
      ) : null}
      {problems.map((problem) => (
        <Notice key={problem} tone="warning" title={problem} />
      ))}
      {instance ? (
        <ErrorBoundary
          name={`The ${name.toLowerCase()}`}
          hint="If trying again does not help, reload the page."
        >
          {instance.render()}
        </ErrorBoundary>
      ) : failure ? null : (
        <div className={styles.waiting} style={{ minHeight: lab?.embedHeight }} aria-busy="true" />
      )}
      <footer className={styles.foot}>
        <Mark />
        <a href={`./${hash}`} target="_blank" rel="noopener">
          Open in Tokenoscope
        </a>
      </footer>
    </main>
  );
}
