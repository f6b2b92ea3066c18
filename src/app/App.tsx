import { Button } from '../ui/Button';
import { Notice } from '../ui/Notice';
import { Later } from '../views/Later';
import styles from './App.module.css';
import { ErrorBoundary } from './ErrorBoundary';
import { Header } from './Header';
import { useShell, useShellState } from './shell-context';

const loadMessages = async () => (await import('./Messages')).Messages;

/** The page: header, messages about the link, and the lab that is open. */
export function App() {
  const { lab, room, lesson, linkFailure, linkProblems, notice, storageRefused } = useShellState(
    (state) => state,
  );
  const isSaying = linkFailure || linkProblems.length > 0 || notice || storageRefused;
  return (
    <>
      <button type="button" className={styles.skip} onClick={() => document.getElementById('main')?.focus()}>
        Skip to the lab
      </button>
      <Header />
      {lesson?.render()}
      <main id="main" tabIndex={-1} className={styles.main}>
        <title>{`${lab.title} · Tokenoscope`}</title>
        {isSaying ? <Later load={loadMessages} props={{}} /> : null}
        <ErrorBoundary key={room + lab.id} name={`The ${lab.title.toLowerCase()}`}>
          <OpenLab />
        </ErrorBoundary>
      </main>
    </>
  );
}

function OpenLab() {
  const shell = useShell();
  const instance = useShellState((state) => state.instance);
  const failure = useShellState((state) => state.labFailure);
  if (failure) {
    return (
      <Notice
        tone="error"
        title={failure.message}
        actions={<Button onClick={() => shell.retryLab()}>Try again</Button>}
      >
        {failure.hint}
      </Notice>
    );
  }
  return instance ? instance.render() : <div className={styles.waiting} />;
}
