/** Input types that hold no text. */
const NO_TEXT = new Set([
  'button',
  'checkbox',
  'color',
  'file',
  'hidden',
  'image',
  'radio',
  'range',
  'reset',
  'submit',
]);

/** Whether what is pasted there belongs to the field: a text or number field, or anything that can be edited. */
export function isTextField(target: EventTarget | null): boolean {
  const element = target as Partial<HTMLElement & HTMLInputElement> | null;
  if (!element) return false;
  if (element.isContentEditable) return true;
  switch (element.tagName?.toUpperCase()) {
    case 'TEXTAREA':
      return true;
    case 'INPUT':
      return !NO_TEXT.has((element.type ?? 'text').toLowerCase());
    default:
      return element.getAttribute?.('role') === 'textbox';
  }
}
