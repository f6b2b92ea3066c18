/** Longer operands than this are left alone: they would not be seen on a screen. */
const MOST_DIGITS = 24;

/** A sum that was found in a text. Digits are ASCII and written without separators. */
export interface Sum {
  /** Two or more, as they are in the text, leading zeros too. */
  readonly operands: readonly string[];
  /** What they add up to. */
  readonly result: string;
  /** What the text says that they add up to, where that is something else. */
  readonly stated?: string;
  /** `carries[p]` is what is carried into the place of 10^p: 0 or more. As long as `result`. */
  readonly carries: readonly number[];
}

/** Digits, or groups of three behind commas: what a person would write. */
const NUMBER = String.raw`(?:\d{1,3}(?:,\d{3})+|\d+)`;
// No part of a longer expression, of a decimal fraction, of a date or of a word.
const SUM = new RegExp(
  String.raw`(?<![\w.,])(?<![+*/×-]\s*)${NUMBER}(?:\s*\+\s*${NUMBER})+(?![\d\w]|[.,]\d|[ \t]*[*/×+-])(?:\s*=\s*(${NUMBER})(?![\d\w]|[.,]\d|[ \t]*[*/×+-]))?`,
  'g',
);

/**
 * The sums of whole numbers that are written in a text, in its order: "1234567+89=", "12 + 7 = 19", "1,000+2,000".
 * A result that is written there is checked, not used.
 * @param limit the most that are returned
 */
export function findSums(text: string, limit: number): Sum[] {
  const sums: Sum[] = [];
  for (const match of text.matchAll(SUM)) {
    if (sums.length === limit) break;
    const plain = match[0].replaceAll(',', '');
    const operands = plain
      .replace(/=.*$/s, '')
      .split('+')
      .map((part) => part.trim());
    if (operands.some((operand) => operand.length > MOST_DIGITS)) continue;
    sums.push(add(operands, match[1]?.replaceAll(',', '')));
  }
  return sums;
}

/** Adds as on paper. @param stated what a text says that the result is */
export function add(operands: readonly string[], stated?: string): Sum {
  const digits: number[] = [];
  const carries: number[] = [];
  const longest = Math.max(...operands.map((operand) => operand.length));
  let carry = 0;
  for (let place = 0; place < longest || carry > 0; place++) {
    carries.push(carry);
    const column = operands.reduce((sum, operand) => sum + Number(operand.at(-1 - place) ?? 0), carry);
    digits.push(column % 10);
    carry = Math.floor(column / 10);
  }
  while (digits.length > 1 && digits.at(-1) === 0) {
    digits.pop();
    carries.pop();
  }
  const result = digits.reverse().join('');
  const isWrong = stated !== undefined && stated.replace(/^0+(?=\d)/, '') !== result;
  return { operands, result, carries, ...(isWrong && { stated }) };
}

/** Whether the result has more digits than any operand: the paper's "length mismatch". */
export function isLonger({ operands, result }: Sum): boolean {
  return operands.every((operand) => operand.length < result.length);
}
