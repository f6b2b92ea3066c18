/** A tokenized text; the text engine's `Segmentation` is one. */
export interface CutText {
  readonly tokens: { readonly ids: ArrayLike<number> };
  /** UTF-8 length of the text. */
  readonly bytes: number;
  /** Unicode code points of the text. */
  readonly codePoints: number;
  /** Words of the text (Unicode UAX 29 segments that hold a letter or number). */
  readonly words: number;
  readonly vocabularySize: number;
}

/** A measure of how a tokenizer segments a text: one file in ./text/. */
export interface TextMeasure {
  /** Part of saved results: it never changes. */
  readonly id: string;
  readonly label: string;
  /** What it is called over a column of the text lab; without one it does not appear there. */
  readonly short?: string;
  /** Set where values are whole numbers. */
  readonly isCount?: true;
  /** Of one value, as `bytes`. */
  readonly unit: string;
  /** What it says, in one sentence. */
  readonly summary: string;
  /** Undefined where neither is better. */
  readonly better: 'higher' | 'lower' | undefined;
  /** The range that a chart shows, where values have one; else charts follow the values. */
  readonly range?: readonly [low: number, high: number];
  /** Cheap: at most one pass over the tokens. What takes more is a `DearTextMeasure`. */
  readonly cost: 'cheap';
  /** Place in lists: small first. */
  readonly place: number;
  /** @returns undefined where the text has nothing to divide by */
  compute(cut: CutText): number | undefined;
}

const modules = import.meta.glob<Record<string, TextMeasure>>(['./text/*.ts'], { eager: true });

/** Every measure of a text's tokens, in the order of lists. Adding a file to ./text/ is the only step to add one. */
export const textMeasures: readonly TextMeasure[] = Object.values(modules)
  .flatMap((module) => Object.values(module))
  .sort((a, b) => a.place - b.place);

/** All measures of a tokenized text, by id; null where one has no value. */
export function measureText(cut: CutText): Record<string, number | null> {
  return Object.fromEntries(textMeasures.map((each) => [each.id, each.compute(cut) ?? null]));
}
