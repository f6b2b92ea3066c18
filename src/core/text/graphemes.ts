/** Made at its first use: an engine's first segmenter takes about 10 ms, and most tokenizers need none. */
let segmenter: Intl.Segmenter | undefined;

/** UTF-16 units that are segmented at once: V8's time for a segment grows with the length of the whole string. */
const WINDOW = 512;

/** Ranges of units whose characters join a cluster only because of the other character, before or after them. */
const SIMPLE: readonly (readonly [number, number])[] = [
  [0x000, 0x2ff],
  [0x370, 0x482],
  [0x48a, 0x52f],
  [0x5d0, 0x5ea],
  [0x620, 0x64a],
  [0x2010, 0x2027],
  [0x3000, 0x3029],
  [0x3041, 0x3096],
  [0x30a1, 0x30ff],
  [0x3400, 0x4dbf],
  [0x4e00, 0x9fff],
  [0xac00, 0xd7a3],
  [0xff01, 0xff9d],
];

const simple = new Uint8Array(0x10000);
for (const [first, last] of SIMPLE) simple.fill(1, first, last + 1);
// Pictographs, which a joiner binds to the one before.
simple[0xa9] = 0;
simple[0xae] = 0;

/**
 * Whether a grapheme cluster certainly begins at `unit`, by its two neighbours alone (UAX 29: no rule binds a
 * simple character to what precedes it, except for CR LF, prepended marks and Hangul). False means unknown.
 */
function surelyBegins(text: string, unit: number): boolean {
  const second = text.charCodeAt(unit);
  if (simple[second] === 0) return false;
  const first = text.charCodeAt(unit - 1);
  if (simple[first] === 1) return !(first === 13 && second === 10);
  // Prepended marks: in Arabic, Syriac and Malayalam, and beyond U+FFFF outside the pictographs.
  if ((first >= 0x600 && first < 0x900) || first === 0xd4e) return false;
  if (first >= 0xdc00 && first <= 0xdfff) {
    const lead = text.charCodeAt(unit - 2);
    if (!(lead >= 0xd83c && lead <= 0xd83e)) return false;
  }
  const isLeadingJamo = (first >= 0x1100 && first <= 0x115f) || (first >= 0xa960 && first <= 0xa97c);
  return !(isLeadingJamo && second >= 0xac00 && second <= 0xd7a3);
}

/**
 * Walks over the extended grapheme clusters of a text (UAX 29), in linear time: `Intl.Segmenter` alone takes
 * quadratic time. Give well-formed text: a lone surrogate is a cluster of its own, U+FFFD is not always.
 */
export class ClusterWalker {
  readonly #text: string;
  /** Ends of clusters that are already known, latest first. */
  readonly #ends: number[] = [];
  /** Where the next cluster begins, in UTF-16 units. */
  at: number;

  /** @param from where a cluster begins */
  constructor(text: string, from = 0) {
    this.#text = text;
    this.at = from;
  }

  /** Where the cluster at `at` ends; moves past it. Do not call it at the text's end. */
  next(): number {
    const text = this.#text;
    if (this.#ends.length === 0) {
      if (this.at + 1 >= text.length || surelyBegins(text, this.at + 1)) {
        this.at++;
        return this.at;
      }
      this.#segment();
    }
    this.at = this.#ends.pop()!;
    return this.at;
  }

  /** Segments up to the next certain boundary, or a window of the text and all but the last cluster of it. */
  #segment(): void {
    const text = this.#text;
    segmenter ??= new Intl.Segmenter(undefined, { granularity: 'grapheme' });
    for (let size = WINDOW; ; size *= 4) {
      const limit = Math.min(text.length, this.at + size);
      let end = this.at + 1;
      while (end < limit && !surelyBegins(text, end)) end++;
      const whole = end < limit || end === text.length;
      for (const { index } of segmenter.segment(text.slice(this.at, end))) {
        if (index > 0) this.#ends.push(this.at + index);
      }
      if (whole) this.#ends.push(end);
      if (this.#ends.length === 0) continue;
      this.#ends.reverse();
      return;
    }
  }
}
