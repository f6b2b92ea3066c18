import { encodeUtf8 } from '../../core/text/utf8';
import { AlignedText } from '../aligned-text';
import { isNonspacingMark, isPunctuation, isWhitespace } from '../char-classes';
import { type BertOptions, bertNormalize } from './basic';
import { isStarter } from './unicode-forms';

/** Not looked up yet. */
const NEW = 0;
/** Is removed. */
const DROPPED = 1;
/** Ends a word. */
export const GAP = 2;
/** A word by itself, unchanged. */
export const ALONE = 3;
/** Part of a word, unchanged. */
export const SAME = 4;
/** Becomes something else: see `change`. */
export const CHANGED = 5;
/** Its result depends on its neighbours. */
const TANGLED = 6;

/** What a character becomes: a list of parts, each one character. */
export type Change = readonly {
  readonly bytes: Uint8Array;
  readonly kind: typeof GAP | typeof ALONE | typeof SAME;
}[];

/**
 * BERT's normalizer and pre-tokenizer as a table by character: except for marks that change places, the result of a
 * character does not depend on the others.
 */
export class BertCharacters {
  readonly #options: BertOptions;
  readonly #kinds = new Uint8Array(0x110000);
  readonly #changes = new Map<number, Change>();

  constructor(options: BertOptions) {
    this.#options = options;
  }

  /** One of the kinds above. */
  kindOf(point: number): number {
    const kind = this.#kinds[point]!;
    return kind === NEW ? this.#learn(point) : kind;
  }

  /** What a character whose kind is `CHANGED` becomes. */
  change(point: number): Change {
    return this.#changes.get(point)!;
  }

  /** Whether every character of a well-formed text can be treated by itself. */
  canTreat(text: string): boolean {
    for (let unit = 0; unit < text.length; unit++) {
      let point = text.charCodeAt(unit);
      if (point < 0x300) continue;
      if ((point & 0xfc00) === 0xd800) point = text.codePointAt(unit++)!;
      if (this.kindOf(point) === TANGLED) return false;
    }
    return true;
  }

  #learn(point: number): number {
    const kind = this.#find(point);
    this.#kinds[point] = kind;
    return kind;
  }

  #find(point: number): number {
    const text = String.fromCodePoint(point);
    if (this.#options.stripAccents) {
      for (const part of text.normalize('NFD')) {
        const code = part.codePointAt(0)!;
        if (!isStarter(code) && !isNonspacingMark(code)) return TANGLED;
      }
    }
    const { points } = bertNormalize(AlignedText.from(text), this.#options);
    if (points.length === 0) return DROPPED;
    const parts = Array.from(points, (part) => ({
      bytes: encodeUtf8(String.fromCodePoint(part)),
      kind: kindOf(part),
    }));
    if (parts.every(({ kind }) => kind === GAP)) return GAP;
    if (points.length === 1 && points[0] === point) return parts[0]!.kind;
    // Ideographs get spaces around them.
    const [first, second, third] = points;
    if (points.length === 3 && first === 0x20 && second === point && third === 0x20) return ALONE;
    this.#changes.set(point, parts);
    return CHANGED;
  }
}

function kindOf(point: number): typeof GAP | typeof ALONE | typeof SAME {
  if (isWhitespace(point)) return GAP;
  return isPunctuation(point) ? ALONE : SAME;
}
