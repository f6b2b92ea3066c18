const DIGITS = '12345678901234567890';
const FRACTION = '14159265358979';

/** More numbers than these are not shown. */
export const MAX_NUMBERS = 200;

/** Longer ones are no numbers to read. */
const MAX_LENGTH = 60;

/** Digits with what may stand between them: separators, and those of dates and times. */
const NUMBER = /\p{Nd}+(?:[.,:/'’_\u00a0\u202f-]\p{Nd}+)*/gu;

/** The made lists, by what they show. */
export const MADE: Readonly<Record<'digits' | 'decimals' | 'separators' | 'dates', readonly string[]>> = {
  digits: Array.from(DIGITS, (_, i) => DIGITS.slice(0, i + 1)),
  decimals: [
    ...Array.from(FRACTION, (_, i) => `3.${FRACTION.slice(0, i + 1)}`),
    '0.5',
    '0.001',
    '12.75',
    '1234.5',
    '98765.4321',
  ],
  separators: Array.from(DIGITS, (_, i) => withSeparators(DIGITS.slice(0, i + 1))).slice(3),
  dates: [
    '2026-11-28',
    '1999-12-31',
    '28.11.2026',
    '1.2.2026',
    '11/28/2026',
    '28/11/26',
    '20261128',
    '12:30',
    '23:59:59',
  ],
};

function withSeparators(digits: string): string {
  return digits.replace(/\B(?=(\d{3})+$)/g, ',');
}

/** The numbers of a text, in order, each once; at most `MAX_NUMBERS`. */
export function numbersIn(text: string): readonly string[] {
  const found = new Set<string>();
  for (const [number] of text.matchAll(NUMBER)) {
    if (number.length <= MAX_LENGTH) found.add(number);
    if (found.size === MAX_NUMBERS) break;
  }
  return [...found];
}

/** What was typed, one number a line. A line without a digit is none. */
export function typedNumbers(typed: string): readonly string[] {
  return typed
    .split(/\r\n?|\n/)
    .map((line) => line.trim())
    .filter((line) => /\p{Nd}/u.test(line) && line.length <= MAX_LENGTH)
    .slice(0, MAX_NUMBERS);
}
