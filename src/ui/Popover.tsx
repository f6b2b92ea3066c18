import { type ReactNode, useId, useRef, useState } from 'react';
import { Button, type ButtonProps } from './Button';
import styles from './Popover.module.css';

export interface PopoverProps {
  /** The button that opens it. */
  readonly trigger: Omit<ButtonProps, 'onClick' | 'popoverTarget'>;
  /** Names the panel for screen readers. */
  readonly label: string;
  /** Called each time it opens. */
  readonly onOpen?: () => void;
  readonly onClose?: () => void;
  /** Which edge of the button the panel keeps to; `end` where not given. */
  readonly align?: 'start' | 'end';
  /** The panel's content; as a function it is given what makes a button close the panel. */
  readonly children: ReactNode | ((closes: PopoverCloser) => ReactNode);
}

/** Attributes of a button that closes its popover. */
export interface PopoverCloser {
  readonly popoverTarget: string;
  readonly popoverTargetAction: 'hide';
}

const GAP = 8;

/**
 * A panel under a button, on the platform's own popover: Escape and a click elsewhere close it, focus returns
 * to the button.
 */
export function Popover({ trigger, label, onOpen, onClose, align = 'end', children }: PopoverProps) {
  const id = useId();
  const [open, setOpen] = useState(false);
  const anchor = useRef<HTMLSpanElement>(null);
  const panel = useRef<HTMLDivElement>(null);

  const place = () => {
    const from = anchor.current?.getBoundingClientRect();
    const element = panel.current;
    if (!from || !element) return;
    const width = element.offsetWidth;
    const left = Math.min(
      Math.max(GAP, align === 'end' ? from.right - width : from.left),
      window.innerWidth - width - GAP,
    );
    element.style.left = `${left}px`;
    element.style.top = `${from.bottom + GAP}px`;
    // For content that scrolls: how high it may become.
    element.style.setProperty('--popover-room', `${window.innerHeight - from.bottom - 2 * GAP}px`);
  };

  return (
    <>
      <span ref={anchor} className={styles.anchor}>
        <Button {...trigger} popoverTarget={id} aria-expanded={open} aria-haspopup="dialog" />
      </span>
      <div
        ref={panel}
        id={id}
        popover="auto"
        role="dialog"
        aria-label={label}
        className={styles.panel}
        onBeforeToggle={(event) => {
          if (event.newState === 'open') onOpen?.();
        }}
        onToggle={(event) => {
          setOpen(event.newState === 'open');
          if (event.newState === 'open') place();
          else onClose?.();
        }}
      >
        {typeof children === 'function'
          ? children({ popoverTarget: id, popoverTargetAction: 'hide' })
          : children}
      </div>
    </>
  );
}
