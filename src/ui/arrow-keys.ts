import type { KeyboardEvent } from 'react';

/** Elements that use the arrow keys themselves. */
const OWN_KEYS =
  'input:not([type="file"]), textarea, select, [role="slider"], [role="listbox"], [contenteditable="true"]';

/** File inputs count as the buttons that they look like. */
const ITEMS = 'button:not(:disabled), a[href], input[type="file"]:not(:disabled, [hidden])';

/** Moves the focus between the buttons of a menu: arrows by one, wrapping around, Home and End to its ends. */
export function moveFocus(event: KeyboardEvent<HTMLElement>): void {
  const { key, currentTarget, target } = event;
  if (event.altKey || event.ctrlKey || event.metaKey) return;
  if ((target as HTMLElement).closest(OWN_KEYS)) return;
  // Those in a closed disclosure cannot take the focus.
  const items = [...currentTarget.querySelectorAll<HTMLElement>(ITEMS)].filter((item) =>
    item.checkVisibility(),
  );
  const at = items.indexOf(document.activeElement as HTMLElement);
  const last = items.length - 1;
  const to = {
    ArrowDown: at === last ? 0 : at + 1,
    ArrowUp: at <= 0 ? last : at - 1,
    Home: 0,
    End: last,
  }[key];
  if (to === undefined || items.length === 0) return;
  event.preventDefault();
  items[to]?.focus();
}
