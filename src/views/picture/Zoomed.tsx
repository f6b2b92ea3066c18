import type { ReactNode } from 'react';
import styles from './Zoomed.module.css';

export interface ZoomedProps {
  /** The picture, which fills what it is put in. */
  readonly children: ReactNode;
  /** Whether the loupe is over it. */
  readonly loupe: boolean;
}

/**
 * A picture of which a part may be shown. Which part, and where the loupe is, is set by variables on a parent
 * (`--plane`, `--plane-x`, `--plane-y`; `--loupe-x` and the like), so that all pictures move at once without a render.
 */
export function Zoomed({ children, loupe }: ZoomedProps) {
  return (
    <>
      <div className={styles.plane}>{children}</div>
      {loupe ? (
        <div className={styles.lens} aria-hidden="true">
          <div className={styles.magnified}>{children}</div>
        </div>
      ) : null}
    </>
  );
}
