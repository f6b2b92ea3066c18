import { utf8Length } from '../../core/text/utf8';
import type { PieceScanner } from './scanner';

/** Pieces are the matches of a regular expression, and the text between two matches. */
export class RegexScanner implements PieceScanner {
  readonly #pattern: RegExp;
  #stretch = '';
  #unit = 0;
  #byte = 0;

  /** @param pattern global and Unicode-aware */
  constructor(pattern: RegExp) {
    this.#pattern = pattern;
  }

  begin(text: string, unitStart: number, unitEnd: number, _bytes: Uint8Array, start: number): void {
    // Cut out, so that lookaheads see the end of the stretch.
    this.#stretch = text.slice(unitStart, unitEnd);
    this.#unit = 0;
    this.#byte = start;
  }

  next(): number {
    const pattern = this.#pattern;
    pattern.lastIndex = this.#unit;
    let match = pattern.exec(this.#stretch);
    // An empty match is not a piece: the expression may match something further on.
    while (match?.[0] === '') {
      pattern.lastIndex += (this.#stretch.codePointAt(match.index) ?? 0) > 0xffff ? 2 : 1;
      match = pattern.exec(this.#stretch);
    }
    let end = this.#stretch.length;
    if (match) end = match.index > this.#unit ? match.index : match.index + match[0].length;
    this.#byte += utf8Length(this.#stretch, this.#unit, end);
    this.#unit = end;
    return this.#byte;
  }
}
