import type { ReactNode } from 'react';
import { cx } from '../../ui/cx';
import styles from './agreed-on.module.css';
import rowStyles from './TokenRow.module.css';

/** A token as colours by agreement draw it, for a legend. */
export function AgreedSample({
  kind,
  children,
}: {
  readonly kind: 'shared' | 'differs' | 'opens';
  readonly children: ReactNode;
}) {
  const fill = kind === 'shared' ? styles.shared : styles.differs;
  return (
    <span className={cx(rowStyles.token, rowStyles.legend, fill, kind === 'opens' && styles.opens)}>
      {children}
    </span>
  );
}
