import type { AlignedText } from './aligned-text';
import { isWhitespace, isWord } from './char-classes';

/** A token that is found in the text before the model sees it. */
export interface AddedToken {
  readonly id: number;
  readonly content: string;
  /** Only where no word character touches it. */
  readonly singleWord: boolean;
  /** Includes the whitespace to its left, or right. */
  readonly leftStrip: boolean;
  readonly rightStrip: boolean;
  /** Searched for in the normalized text instead of the original. */
  readonly normalized: boolean;
  readonly special: boolean;
}

/** A stretch of text, or an added token. */
export interface Stretch {
  readonly text: AlignedText;
  readonly id: number | undefined;
}

/** Finds added tokens: the leftmost, and of those that begin at one place the longest. */
export class AddedTokenFinder {
  readonly #tokens = new Map<string, AddedToken>();
  readonly #specialAsText: boolean;
  readonly #pattern: RegExp | undefined;

  /**
   * @param contentOf the text to search for; tokens found in normalized text are themselves normalized
   * @param specialAsText takes special tokens as text, along with whatever else is within them
   */
  constructor(
    tokens: readonly AddedToken[],
    contentOf: (token: AddedToken) => string,
    specialAsText = false,
  ) {
    this.#specialAsText = specialAsText;
    for (const token of tokens) {
      const content = contentOf(token);
      if (content !== '') this.#tokens.set(content, token);
    }
    const contents = [...this.#tokens.keys()].sort((a, b) => b.length - a.length);
    if (contents.length > 0) {
      // The lookahead lets the engine skip the rest of the text quickly.
      const firsts = [
        ...new Set(contents.map((content) => quoted(String.fromCodePoint(content.codePointAt(0)!)))),
      ];
      this.#pattern = new RegExp(`(?=${firsts.join('|')})(?:${contents.map(quoted).join('|')})`, 'gu');
    }
  }

  /** Whether a text may hold one: true as well where only its neighbours forbid it. */
  isIn(text: string): boolean {
    return this.#pattern !== undefined && text.search(this.#pattern) >= 0;
  }

  /** Splits a text at the tokens found. */
  cut(text: AlignedText): Stretch[] {
    if (!this.#pattern || text.length === 0) return [{ text, id: undefined }];
    const string = text.text;
    const astral = string.length !== text.length;
    let unit = 0;
    let point = 0;
    const pointAt = (target: number) => {
      if (!astral) return target;
      for (; unit < target; point++) unit += text.points[point]! > 0xffff ? 2 : 1;
      return point;
    };
    const stretches: Stretch[] = [];
    let done = 0;
    for (const match of string.matchAll(this.#pattern)) {
      const token = this.#tokens.get(match[0])!;
      if (token.special && this.#specialAsText) continue;
      let from = pointAt(match.index);
      let to = pointAt(match.index + match[0].length);
      if (token.singleWord) {
        if (from > 0 && isWord(text.points[from - 1]!)) continue;
        if (to < text.length && isWord(text.points[to]!)) continue;
      }
      if (token.leftStrip) {
        while (from > 0 && isWhitespace(text.points[from - 1]!)) from--;
        from = Math.max(from, done);
      }
      // The token before may have taken this one's own spaces, which then belong to both.
      if (token.rightStrip) while (to < text.length && isWhitespace(text.points[to]!)) to++;
      if (done < from) stretches.push({ text: text.slice(done, from), id: undefined });
      if (from < to) stretches.push({ text: text.slice(from, to), id: token.id });
      done = to;
    }
    if (done < text.length) stretches.push({ text: text.slice(done, text.length), id: undefined });
    return stretches;
  }
}

function quoted(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
}
