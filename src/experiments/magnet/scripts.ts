/** The scripts that have a predictor, Latin first: what the others are compared with. */
export const scripts = ['Latn', 'Cyrl', 'Deva'] as const;
export type Script = (typeof scripts)[number];

/** Bytes of a segment by those of Latin script: 5, 10 and 12.5 in the published example. */
export const RATIOS: Readonly<Record<Script, number>> = { Latn: 1, Cyrl: 2, Deva: 2.5 };

export const SCRIPT_NAMES: Readonly<Record<Script, string>> = {
  Latn: 'Latin',
  Cyrl: 'Cyrillic',
  Deva: 'Devanagari',
};

const LETTERS: Readonly<Record<Script, RegExp>> = {
  Latn: /\p{Script=Latin}/gu,
  Cyrl: /\p{Script=Cyrillic}/gu,
  Deva: /\p{Script=Devanagari}/gu,
};

/** The script of most letters; undefined where another has more, or there are none. */
export function scriptOf(text: string): Script | undefined {
  const count = (pattern: RegExp) => text.match(pattern)?.length ?? 0;
  const counts = scripts.map((script) => count(LETTERS[script]));
  const most = Math.max(...counts);
  const letters = count(/[\p{L}\p{M}]/gu);
  return most > 0 && 2 * most >= letters ? scripts[counts.indexOf(most)] : undefined;
}
