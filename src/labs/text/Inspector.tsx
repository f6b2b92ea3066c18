import { Later } from '../../views/Later';
import { useTokenFocus } from './context';
import styles from './Inspector.module.css';

const loadContent = async () => (await import('./InspectorContent')).InspectorContent;
const loadPinned = async () => (await import('./inspector/TokenInspector')).TokenInspector;

/** The read-out at the foot of the lab: the token under the pointer in one line. */
export function Inspector() {
  const isPinned = useTokenFocus(({ pinned }) => pinned !== null);
  return (
    <section className={styles.inspector} aria-label="Token" data-pinned={isPinned || undefined}>
      <Later load={loadContent} props={{}} />
    </section>
  );
}

/** Everything about the pinned token, beside the columns. */
export function PinnedInspector() {
  const isPinned = useTokenFocus(({ pinned }) => pinned !== null);
  return isPinned ? <Later load={loadPinned} props={{}} /> : null;
}
