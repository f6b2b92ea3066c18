import { type ChangeEvent, type ClipboardEvent, useEffect, useRef } from 'react';
import { cx } from '../../ui/cx';
import styles from './TextField.module.css';
import { isTabular } from './tabular';

const LINE_BREAKS = /\r\n?/g;

/** Insertions shorter than this are typing. */
const KEYSTROKE = 500;

export interface TextFieldProps {
  readonly text: string;
  /** Whether a text fits in the field; a larger one never reaches its layout. */
  readonly fits: (text: string) => boolean;
  /** Called with the field's text after a key. */
  readonly onType: (text: string) => void;
  /** Called with the whole text when a part that does not fit was inserted. */
  readonly onInsert: (text: string) => void;
  /** Called with a file that was pasted. */
  readonly onFiles: (files: readonly File[]) => void;
  /** Its name for screen readers. */
  readonly label?: string;
  readonly placeholder?: string;
}

/**
 * The text field, as tall as its content within limits. A text too large for it never reaches its layout: it is
 * taken out of the paste, or of what comes in otherwise (a drop, dictation, a script) before it is inserted.
 */
export function TextField({
  text,
  fits,
  onType,
  onInsert,
  onFiles,
  label = 'Text to tokenize',
  placeholder = 'Type or paste a text, drop a file, or choose a sample.',
}: TextFieldProps) {
  const field = useRef<HTMLTextAreaElement>(null);

  /** Inserts `inserted` into the text outside the field if the field would become too large; returns whether it did. */
  const takeLarge = (element: HTMLTextAreaElement, inserted: string): boolean => {
    const { value, selectionStart, selectionEnd } = element;
    if (inserted.length < KEYSTROKE || (fits(inserted) && fits(value + inserted))) return false;
    // The field itself would convert foreign line breaks in the same way.
    onInsert(
      value.slice(0, selectionStart) + inserted.replace(LINE_BREAKS, '\n') + value.slice(selectionEnd),
    );
    return true;
  };
  const take = useRef(takeLarge);
  useEffect(() => {
    take.current = takeLarge;
  });

  useEffect(() => {
    const element = field.current;
    // React's event of this name is a different one, without the data.
    const handleBeforeInput = (event: InputEvent) => {
      const inserted = event.data ?? event.dataTransfer?.getData('text/plain') ?? '';
      if (element && take.current(element, inserted)) event.preventDefault();
    };
    element?.addEventListener('beforeinput', handleBeforeInput);
    return () => element?.removeEventListener('beforeinput', handleBeforeInput);
  }, []);

  const handlePaste = (event: ClipboardEvent<HTMLTextAreaElement>) => {
    const file = event.clipboardData.files[0];
    if (file && !event.clipboardData.types.includes('text/plain')) {
      event.preventDefault();
      onFiles([file]);
      return;
    }
    if (takeLarge(event.currentTarget, event.clipboardData.getData('text/plain'))) event.preventDefault();
  };

  const handleChange = (event: ChangeEvent<HTMLTextAreaElement>) => {
    onType(event.currentTarget.value);
  };

  return (
    <textarea
      ref={field}
      className={cx(styles.field, isTabular(text) && styles.tabular)}
      aria-label={label}
      placeholder={placeholder}
      rows={4}
      spellCheck={false}
      autoComplete="off"
      autoCorrect="off"
      autoCapitalize="off"
      dir="auto"
      value={text.replace(LINE_BREAKS, '\n')}
      onPaste={handlePaste}
      onChange={handleChange}
    />
  );
}
