import type { CSSProperties } from 'react';
import { Later } from '../../../views/Later';
import { useColumnIds } from '../context';
import styles from './StripSlot.module.css';

const loadStrip = async () => (await import('./Strip')).Strip;

/** The comparison's place, as high as it will be, so that nothing moves when its code arrives. */
export function StripSlot() {
  const count = useColumnIds().length;
  if (count === 0) return null;
  const rows = (columns: number) => Math.ceil(count / columns);
  // Rows stand in as many columns as there is room and need for.
  const wide = count <= 4 ? 1 : count <= 8 ? 2 : 3;
  const style = {
    '--rows': rows(wide),
    '--rows-medium': rows(Math.min(2, wide)),
    '--rows-narrow': Math.min(count, 5),
  } as CSSProperties;
  return (
    <section className={styles.slot} style={style} data-columns={wide} aria-label="Comparison">
      <Later load={loadStrip} props={{}} />
    </section>
  );
}
