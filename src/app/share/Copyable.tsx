import { type ReactNode, useRef, useState } from 'react';
import { Button } from '../../ui/Button';
import { Icon } from '../../ui/Icon';
import { RareIcon } from '../../ui/RareIcon';
import styles from './Copyable.module.css';

export interface CopyableProps {
  /** Names the field. */
  readonly label: string;
  readonly text: string;
  /** What is copied, in one word: "code". */
  readonly name: string;
  /** What it is. */
  readonly children: ReactNode;
}

/** A text to copy whole, and the button that does it. */
export function Copyable({ label, text, name, children }: CopyableProps) {
  const field = useRef<HTMLTextAreaElement>(null);
  const [state, setState] = useState<'ready' | 'copied' | 'refused'>('ready');
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(text);
      setState('copied');
    } catch {
      field.current?.select();
      setState('refused');
    }
  };
  return (
    <section className={styles.copyable} aria-label={label}>
      <p>{children}</p>
      <textarea
        ref={field}
        className={styles.text}
        aria-label={label}
        readOnly
        rows={6}
        spellCheck={false}
        value={text}
        onFocus={(event) => event.target.select()}
      />
      <p className={styles.actions}>
        <Button
          size="sm"
          icon={state === 'copied' ? <Icon name="check" /> : <RareIcon name="copy" />}
          onClick={() => void copy()}
        >
          {`Copy ${name}`}
        </Button>
        <span role="status">
          {
            {
              ready: '',
              copied: 'Copied',
              refused: 'The browser refused the clipboard; it is selected: press Ctrl+C.',
            }[state]
          }
        </span>
      </p>
    </section>
  );
}
