import type { ReactNode } from 'react';
import styles from './PictureFrame.module.css';

export interface PictureFrameProps {
  readonly title: ReactNode;
  /** Small print at the right of the title. */
  readonly aside?: ReactNode;
  /** A button at the end of that line. */
  readonly action?: ReactNode;
  /** What fills the square. */
  readonly children: ReactNode;
  /** It still shows what its neighbours do not show any more. */
  readonly stale?: boolean;
  /** Its content makes its own square. */
  readonly bare?: boolean;
  /** Figures under the picture. */
  readonly footer?: ReactNode;
}

/** A picture column: what it is, the picture, its figures. */
export function PictureFrame({ title, aside, action, children, stale, bare, footer }: PictureFrameProps) {
  return (
    <figure className={styles.figure} data-stale={stale || undefined}>
      <figcaption className={styles.head}>
        <span className={styles.title}>{title}</span>
        <span className={styles.aside}>{aside}</span>
        {action}
      </figcaption>
      {bare ? (
        children
      ) : (
        <div className={styles.square} data-square>
          {children}
        </div>
      )}
      {footer}
    </figure>
  );
}
