import type { KeyboardEvent } from 'react';
import { Icon } from '../../ui/Icon';
import styles from './AddTokenizer.module.css';

/** The search of the picker. The arrow down leads to the first row, Escape empties it before it closes the menu. */
export function SearchField({
  value,
  onChange,
  onDown,
}: {
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly onDown: (event: KeyboardEvent<HTMLElement>) => void;
}) {
  return (
    <label className={styles.search}>
      <Icon name="search" size={14} />
      <input
        ref={focusOnOpen}
        type="search"
        aria-label="Search tokenizers"
        placeholder="Search: llama, gpt-4o, google…"
        value={value}
        spellCheck={false}
        autoComplete="off"
        onChange={(event) => onChange(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === 'ArrowDown') {
            event.preventDefault();
            onDown(event);
          } else if (event.key === 'Escape' && value !== '') {
            event.preventDefault();
            event.stopPropagation();
            onChange('');
          }
        }}
      />
    </label>
  );
}

/** The panel focuses the element with this attribute when it opens; a screen keyboard would cover the list. */
function focusOnOpen(input: HTMLInputElement | null): void {
  if (!input || !matchMedia('(pointer: fine)').matches) return;
  input.setAttribute('autofocus', '');
  // Where this code came after the panel had opened.
  const panel = input.closest('[popover]');
  if (panel?.matches(':popover-open') && !panel.contains(document.activeElement)) input.focus();
}
