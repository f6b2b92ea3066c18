/**
 * Letters that join the letter after them, and letters that join the one before (Unicode 15, ArabicShaping.txt: joining
 * types D, L and C, and D, R and C), of the cursive scripts of the first plane that run from right to left.
 */
const JOINS_NEXT =
  /[\u0620\u0626\u0628\u062a-\u062e\u0633-\u0647\u0649\u064a\u066e\u066f\u0678-\u0687\u069a-\u06bf\u06c1\u06c2\u06cc\u06ce\u06d0\u06d1\u06fa-\u06fc\u06ff\u0712-\u0714\u071a-\u071d\u071f-\u0727\u0729\u072b\u072d\u072e\u074e-\u0758\u075c-\u076a\u076d-\u0770\u0772\u0775-\u0777\u077a-\u077f\u07ca-\u07ea\u07fa\u0841-\u0845\u0848\u084a-\u0853\u0855\u0860\u0862-\u0865\u0868\u0883-\u0886\u0889-\u088d\u08a0-\u08a9\u08af\u08b0\u08b3-\u08b8\u08ba-\u08c8\u200d]/;
const JOINS_PREVIOUS =
  /[\u0620\u0622-\u064a\u066e\u066f\u0671-\u0673\u0675-\u06d3\u06d5\u06ee\u06ef\u06fa-\u06fc\u06ff\u0710\u0712-\u072f\u074d-\u077f\u07ca-\u07ea\u07fa\u0840-\u0858\u0860\u0862-\u0865\u0867-\u086a\u0870-\u0886\u0889-\u088e\u08a0-\u08ac\u08ae-\u08c8\u200d]/;

/** Marks do not stand between two letters. */
const MARKS_AT_END = /[\p{Mn}\p{Me}]+$/u;
const MARKS_AT_START = /^[\p{Mn}\p{Me}]+/u;

/** Whether the last letter of `before` and the first of `after` are joined where the two texts meet. */
export function joinsAcross(before: string, after: string): boolean {
  const last = before.replace(MARKS_AT_END, '').at(-1) ?? '';
  const first = after.replace(MARKS_AT_START, '').charAt(0);
  return JOINS_NEXT.test(last) && JOINS_PREVIOUS.test(first);
}
