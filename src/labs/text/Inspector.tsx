import { Later } from '../../views/Later';
import styles from './Inspector.module.css';

const loadContent = async () => (await import('./InspectorContent')).InspectorContent;

/** The read-out at the foot of the lab. */
export function Inspector() {
  return (
    <section className={styles.inspector} aria-label="Token">
      <Later load={loadContent} props={{}} />
    </section>
  );
}
