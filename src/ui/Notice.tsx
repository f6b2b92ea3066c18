import type { ReactNode } from 'react';
import { Button } from './Button';
import { cx } from './cx';
import { Icon } from './Icon';
import styles from './Notice.module.css';

export type NoticeTone = 'error' | 'warning' | 'info' | 'done';

const ICONS = { error: 'error', warning: 'warning', info: 'info', done: 'check' } as const;

export interface NoticeProps {
  readonly tone: NoticeTone;
  /** What happened, one sentence. */
  readonly title: ReactNode;
  /** What to do next. */
  readonly children?: ReactNode;
  /** Buttons at the end. */
  readonly actions?: ReactNode;
  /** Offers to try again. */
  readonly onRetry?: (() => void) | undefined;
  readonly onDismiss?: (() => void) | undefined;
}

/** An inline message: what happened and what to do. Errors are announced at once, the rest politely. */
export function Notice({ tone, title, children, actions, onRetry, onDismiss }: NoticeProps) {
  return (
    <div className={cx(styles.notice, styles[tone])} role={tone === 'error' ? 'alert' : 'status'}>
      <span className={styles.icon}>
        <Icon name={ICONS[tone]} />
      </span>
      <div className={styles.body}>
        <p className={styles.title}>{title}</p>
        {children ? <div className={styles.hint}>{children}</div> : null}
      </div>
      {actions}
      {onRetry ? (
        <Button size="sm" onClick={() => onRetry()}>
          Try again
        </Button>
      ) : null}
      {onDismiss ? (
        <Button
          variant="quiet"
          size="sm"
          className={styles.dismiss}
          icon={<Icon name="close" />}
          aria-label="Dismiss"
          onClick={onDismiss}
        />
      ) : null}
    </div>
  );
}
