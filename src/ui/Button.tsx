import type { ComponentProps, ReactNode } from 'react';
import styles from './Button.module.css';
import { cx } from './cx';

export interface ButtonProps extends Omit<ComponentProps<'button'>, 'children'> {
  /** `quiet` has no frame until touched; `primary` is for the one main action of a view. */
  readonly variant?: 'framed' | 'quiet' | 'primary';
  readonly size?: 'sm' | 'md';
  /** An icon before the label; the only content of an icon button, which then needs `aria-label`. */
  readonly icon?: ReactNode;
  /** Makes it a toggle: sets `aria-pressed` and the pressed look. */
  readonly pressed?: boolean;
  readonly children?: ReactNode;
}

/** The button of this project; there is no other. */
export function Button({
  variant = 'framed',
  size = 'md',
  icon,
  pressed,
  className,
  children,
  type = 'button',
  ...rest
}: ButtonProps) {
  return (
    <button
      {...rest}
      type={type}
      aria-pressed={pressed}
      className={cx(
        styles.button,
        styles[variant],
        size === 'sm' && styles.sm,
        children === undefined && styles.iconOnly,
        className,
      )}
    >
      {icon}
      {children === undefined ? null : <span className={styles.label}>{children}</span>}
    </button>
  );
}
