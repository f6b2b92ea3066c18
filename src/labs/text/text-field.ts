/** The field that the text is in, where it is on screen: for the focus of what is no longer there. */
export function textField(): HTMLElement | null {
  return document.querySelector('textarea');
}
