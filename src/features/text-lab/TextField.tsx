import type { ChangeEvent, ClipboardEvent } from 'react';
import { fitsField } from './document';
import { openFile, writeText } from './store';
import styles from './TextInput.module.css';

const LINE_BREAKS = /\r\n?/g;

/**
 * The text field, as tall as its content within limits. A text too large for it never reaches its layout: it is
 * taken out of the paste or, for any other way in, out of the first input event.
 */
export function TextField({ text }: { readonly text: string }) {
  const handlePaste = (event: ClipboardEvent<HTMLTextAreaElement>) => {
    const file = event.clipboardData.files[0];
    if (file && !event.clipboardData.types.includes('text/plain')) {
      event.preventDefault();
      void openFile(file);
      return;
    }
    const field = event.currentTarget;
    const pasted = event.clipboardData.getData('text/plain');
    if (fitsField(pasted) && fitsField(field.value + pasted)) return;
    event.preventDefault();
    const { value, selectionStart, selectionEnd } = field;
    // The field itself would make the same of foreign line breaks.
    const inserted = pasted.replace(LINE_BREAKS, '\n');
    writeText(value.slice(0, selectionStart) + inserted + value.slice(selectionEnd));
  };

  const handleChange = (event: ChangeEvent<HTMLTextAreaElement>) => {
    const field = event.currentTarget;
    const { value } = field;
    if (!fitsField(value)) field.value = '';
    writeText(value);
  };

  return (
    <textarea
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
