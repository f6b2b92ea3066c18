/** A string on one line: white space and control characters other than spaces as signs of their own; "(empty)" for none. */
export function visibleText(text: string): string {
  if (text === '') return '(empty)';
  return text
    .replace(/\n/gu, '⏎')
    .replace(/\t/gu, '⇥')
    .replace(/\p{Cc}/gu, (sign) => `\\x${sign.codePointAt(0)!.toString(16).padStart(2, '0')}`);
}
