import { Icon } from '../../ui/Icon';
import styles from './DropOverlay.module.css';

export interface DropOverlayProps {
  readonly title: string;
  readonly detail: string;
}

/** Shows that the whole page takes what is being dragged. */
export function DropOverlay({ title, detail }: DropOverlayProps) {
  return (
    <div className={styles.overlay} aria-hidden="true">
      <p className={styles.card}>
        <Icon name="upload" size={24} />
        <span className={styles.title}>{title}</span>
        <span className={styles.detail}>{detail}</span>
      </p>
    </div>
  );
}
