import { lazy, Suspense } from 'react';
import { Notice } from '../ui/Notice';
import styles from './App.module.css';
import { About } from './about/About';
import { ErrorBoundary } from './ErrorBoundary';
import { Header } from './Header';
import { dismissLinkMessages, useApp } from './store';

const ImageLab = lazy(async () => ({ default: (await import('../labs/image/ImageLab')).ImageLab }));
const TextLab = lazy(async () => ({ default: (await import('../labs/text/TextLab')).TextLab }));

const VIEWS = {
  image: { name: 'The image lab', title: 'Image lab', view: ImageLab },
  text: { name: 'The text lab', title: 'Text lab', view: TextLab },
  about: { name: 'This page', title: 'About', view: About },
} as const;

/** The page: header, messages about the link, and the lab that is open. */
export function App() {
  const lab = useApp((state) => state.lab);
  const { name, title, view: View } = VIEWS[lab];
  return (
    <>
      <button type="button" className={styles.skip} onClick={() => document.getElementById('main')?.focus()}>
        Skip to the lab
      </button>
      <Header />
      <main id="main" tabIndex={-1} className={styles.main}>
        <title>{`${title} · Tokenoscope`}</title>
        <Messages />
        <ErrorBoundary key={lab} name={name}>
          <Suspense fallback={<div className={styles.waiting} />}>
            <View />
          </Suspense>
        </ErrorBoundary>
      </main>
    </>
  );
}

function Messages() {
  const failure = useApp((state) => state.linkFailure);
  const problems = useApp((state) => state.linkProblems);
  const storageRefused = useApp((state) => state.storageRefused);
  if (!failure && problems.length === 0 && !storageRefused) return null;
  return (
    <div className={styles.messages}>
      {failure ? (
        <Notice tone="error" title={failure.message} onDismiss={dismissLinkMessages}>
          {failure.hint}
        </Notice>
      ) : null}
      {problems.length > 0 ? (
        <Notice
          tone="warning"
          title="Part of this link could not be opened; the rest is shown."
          onDismiss={dismissLinkMessages}
        >
          {problems.length === 1 ? (
            problems[0]
          ) : (
            <ul>
              {problems.map((problem) => (
                <li key={problem}>{problem}</li>
              ))}
            </ul>
          )}
        </Notice>
      ) : null}
      {storageRefused ? (
        <Notice
          tone="info"
          title="This browser refuses local storage."
          onDismiss={() => useApp.setState({ storageRefused: false })}
        >
          Your theme and backend choices last until you close this tab. Everything else works as usual.
        </Notice>
      ) : null}
    </div>
  );
}
