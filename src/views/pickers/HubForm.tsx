import { type FormEvent, type ReactNode, useId } from 'react';
import { Button } from '../../ui/Button';
import { HubAddress } from './HubAddress';
import styles from './HubForm.module.css';

export interface HubFormProps {
  /** What is typed. */
  readonly text: string;
  readonly onText: (text: string) => void;
  readonly placeholder: string;
  /** What the button says. */
  readonly action: string;
  readonly disabled: boolean;
  /** Called with more than white space only. */
  readonly onSubmit: () => void;
  /** Where names without an address are looked up. */
  readonly hub: string;
  readonly onHub: (hub: string) => void;
  /** What comes of it, under the field. */
  readonly children?: ReactNode;
}

/** Asks for something that lies on a hub or at an address: tokenizers and checkpoints alike. */
export function HubForm(props: HubFormProps) {
  const { text, onText, placeholder, action, disabled, onSubmit, hub, onHub, children } = props;
  const field = useId();
  const isEmpty = text.trim() === '';
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!isEmpty) onSubmit();
  };
  return (
    <form className={styles.form} onSubmit={submit}>
      <label htmlFor={field} className={styles.label}>
        Hub id or address
      </label>
      <div className={styles.row}>
        <input
          id={field}
          className={styles.input}
          value={text}
          spellCheck={false}
          autoCapitalize="none"
          autoComplete="off"
          placeholder={placeholder}
          onChange={(event) => onText(event.target.value)}
        />
        <Button type="submit" disabled={disabled || isEmpty}>
          {action}
        </Button>
      </div>
      {children}
      <HubAddress key={hub} hub={hub} onChange={onHub} />
    </form>
  );
}
