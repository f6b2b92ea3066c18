import type { KeyboardEvent } from 'react';

/**
 * The index of the next label that begins with a letter, wrapping around; -1 where there is none.
 * @param from the present index; -1 where there is none
 */
export function placeByLetter(labels: readonly string[], letter: string, from: number): number {
  const wanted = letter.toLocaleLowerCase();
  for (let step = 1; step <= labels.length; step++) {
    const at = (from + step) % labels.length;
    if (labels[at]!.trim().toLocaleLowerCase().startsWith(wanted)) return at;
  }
  return -1;
}

/** Moves the focus to the next button of a menu that begins with the letter that was typed. */
export function focusByLetter(event: KeyboardEvent<HTMLElement>): void {
  const { key, currentTarget, target } = event;
  if ([...key].length !== 1 || key === ' ' || event.altKey || event.ctrlKey || event.metaKey) return;
  if ((target as HTMLElement).closest('input:not([type="file"]), textarea')) return;
  const buttons = [...currentTarget.querySelectorAll<HTMLButtonElement>('li > button:not(:disabled)')];
  const labels = buttons.map((button) => button.textContent ?? '');
  const at = placeByLetter(labels, key, buttons.indexOf(document.activeElement as HTMLButtonElement));
  if (at < 0) return;
  event.preventDefault();
  buttons[at]!.focus();
}
