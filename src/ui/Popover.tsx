import { type KeyboardEvent, type ReactNode, useEffect, useId, useRef, useState } from 'react';
import { moveFocus } from './arrow-keys';
import { Button, type ButtonProps } from './Button';
import { cx } from './cx';
import styles from './Popover.module.css';

export interface PopoverProps {
  /** The button that opens it. */
  readonly trigger: Omit<ButtonProps, 'onClick' | 'popoverTarget'>;
  /** Names the panel for screen readers. */
  readonly label: string;
  /** Called each time it opens. */
  readonly onOpen?: () => void;
  readonly onClose?: () => void;
  /** Which edge of the button the panel aligns with; `end` by default. */
  readonly align?: 'start' | 'end';
  /** For lists with more than a word in a row. */
  readonly wide?: boolean;
  /** The panel's content; as a function it is given what makes a button close the panel. */
  readonly children: ReactNode | ((closes: PopoverCloser) => ReactNode);
}

/** Attributes of a button that closes its popover. */
export interface PopoverCloser {
  readonly popoverTarget: string;
  readonly popoverTargetAction: 'hide';
}

const GAP = 8;
/** With less room than this below the button, the panel opens above it if there is more there. CSS pixels. */
const ENOUGH = 280;

/**
 * A panel beside a button, on the platform's own popover: Escape and a click elsewhere close it, focus returns to the
 * button. It stays within the window, however low that is, and its content scrolls. Arrow keys move between its
 * buttons, from the button that opens it too.
 */
export function Popover({
  trigger,
  label,
  onOpen,
  onClose,
  align = 'end',
  wide = false,
  children,
}: PopoverProps) {
  const id = useId();
  const [open, setOpen] = useState(false);
  const anchor = useRef<HTMLSpanElement>(null);
  const panel = useRef<HTMLDivElement>(null);
  /** Ends the wait for content that is to take the focus. */
  const arriving = useRef<() => void>(undefined);
  useEffect(() => () => arriving.current?.(), []);

  useEffect(() => {
    if (!open) return;
    const again = () => place(anchor.current, panel.current, align);
    again();
    window.addEventListener('resize', again);
    return () => window.removeEventListener('resize', again);
  }, [open, align]);

  const onTriggerKey = (event: KeyboardEvent) => {
    if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
    event.preventDefault();
    // `open` follows a little later than the panel itself.
    if (!panel.current?.matches(':popover-open')) panel.current?.showPopover();
    if (panel.current) {
      // Its own event follows a task later: no frame shows it where it was last time.
      place(anchor.current, panel.current, align);
      arriving.current?.();
      arriving.current = focusFirst(panel.current, event.currentTarget as HTMLElement);
    }
  };

  return (
    <>
      <span ref={anchor} className={styles.anchor}>
        <Button
          {...trigger}
          popoverTarget={id}
          aria-expanded={open}
          aria-haspopup="dialog"
          onKeyDown={onTriggerKey}
        />
      </span>
      <div
        ref={panel}
        id={id}
        popover="auto"
        role="dialog"
        aria-label={label}
        className={cx(styles.panel, wide && styles.wide)}
        onKeyDown={moveFocus}
        onBeforeToggle={(event) => {
          if (event.newState === 'open') onOpen?.();
        }}
        onToggle={(event) => {
          setOpen(event.newState === 'open');
          if (event.newState === 'open') {
            place(anchor.current, panel.current, align);
            panel.current?.querySelector<HTMLElement>('button[aria-current="true"]')?.focus();
          } else {
            arriving.current?.();
            onClose?.();
          }
        }}
      >
        {typeof children === 'function'
          ? children({ popoverTarget: id, popoverTargetAction: 'hide' })
          : children}
      </div>
    </>
  );
}

/**
 * Focuses the panel's current button, else its first one; where its code is still on its way, once it is there and the
 * focus is still on the trigger. Returns what gives the wait up.
 */
function focusFirst(panel: HTMLElement, trigger: HTMLElement): () => void {
  const first = () =>
    panel.querySelector<HTMLElement>('button[aria-current="true"]') ??
    panel.querySelector<HTMLElement>('button:not(:disabled)');
  const present = first();
  present?.focus();
  const observer = new MutationObserver(() => {
    const item = first();
    if (!item) return;
    observer.disconnect();
    if (trigger.contains(document.activeElement)) item.focus();
  });
  if (!present) observer.observe(panel, { childList: true, subtree: true });
  return () => observer.disconnect();
}

/** Below the anchor, or above it where that leaves more room; `--popover-room` is how high the panel may become. */
function place(anchor: HTMLElement | null, panel: HTMLElement | null, align: 'start' | 'end'): void {
  if (!anchor || !panel) return;
  const from = anchor.getBoundingClientRect();
  const width = panel.offsetWidth;
  const left = Math.min(
    Math.max(GAP, align === 'end' ? from.right - width : from.left),
    Math.max(GAP, window.innerWidth - width - GAP),
  );
  const below = window.innerHeight - from.bottom - 2 * GAP;
  const above = from.top - 2 * GAP;
  const isAbove = below < ENOUGH && above > below;
  panel.style.left = `${left}px`;
  panel.style.top = isAbove ? 'auto' : `${from.bottom + GAP}px`;
  panel.style.bottom = isAbove ? `${window.innerHeight - from.top + GAP}px` : 'auto';
  panel.style.setProperty('--popover-room', `${Math.max(120, isAbove ? above : below)}px`);
}
