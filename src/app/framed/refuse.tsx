import { createRoot } from 'react-dom/client';
import { Mark } from '../Mark';
import styles from './refuse.module.css';

/**
 * What stands in a frame on another page, which could cover this one or pass for it: not the page, but the way to it. For
 * experiments on other pages there is embed.html.
 */
export function refuse(): void {
  const root = document.getElementById('root');
  if (!root) return;
  createRoot(root).render(
    <main className={styles.refusal}>
      <Mark />
      <h1 className={styles.title}>Tokenoscope does not run inside another page.</h1>
      <p>
        <a href={location.href} target="_blank" rel="noopener">
          Open it in a tab of its own
        </a>
      </p>
      <p className={styles.hint}>To show an experiment on a page, use the embed code under Copy link.</p>
    </main>,
  );
}
