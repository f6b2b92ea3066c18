import { type CSSProperties, useMemo } from 'react';
import { Later } from '../../views/Later';
import { shortestStep, tokenScale } from '../../views/tokens/token-scale';
import styles from './Filmstrip.module.css';
import { useTokenCount } from './lab-context';

const loadStills = async () => (await import('./filmstrip/Stills')).Stills;

/** The picture at every mark of the slider, under that mark; a click goes there. The stills come later into their room. */
export function Filmstrip() {
  const count = useTokenCount();
  const scale = useMemo(() => tokenScale(count ?? 1), [count]);
  if (count === undefined) return null;
  return (
    <section className={styles.room} aria-label="Filmstrip">
      <div className={styles.strip} style={{ '--step': shortestStep(scale) } as CSSProperties}>
        <Later load={loadStills} props={{ scale }} />
      </div>
    </section>
  );
}
