import { Notice } from '../ui/Notice';
import styles from './App.module.css';
import { useShell, useShellState } from './shell-context';

/** The page's messages about its link and its storage. */
export function Messages() {
  const shell = useShell();
  const failure = useShellState((state) => state.linkFailure);
  const problems = useShellState((state) => state.linkProblems);
  const notice = useShellState((state) => state.notice);
  const storageRefused = useShellState((state) => state.storageRefused);
  if (!failure && problems.length === 0 && !notice && !storageRefused) return null;
  const dismiss = () => shell.dismissLinkMessages();
  return (
    <div className={styles.messages}>
      {failure ? (
        <Notice tone="error" title={failure.message} onDismiss={dismiss}>
          {failure.hint}
        </Notice>
      ) : null}
      {problems.length > 0 ? (
        <Notice
          tone="warning"
          title="Part of this link could not be opened; the rest is shown."
          onDismiss={dismiss}
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
      {notice ? (
        <Notice tone="info" title={notice.message} onDismiss={() => shell.store.setState({ notice: null })}>
          {notice.hint}
        </Notice>
      ) : null}
      {storageRefused ? (
        <Notice
          tone="info"
          title="This browser refuses local storage."
          onDismiss={() => shell.store.setState({ storageRefused: false })}
        >
          Your theme and backend choices last until you close this tab. Everything else works as usual.
        </Notice>
      ) : null}
    </div>
  );
}
