import { Button } from '../ui/Button';
import { Notice } from '../ui/Notice';
import styles from './App.module.css';
import { ErrorBoundary } from './ErrorBoundary';
import { Header } from './Header';
import { Messages } from './Messages';
import { useShell, useShellState } from './shell-context';

/** The page: header, messages about the link, and the lab that is open. */
export function App() {
  const lab = useShellState((state) => state.lab);
  return (
    <>
      <button type="button" className={styles.skip} onClick={() => document.getElementById('main')?.focus()}>
        Skip to the lab
      </button>
      <Header />
      <main id="main" tabIndex={-1} className={styles.main}>
        <title>{`${lab.title} · Tokenoscope`}</title>
        <Messages />
        <ErrorBoundary key={lab.id} name={`The ${lab.title.toLowerCase()}`}>
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
