import { type ChangeEvent, type ClipboardEvent, useEffect, useRef } from 'react';
import { fitsField } from './document';
import { takeFiles } from './intake';
import { insertText, typeText } from './store';
import styles from './TextInput.module.css';

const LINE_BREAKS = /\r\n?/g;

/** Insertions shorter than this are typing. */
const KEYSTROKE = 500;

/**
 * The text field, as tall as its content within limits. A text too large for it never reaches its layout: it is
 * taken out of the paste, or of what comes in otherwise (a drop, dictation, a script) before it is inserted.
 */
export function TextField({ text }: { readonly text: string }) {
  const field = useRef<HTMLTextAreaElement>(null);

  useEffect(() => {
    const element = field.current;
    // React's own event of this name is another one, without the data.
    const handleBeforeInput = (event: InputEvent) => {
      const inserted = event.data ?? event.dataTransfer?.getData('text/plain') ?? '';
      if (element && takeLarge(element, inserted)) event.preventDefault();
    };
    element?.addEventListener('beforeinput', handleBeforeInput);
    return () => element?.removeEventListener('beforeinput', handleBeforeInput);
  }, []);

  const handlePaste = (event: ClipboardEvent<HTMLTextAreaElement>) => {
    const file = event.clipboardData.files[0];
    if (file && !event.clipboardData.types.includes('text/plain')) {
      event.preventDefault();
      void takeFiles([file]);
      return;
    }
    if (takeLarge(event.currentTarget, event.clipboardData.getData('text/plain'))) event.preventDefault();
  };

  const handleChange = (event: ChangeEvent<HTMLTextAreaElement>) => {
    typeText(event.currentTarget.value);
  };

  return (
    <textarea
      ref={field}
      className={styles.field}
      aria-label="Text to tokenize"
      placeholder="Type or paste a text, drop a file, or choose a sample."
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

/**
 * Takes `inserted` into the text by itself where the field would grow too large with it.
 * @returns whether it has
 */
function takeLarge(field: HTMLTextAreaElement, inserted: string): boolean {
  if (inserted.length < KEYSTROKE || (fitsField(inserted) && fitsField(field.value + inserted))) return false;
  const { value, selectionStart, selectionEnd } = field;
  // The field itself would make the same of foreign line breaks.
  insertText(
    value.slice(0, selectionStart) + inserted.replace(LINE_BREAKS, '\n') + value.slice(selectionEnd),
  );
  return true;
}
